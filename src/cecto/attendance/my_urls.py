"""Addresses of a participant's own attendance."""

from __future__ import annotations

from django.urls import URLPattern, path

from cecto.attendance.views.notices import make_up, my_attendance

app_name = "absence"
urlpatterns: list[URLPattern] = [
    path("sessions/<str:key>/", my_attendance, name="session"),
    path("sessions/<str:key>/make-up/", make_up, name="make-up"),
]
