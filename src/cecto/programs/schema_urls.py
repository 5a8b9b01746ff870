"""The addresses of the JSON Schemas of definitions and of their example persons, for editors."""

from __future__ import annotations

from django.urls import path

from cecto.programs import views

app_name = "schemas"
urlpatterns = [
    path("definition.json", views.schema, name="definition"),
    path("examples.json", views.examples_schema, name="examples"),
]
