"""Addresses of published definitions. Everyone may read what a program requires."""

from __future__ import annotations

from django.urls import path

from cecto.programs import views

app_name = "programs"
urlpatterns = [
    path("", views.definitions, name="definitions"),
    path("<str:key>/", views.definition, name="definition"),
    path("<str:key>/since/<str:earlier>/", views.changes, name="changes"),
    path("<str:key>.yaml", views.text, name="text"),
]
