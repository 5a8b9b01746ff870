"""Addresses for everyone."""

from __future__ import annotations

from django.urls import path

from cecto.public import registry_views, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("classes/", views.classes, name="classes"),
    path("registry/", registry_views.index, name="registry"),
    path("registry/people.jsonld", registry_views.people, name="registry-people"),
    path("registry/numbers/", registry_views.numbers, name="numbers"),
    path("registry/numbers.jsonld", registry_views.numbers_data, name="numbers-data"),
    path("classes/<str:key>/", views.cohort, name="class"),
]
