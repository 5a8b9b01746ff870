"""Addresses of changing a class."""

from __future__ import annotations

from django.urls import path

from cecto.classes.changing import views

urlpatterns = [
    path("classes/<str:key>/change/", views.change, name="change"),
    path("classes/<str:key>/dates-to-come/", views.dates_to_come, name="later-dates"),
    path("classes/<str:key>/dates-to-come/<str:line>/end/", views.end, name="end-later-date"),
]
