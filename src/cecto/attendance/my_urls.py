"""Addresses of a participant's own attendance."""

from __future__ import annotations

from django.urls import URLPattern, path

from cecto.attendance.views.notices import my_attendance

app_name = "absence"
urlpatterns: list[URLPattern] = [path("sessions/<str:key>/", my_attendance, name="session")]
