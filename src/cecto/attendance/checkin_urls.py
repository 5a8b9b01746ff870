"""Addresses that a phone is led to by the code on the room's screen."""

from __future__ import annotations

from django.urls import URLPattern, path

from cecto.attendance.views.scan import scan, tap

app_name = "check-in"
urlpatterns: list[URLPattern] = [
    path("check-in/tap/<str:signed>/", tap, name="tap"),
    path("check-in/<str:key>/<str:code>/", scan, name="scan"),
]
