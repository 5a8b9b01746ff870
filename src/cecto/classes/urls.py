"""Addresses of classes."""

from __future__ import annotations

from django.urls import URLPattern, path

from cecto.classes import views
from cecto.classes.changing.urls import urlpatterns as changing
from cecto.classes.enrollments.urls import urlpatterns as enrollments
from cecto.classes.roster.urls import urlpatterns as roster
from cecto.classes.schedule.urls import urlpatterns as schedule

app_name = "classes"
urlpatterns: list[URLPattern] = [
    path("classes/", views.classes, name="list"),
    path("new-class/", views.begin, name="begin"),
    *changing,
    *enrollments,
    *roster,
    *schedule,
]
