"""Addresses of a participant's own pages."""

from __future__ import annotations

from django.urls import path

from cecto.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("calendar/", views.renew_calendar, name="renew-calendar"),
    path("records/<str:key>/", views.record, name="record"),
    path("records/<str:key>/entries/", views.entries, name="entries"),
    path("records/<str:key>/renewal/", views.renewal, name="renewal"),
]
