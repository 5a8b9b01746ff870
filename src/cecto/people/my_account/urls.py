"""Addresses of a person's own account."""

from __future__ import annotations

from django.urls import path

from cecto.people.my_account import views

app_name = "my-account"
urlpatterns = [
    path("", views.home, name="home"),
    path("address/", views.prove, name="prove"),
    path("address/primary/", views.primary, name="primary"),
    path("address/remove/", views.remove, name="remove"),
]
