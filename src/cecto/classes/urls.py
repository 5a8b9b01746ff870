"""Addresses of classes."""

from __future__ import annotations

from django.urls import URLPattern

from cecto.classes.roster.urls import urlpatterns as roster

app_name = "classes"
urlpatterns: list[URLPattern] = [*roster]
