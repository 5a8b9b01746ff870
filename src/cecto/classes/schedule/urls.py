"""Addresses of schedules."""

from __future__ import annotations

from django.urls import path

from cecto.classes.schedule import import_views, views

urlpatterns = [
    path("classes/<str:key>/schedule/", views.schedule, name="schedule"),
    path("classes/<str:key>/calendar/", views.calendar, name="calendar"),
    path("classes/<str:key>/schedule/import/", import_views.upload, name="schedule-import"),
    path("classes/<str:key>/schedule/import/<str:token>/", import_views.preview, name="schedule-preview"),
    path("sessions/<str:key>/revision/", views.revise, name="revise"),
    path("sessions/<str:key>/cancellation/", views.cancel, name="cancel"),
]
