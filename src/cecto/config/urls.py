"""Every address of the site, by feature."""

from __future__ import annotations

from django.urls import include, path

handler500 = "cecto.config.answering.server_error"

urlpatterns = [
    path("", include("cecto.foundation.ui.urls")),
    path("", include("cecto.people.urls")),
    path("", include("cecto.public.urls")),
    path("", include("cecto.credentials.urls")),
    path("", include("cecto.attendance.guest_urls")),
    path("", include("cecto.attendance.checkin_urls")),
    path("", include("cecto.attendance.kiosk_urls")),
    path("definitions/", include("cecto.programs.urls")),
    path("schemas/", include("cecto.programs.schema_urls")),
    path("my/", include("cecto.portal.urls")),
    path("my/", include("cecto.attendance.my_urls")),
    path("console/", include("cecto.people.organizations.urls")),
    path("console/", include("cecto.console.people.urls")),
    path("console/", include("cecto.console.urls")),
    path("console/", include("cecto.classes.urls")),
    path("console/", include("cecto.coursework.urls")),
    path("console/", include("cecto.attendance.urls")),
    path("console/", include("cecto.audits.urls")),
    path("console/", include("cecto.certification.urls")),
    path("calendar/", include("cecto.classes.calendar_urls")),
]
