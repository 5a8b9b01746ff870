"""Addresses of classes."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "classes"
urlpatterns: list[URLPattern] = []
