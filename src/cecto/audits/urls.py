"""Addresses of records and their exceptions."""

from __future__ import annotations

from django.urls import path

from cecto.audits.views import exceptions, records, what_if

app_name = "audits"
urlpatterns = [
    path("enrollments/<str:key>/", records.record, name="record"),
    path("enrollments/<str:key>/exceptions/<slug:node>/", exceptions.grant, name="grant"),
    path("exceptions/<str:key>/join/", exceptions.join, name="join"),
    path("exceptions/<str:key>/revoke/", exceptions.revoke, name="revoke"),
    path("classes/<str:key>/what-if/", what_if.what_if, name="what-if"),
]
