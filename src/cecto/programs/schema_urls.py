"""The address of the JSON Schema of definitions, for editors."""

from __future__ import annotations

from django.urls import path

from cecto.programs import views

app_name = "schemas"
urlpatterns = [path("definition.json", views.schema, name="definition")]
