"""Addresses of coursework."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "coursework"
urlpatterns: list[URLPattern] = []
