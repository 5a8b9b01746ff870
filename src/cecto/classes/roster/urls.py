"""Addresses of importing a roster."""

from __future__ import annotations

from django.urls import path

from cecto.classes.roster import views

urlpatterns = [
    path("classes/<str:key>/roster/import/", views.upload, name="roster-import"),
    path("classes/<str:key>/roster/import/<str:token>/", views.preview, name="roster-preview"),
]
