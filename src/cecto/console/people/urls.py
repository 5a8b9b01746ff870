"""Addresses of people."""

from __future__ import annotations

from django.urls import path

from cecto.console.people import administering, views

app_name = "people"
urlpatterns = [
    path("people/", views.index, name="list"),
    path("people/add/", views.add, name="add"),
    path("people/roles/", views.roles, name="roles"),
    path("people/<str:key>/", views.person, name="person"),
    path("people/<str:key>/name/", administering.correct_name, name="correct-name"),
    path("people/<str:key>/work/", administering.work, name="work"),
    path("people/<str:key>/work/end/", administering.end_work, name="end-work"),
    path("people/<str:key>/address/", administering.add_address, name="add-address"),
    path("people/<str:key>/role/", administering.grant_role, name="grant-role"),
    path("people/<str:key>/role/end/", administering.end_role, name="end-role"),
    path("people/<str:key>/office/", administering.seat, name="seat"),
    path("people/<str:key>/office/end/", administering.end_seat, name="end-seat"),
]
