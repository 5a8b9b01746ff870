"""Addresses of the console."""

from __future__ import annotations

from django.urls import path

from cecto.console import views

app_name = "console"
urlpatterns = [
    path("", views.home, name="home"),
    path("classes/<str:key>/", views.cohort, name="class"),
    path("classes/<str:key>/risks/", views.risks, name="risks"),
]
