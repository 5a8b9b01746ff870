"""The sign-in sheet: printed, signed by hand, typed up afterward."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cecto.attendance.access import session_to_mark
from cecto.attendance.halves import half_days
from cecto.attendance.queries.sessions import attendees, timetable_of
from cecto.attendance.views.frame import frame
from cecto.foundation import clock
from cecto.foundation.tables import Column, Table, download
from cecto.people.access import signed_in, viewer


@require_GET
@signed_in
def sign_in_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """A page per half day with everyone expected; as a file, the sheet to type the times into."""
    session = session_to_mark(viewer(request), key, at=clock.now())
    people = [attendee for attendee in attendees(session) if attendee.expected]
    halves = half_days(timetable_of(session))
    blank = _to_type_up([attendee.person.name for attendee in people], len(halves))
    context = {**frame(session, viewer(request)), "people": people, "halves": halves}
    return download(request, blank) or render(request, "attendance/sign_in_sheet.html", context)


def _to_type_up(names: list[str], halves: int) -> Table:
    """The same people as a table that can be imported again once its times are filled in."""
    parts = ("Morning", "Afternoon") if halves == 2 else ("",)
    times = [Column(f"{part} {word}".strip()) for part in parts for word in ("in", "out")]
    return Table("Sign-in sheet", (Column("Name"), *times), [(name, *([None] * len(times))) for name in names])
