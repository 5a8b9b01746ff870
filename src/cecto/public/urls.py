"""Addresses for everyone."""

from __future__ import annotations

from django.urls import path

from cecto.public import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("classes/", views.classes, name="classes"),
    path("classes/<str:key>/", views.cohort, name="class"),
]
