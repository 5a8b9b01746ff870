"""Addresses of calendar feeds."""

from __future__ import annotations

from django.urls import path

from cecto.classes.calendar import views

app_name = "calendar"
urlpatterns = [
    path("<str:key>.ics", views.feed, name="feed"),
]
