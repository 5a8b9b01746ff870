"""Addresses of records and their exceptions."""

from __future__ import annotations

from django.urls import path

from cecto.audits import views

app_name = "audits"
urlpatterns = [
    path("enrollments/<str:key>/", views.record, name="record"),
    path("enrollments/<str:key>/exceptions/<slug:node>/", views.grant, name="grant"),
    path("exceptions/<str:key>/join/", views.join, name="join"),
    path("exceptions/<str:key>/revoke/", views.revoke, name="revoke"),
]
