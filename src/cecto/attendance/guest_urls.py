"""Addresses that guest instructors are sent."""

from __future__ import annotations

from django.urls import URLPattern, path

from cecto.attendance.views.guests import guest_roster, take_from_guest

app_name = "guest"
urlpatterns: list[URLPattern] = [
    path("guest/<str:token>/", guest_roster, name="roster"),
    path("guest/<str:token>/sent/", take_from_guest, name="sent"),
]
