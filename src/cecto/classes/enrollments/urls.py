"""Addresses of enrollments."""

from __future__ import annotations

from django.urls import path

from cecto.classes.enrollments import enrolling, views

urlpatterns = [
    path("classes/<str:key>/people/", views.people, name="people"),
    path("classes/<str:key>/people/add/", enrolling.enroll_one, name="enroll"),
    path("enrollments/<str:key>/status/", views.status, name="status"),
]
