"""Addresses of organizations."""

from __future__ import annotations

from django.urls import path

from cecto.people.organizations import views

app_name = "organizations"
urlpatterns = [
    path("organizations/", views.index, name="list"),
    path("organizations/add/", views.add, name="add"),
    path("organizations/<str:key>/", views.organization, name="organization"),
]
