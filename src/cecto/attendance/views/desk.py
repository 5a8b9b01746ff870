"""The screen of the room: the code to scan, and who has arrived."""

from __future__ import annotations

from datetime import datetime

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cecto.attendance.access import session_to_mark
from cecto.attendance.actions import AttendanceRefused, close_desk, confirm_arrival, open_desk
from cecto.attendance.queries.checkins import arrivals, check_ins_of, desk_of, moves_of
from cecto.attendance.queries.kiosks import taps_of
from cecto.attendance.queries.marked import marked_there
from cecto.attendance.scans import code_at
from cecto.attendance.views.frame import frame
from cecto.classes.schedule.queries import Session
from cecto.foundation import clock
from cecto.people.access import signed_in, viewer
from cecto.people.models import Person

STOP_POLLING = 286  # htmx asks no more after this answer


@require_GET
@signed_in
def desk(request: HttpRequest, key: str) -> HttpResponse:
    """The room's screen; its code and arrivals renew themselves, as a fragment for htmx or by reloading."""
    at = clock.now()
    session = session_to_mark(viewer(request), key, at=at)
    context = {**frame(session, viewer(request)), "desk": desk_of(session), "code": _picture(request, session, at)}
    context["arrivals"] = arrivals(moves_of(check_ins_of(session), taps_of(session.meeting)))
    context["confirmed"] = marked_there(session.meeting)
    if request.headers.get("HX-Request") != "true":
        return render(request, "attendance/desk.html", context)
    return render(request, "attendance/_desk.html", context, status=200 if context["desk"] else STOP_POLLING)


@require_POST
@signed_in
def open_or_close(request: HttpRequest, key: str) -> HttpResponse:
    """Open check-in by phone, or close it when it is open."""
    at = clock.now()
    session = session_to_mark(viewer(request), key, at=at)
    standing = desk_of(session)
    try:
        if standing:
            close_desk(desk=standing, by=viewer(request).actor, at=at)
        else:
            open_desk(meeting=session.meeting, by=viewer(request).actor, at=at)
    except AttendanceRefused as refused:
        messages.error(request, str(refused))
    return redirect("attendance:desk", key)


@require_POST
@signed_in
def confirm(request: HttpRequest, key: str, person_key: str) -> HttpResponse:
    """Confirm by eye that a person is there."""
    at = clock.now()
    session = session_to_mark(viewer(request), key, at=at)
    person = get_object_or_404(Person, key=person_key)
    try:
        confirm_arrival(meeting=session.meeting, person=person, by=viewer(request).actor, at=at)
        messages.success(request, _("%(name)s is confirmed.") % {"name": person.name})
    except AttendanceRefused as refused:
        messages.error(request, str(refused))
    return redirect("attendance:desk", key)


def _picture(request: HttpRequest, session: Session, at: datetime) -> str:
    """The code of this moment as an SVG picture in a data: address."""
    path = reverse("check-in:scan", args=[session.key, code_at(session.key, at)])
    return segno.make(request.build_absolute_uri(path), error="m").svg_data_uri(scale=8, border=2, dark="#14284b")
