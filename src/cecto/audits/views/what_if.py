"""Before a session is changed: who would become at risk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cecto.audits.addresses import record_at
from cecto.audits.consequences import Consequences, Setback, Worse, consequences
from cecto.audits.forms.what_if import WhatIfForm
from cecto.audits.gathering.coming import settled_meetings
from cecto.audits.queries import audit_active
from cecto.audits.views.crumbs import class_crumbs
from cecto.classes.access import cohort_for
from cecto.classes.models import Cohort
from cecto.classes.schedule.queries import Session, sessions_of
from cecto.foundation import clock
from cecto.foundation.tables import Column, Kind, Link, Table, download
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission, Viewer


@require_GET
@staff(Permission.SEE_RECORDS)
def what_if(request: HttpRequest, key: str) -> HttpResponse:
    """Who of the classes that a session counts for would be worse off if it were changed."""
    cohort = cohort_for(viewer(request), key, Permission.SEE_RECORDS)
    sessions = _ahead(cohort, at=clock.now())
    form = WhatIfForm(request.GET if "change" in request.GET else None, initial=_first(request), sessions=sessions)
    context = {"cohort": cohort, "form": form, "sessions": sessions, "crumbs": class_crumbs(cohort)}
    if form.is_valid():
        session = next(one for one in sessions if one.key == form.cleaned_data["session"])
        found = _consequences(viewer(request), session, form)
        table = _table(found.worse)
        context |= {"session": session, "found": found, "table": table}
        if file := download(request, table):
            return file
    return render(request, "audits/what_if.html", context, status=422 if form.errors else 200)


def _first(request: HttpRequest) -> dict[str, str]:
    """The session that a page led here from."""
    return {"session": request.GET["session"]} if "session" in request.GET else {}


def _ahead(cohort: Cohort, *, at: datetime) -> list[Session]:
    held = [one for one in sessions_of(cohort, known_at=at, teachers=False) if not one.canceled]
    settled = settled_meetings(at)
    return [one for one in held if one.meeting.pk not in settled]


def _consequences(looking: Viewer, session: Session, form: WhatIfForm) -> Consequences:
    classes = [link.cohort for link in session.links if looking.may(Permission.SEE_RECORDS, link.cohort.program.code)]
    today = clock.today(session.zone)
    seen = audit_active(classes, true_on=today, known_at=clock.now())
    return consequences(seen, session.key, form.supposed)


def _table(worse: Iterable[Worse]) -> Table:
    columns = (
        Column("Person"),
        Column("Class and track"),
        Column("Requirement"),
        Column("Now", Kind.STATUS),
        Column("Then", Kind.STATUS),
        Column("In a sentence"),
    )
    rows = [_row(person, setback) for person in worse for setback in person.setbacks]
    return Table("Who would be worse off", columns, rows)


def _row(worse: Worse, setback: Setback) -> tuple[Link | str, ...]:
    enrollment = worse.seen.enrollment
    return (
        Link(enrollment.person.name, record_at(enrollment.key, setback.after.id)),
        f"{enrollment.cohort.name}, {enrollment.track.title}",
        setback.after.title,
        str(setback.before.status),
        str(setback.after.status),
        setback.after.sentence,
    )
