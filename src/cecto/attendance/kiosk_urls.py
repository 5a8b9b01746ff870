"""Addresses of the kiosk at a session's door."""

from __future__ import annotations

from django.urls import URLPattern, path

from cecto.attendance.views.door import claim, page, taps

app_name = "kiosk"
urlpatterns: list[URLPattern] = [
    path("kiosk/<str:token>/", page, name="page"),
    path("kiosk/<str:token>/claim/", claim, name="claim"),
    path("kiosk/<str:token>/taps/", taps, name="taps"),
]
