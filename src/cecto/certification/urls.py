"""Addresses of certification."""

from __future__ import annotations

from django.urls import path

from cecto.certification import exception_views, mending_views, part_views, settling_views, views

app_name = "certification"
urlpatterns = [
    path("classes/<str:key>/docket/", views.docket, name="docket"),
    path("classes/<str:key>/docket/proposals/", views.propose, name="propose"),
    path("classes/<str:key>/docket/signatures/", views.sign, name="sign"),
    path("classes/<str:key>/docket/effects/", views.take_effect, name="take-effect"),
    path("sessions/<str:key>/attendance/settlement/", settling_views.settlement, name="settlement"),
    path("classes/<str:key>/sessions/<str:session_key>/words/", mending_views.session_words, name="mend-session"),
    path("work/<str:key>/words/", mending_views.work_words, name="mend-work"),
    path("enrollments/<str:key>/admission/", part_views.admission, name="admission"),
    path("enrollments/<str:key>/renewal/", part_views.renewal, name="renewal"),
    path("enrollments/<str:key>/renewal/exceptions/<slug:node>/", exception_views.grant, name="grant-renewal"),
    path(
        "enrollments/<str:key>/renewal/<int:cycle>/exceptions/<slug:node>/", exception_views.grant, name="grant-cycle"
    ),
    path("decisions/<str:key>/", views.decision, name="decision"),
    path("decisions/<str:key>/withdrawal/", views.withdraw, name="withdraw"),
]
