"""Addresses of schedules."""

from __future__ import annotations

from django.urls import path

from cecto.classes.schedule import adding, import_views, views

urlpatterns = [
    path("classes/<str:key>/schedule/", views.schedule, name="schedule"),
    path("classes/<str:key>/calendar/", views.calendar, name="calendar"),
    path("classes/<str:key>/schedule/import/", import_views.upload, name="schedule-import"),
    path("classes/<str:key>/schedule/import/<str:token>/", import_views.preview, name="schedule-preview"),
    path("classes/<str:key>/schedule/add/", adding.add, name="add-session"),
    path("classes/<str:key>/schedule/others/", adding.others, name="other-sessions"),
    path("classes/<str:key>/schedule/<str:session_key>/words/", adding.link, name="link-session"),
    path("sessions/<str:key>/revision/", views.revise, name="revise"),
    path("sessions/<str:key>/cancellation/", views.cancel, name="cancel"),
]
