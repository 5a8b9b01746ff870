"""Addresses of credentials."""

from __future__ import annotations

from django.urls import path

from cecto.credentials import views

app_name = "credentials"
urlpatterns = [
    path(".well-known/did.json", views.did_document, name="did"),
    path("issuer.json", views.issuer, name="issuer"),
    path("credentials/status/1", views.status_list, name="status-list"),
    path("credentials/<str:key>", views.credential, name="credential"),
    path("achievements/<str:key>", views.achievement, name="achievement"),
]
