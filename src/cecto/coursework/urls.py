"""Addresses of coursework."""

from __future__ import annotations

from django.urls import path

from cecto.coursework import views
from cecto.coursework.credit import background_views
from cecto.coursework.credit import views as credit
from cecto.coursework.importing import views as importing

app_name = "coursework"
urlpatterns = [
    path("classes/<str:key>/work/", views.items, name="items"),
    path("classes/<str:key>/work/add/", views.add, name="add"),
    path("classes/<str:key>/work/import/", importing.upload, name="import"),
    path("classes/<str:key>/work/import/<str:token>/", importing.preview, name="import-preview"),
    path("classes/<str:key>/credit/", credit.credit, name="credit"),
    path("classes/<str:key>/credit/make-ups/", credit.makeups, name="makeups"),
    path("classes/<str:key>/credit/make-ups/<str:person_key>/<str:session_key>/", credit.makeup, name="makeup"),
    path("classes/<str:key>/credit/study/", credit.study, name="study"),
    path("classes/<str:key>/credit/held/", credit.held, name="held"),
    path("classes/<str:key>/credit/score/", credit.score, name="score"),
    path("classes/<str:key>/credit/document/", credit.attestation, name="attestation"),
    path("classes/<str:key>/credit/background/", background_views.background, name="background"),
    path("classes/<str:key>/credit/background/<int:row>/", background_views.take_back, name="take-back-background"),
    path("classes/<str:key>/entries/<int:entry_id>/reversal/", views.take_back, name="take-back"),
    path("work/<str:key>/", views.item, name="item"),
    path("work/<str:key>/verdict/", views.verdict, name="verdict"),
]
