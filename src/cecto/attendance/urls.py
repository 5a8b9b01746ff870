"""Addresses of attendance."""

from __future__ import annotations

from django.urls import URLPattern, path

from cecto.attendance.gradebook import views as gradebook
from cecto.attendance.views import (
    desk,
    guests,
    kiosks,
    names,
    notices,
    person,
    reconciling,
    reports,
    roster,
    sent,
    sheet,
)

app_name = "attendance"
urlpatterns: list[URLPattern] = [
    path("classes/<str:key>/work/scores/", gradebook.upload, name="scores"),
    path("classes/<str:key>/work/scores/<str:token>/", gradebook.preview, name="scores-preview"),
    path("classes/<str:key>/work/scores/<str:token>/answers/", gradebook.answer, name="scores-answers"),
    path("classes/<str:key>/attendance/names/", names.remembered, name="remembered"),
    path("sessions/<str:key>/attendance/", roster.roster, name="roster"),
    path("sessions/<str:key>/attendance/sent/", sent.take, name="sent"),
    path("sessions/<str:key>/attendance/sent/<int:sent>/", sent.decide, name="sent-decision"),
    path("sessions/<str:key>/attendance/desk/", desk.desk, name="desk"),
    path("sessions/<str:key>/attendance/desk/switch/", desk.open_or_close, name="desk-switch"),
    path("sessions/<str:key>/attendance/desk/<str:person_key>/", desk.confirm, name="confirm"),
    path("sessions/<str:key>/attendance/guests/", guests.invite, name="guests"),
    path("sessions/<str:key>/attendance/guests/<str:link>/end/", guests.end, name="guest-end"),
    path("sessions/<str:key>/attendance/kiosks/", kiosks.kiosks, name="kiosks"),
    path("sessions/<str:key>/attendance/kiosks/<str:kiosk>/close/", kiosks.close, name="kiosk-close"),
    path("sessions/<str:key>/attendance/taps/<int:tap>/", kiosks.answer, name="tap-answer"),
    path("sessions/<str:key>/attendance/taps/<int:tap>/signature/", kiosks.signature, name="signature"),
    path("sessions/<str:key>/attendance/sheet/", sheet.sign_in_sheet, name="sign-in-sheet"),
    path("sessions/<str:key>/attendance/signed/<str:signed>/", sheet.signed_sheet, name="signed-sheet"),
    path("sessions/<str:key>/attendance/reports/", reports.reports, name="reports"),
    path("sessions/<str:key>/attendance/reports/<str:token>/", reports.report_preview, name="report-preview"),
    path("sessions/<str:key>/attendance/files/<str:report>/withdrawal/", reports.withdrawal, name="withdrawal"),
    path("sessions/<str:key>/attendance/names/", names.names, name="names"),
    path("sessions/<str:key>/attendance/names/<int:match>/withdrawal/", names.withdraw, name="withdraw"),
    path("sessions/<str:key>/attendance/reconcile/", reconciling.reconciling, name="reconcile"),
    path("sessions/<str:key>/attendance/conflicts/", reconciling.answer_conflicts, name="conflicts"),
    path("sessions/<str:key>/attendance/reopening/", reconciling.reopening, name="reopening"),
    path("sessions/<str:key>/attendance/people/<str:person_key>/", person.person, name="person"),
    path("sessions/<str:key>/attendance/people/<str:person_key>/absence/", notices.record_absence, name="absence"),
    path("sessions/<str:key>/attendance/notices/<str:notice>/answer/", notices.answer, name="answer"),
    path("sessions/<str:key>/attendance/notices/<str:notice>/document/", notices.document, name="document"),
    path("sessions/<str:key>/attendance/people/<str:person_key>/taken-back/", person.take_back, name="take-back"),
]
