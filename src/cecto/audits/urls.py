"""Addresses of records and their exceptions."""

from __future__ import annotations

from django.urls import path

from cecto.audits.views import (
    class_exceptions,
    drafting,
    exceptions,
    mistaken,
    publication,
    records,
    versions,
    what_if,
)

app_name = "audits"
urlpatterns = [
    path("enrollments/<str:key>/", records.record, name="record"),
    path("enrollments/<str:key>/entries/", records.entries, name="entries"),
    path("enrollments/<str:key>/mistake/", mistaken.take_back, name="mistaken"),
    path("enrollments/<str:key>/exceptions/<slug:node>/", exceptions.grant, name="grant"),
    path("exceptions/<str:key>/join/", exceptions.join, name="join"),
    path("exceptions/<str:key>/revoke/", exceptions.revoke, name="revoke"),
    path("exceptions/<str:key>/evidence/", exceptions.paper, name="paper"),
    path("definitions/new/", drafting.new, name="new-definition"),
    path("definitions/<str:key>/next/", drafting.following, name="next-year"),
    path("definitions/publish/", publication.hand_in, name="publish"),
    path("definitions/publish/<str:definition>/<str:examples>/", publication.preview, name="publication"),
    path("classes/<str:key>/exceptions/", class_exceptions.exceptions, name="exceptions"),
    path("classes/<str:key>/exceptions/<slug:node>/", class_exceptions.grant_to_class, name="grant-to-class"),
    path("classes/<str:key>/what-if/", what_if.what_if, name="what-if"),
    path("classes/<str:key>/versions/", versions.versions, name="versions"),
    path("classes/<str:key>/versions/draft/", versions.draft, name="draft"),
    path("classes/<str:key>/versions/<str:definition>/", versions.version, name="version"),
]
