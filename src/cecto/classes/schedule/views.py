"""Pages of a class's schedule: all of it, and changing or canceling one session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cecto.classes import queries
from cecto.classes.access import cohort_for, meeting_to_change
from cecto.classes.actions import renew_class_calendar
from cecto.classes.calendar.views import address_of
from cecto.classes.models import Cohort, Modality
from cecto.classes.schedule.actions import ScheduleRefused, cancel_meeting, revise_meeting
from cecto.classes.schedule.forms import MeetingForm
from cecto.classes.schedule.queries import Session, revisions, session, sessions_of
from cecto.foundation import clock
from cecto.foundation.tables import Column, Kind, Link, Table, Value, download
from cecto.foundation.ui import words
from cecto.foundation.ui.pictures.year import Day, Year
from cecto.people.access import staff, viewer
from cecto.people.viewer import Permission

Crumbs = list[tuple[str, str]]


@dataclass(frozen=True)
class Month:
    """A month of the schedule and its sessions."""

    first: date
    table: Table


@require_GET
@staff(Permission.SEE_CLASS)
def schedule(request: HttpRequest, key: str) -> HttpResponse:
    """A class's sessions by month, with the year as a picture."""
    cohort = cohort_for(viewer(request), key, Permission.SEE_CLASS)
    runs = viewer(request).may(Permission.RUN_CLASS, cohort.program.code)
    at = clock.now()
    prefetch_related_objects([cohort], "tracks")
    sessions = sessions_of(cohort, known_at=at, teachers=False)
    table = _table(_("Schedule of %(name)s") % {"name": cohort.name}, sessions, cohort, at, runs=runs)
    context = {
        "cohort": cohort,
        "runs": runs,
        "sessions": sessions,
        "hours": sum(one.minutes for one in sessions if not one.canceled),
        "year": _year(cohort, sessions, at),
        "months": _months(sessions, cohort, at, runs=runs),
        "crumbs": class_crumbs(),
    }
    return download(request, table) or render(request, "classes/schedule/schedule.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The class's private calendar address; posting makes a fresh one and ends the one before."""
    cohort = cohort_for(viewer(request), key, Permission.RUN_CLASS)
    if request.method == "POST":
        renew_class_calendar(cohort=cohort, by=viewer(request).actor, at=clock.now())
        messages.success(request, _("The class calendar has a new address. Pass it on; an earlier one has ended."))
        return redirect("classes:calendar", key)
    found = queries.feed_of_class(cohort)
    context = {
        "cohort": cohort,
        "calendar": address_of(found) if found else "",
        "crumbs": schedule_crumbs(cohort),
    }
    return render(request, "classes/schedule/calendar.html", context)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def revise(request: HttpRequest, key: str) -> HttpResponse:
    """Change when, where or how a session is held; what it was before is kept."""
    meeting = meeting_to_change(viewer(request), key)
    at = clock.now()
    found = session(meeting, known_at=at)
    form = MeetingForm(request.POST if request.method == "POST" else None, session=found)
    if request.method == "POST" and form.is_valid():
        try:
            revise_meeting(meeting=meeting, plan=form.cleaned_data["plan"], by=viewer(request).actor, at=at)
        except ScheduleRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. Calendars will show the change within hours."))
            return redirect("classes:schedule", meeting.owner.key)
    context = {
        "session": found,
        "form": form,
        "revisions": [*revisions(meeting)],
        "crumbs": schedule_crumbs(meeting.owner),
    }
    return render(request, "classes/schedule/revise.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@staff(Permission.RUN_CLASS)
def cancel(request: HttpRequest, key: str) -> HttpResponse:
    """Call a session off, after asking."""
    meeting = meeting_to_change(viewer(request), key)
    at = clock.now()
    if request.method == "POST":
        cancel_meeting(meeting=meeting, by=viewer(request).actor, at=at)
        messages.success(request, _("The session is canceled. Calendars will show it; it can be held again."))
        return redirect("classes:schedule", meeting.owner.key)
    found = session(meeting, known_at=at)
    context = {
        "heading": _("Cancel “%(title)s”?") % {"title": found.revision.title},
        "question": _("It stays in the schedule as canceled, for every class it counts for, and can be held again."),
        "facts": [
            (_("When"), words.span(found.revision.starts_at, found.revision.ends_at, found.zone)),
            (_("Counts for"), ", ".join(link.cohort.name for link in found.links)),
        ],
        "submit": _("Cancel the session"),
        "danger": True,
        "cancel": reverse("classes:schedule", args=[meeting.owner.key]),
        "crumbs": schedule_crumbs(meeting.owner),
    }
    return render(request, "ui/confirm.html", context)


def class_crumbs() -> Crumbs:
    """The pages above the pages of a class."""
    return [(_("Classes"), reverse("classes:list"))]


def schedule_crumbs(cohort: Cohort) -> Crumbs:
    """The pages above the pages of one session."""
    return [*class_crumbs(), (cohort.name, reverse("classes:schedule", args=[cohort.key]))]


def status_of(found: Session, at: datetime) -> str:
    """canceled, today, scheduled or held, as of an instant."""
    if found.canceled:
        return "canceled"
    if words.in_zone(at, found.zone).date() == found.day:
        return "today"
    return "held" if found.revision.ends_at <= at else "scheduled"


def _months(sessions: Sequence[Session], cohort: Cohort, at: datetime, *, runs: bool) -> list[Month]:
    months = groupby(sessions, key=lambda found: found.day.replace(day=1))
    return [Month(first, _table(f"{first:%B %Y}", list(found), cohort, at, runs=runs)) for first, found in months]


def _year(cohort: Cohort, sessions: Sequence[Session], at: datetime) -> Year:
    return Year(
        _("The year of the class"),
        _("Each mark is a day with a session; choose one to open it."),
        cohort.first_day,
        cohort.end,
        words.in_zone(at, cohort.program.time_zone).date(),
        [Day(found.day, found.revision.title, status_of(found, at), _href(found)) for found in sessions],
    )


def _table(title: str, sessions: Sequence[Session], cohort: Cohort, at: datetime, *, runs: bool) -> Table:
    columns = [
        Column(_("Session")),
        Column(_("When")),
        Column(_("Format")),
        Column(_("Where")),
        Column(_("Planned"), Kind.HOURS),
        Column(_("Held by")),
        Column(_("For")),
        Column(_("Status"), Kind.STATUS),
    ]
    more = [Column(_("Change"))] if runs else []
    return Table(title, (*columns, *more), [_row(found, cohort, at, runs=runs) for found in sessions])


def _row(found: Session, cohort: Cohort, at: datetime, *, runs: bool) -> list[Value]:
    revision, link = found.revision, found.link_of(cohort)
    cells: list[Value] = [
        Link(revision.title, _href(found)),
        words.span(revision.starts_at, revision.ends_at, found.zone),
        str(Modality(revision.modality).label),
        revision.place or (_("Online") if revision.link else ""),
        found.minutes,
        found.meeting.owner.program.code.upper() if found.meeting.owner_id != cohort.pk else "",
        _tracks(cohort, link.tracks if link else []),
        status_of(found, at),
    ]
    owns = found.meeting.owner_id == cohort.pk
    change = Link(_("Change"), reverse("classes:revise", args=[found.key])) if owns else None
    return [*cells, change] if runs else cells


def _tracks(cohort: Cohort, wanted: Sequence[str]) -> str:
    titles = {row.track: row.title for row in cohort.tracks.all()}
    return ", ".join(titles.get(track, track) for track in wanted) if wanted else _("Everyone")


def _href(found: Session) -> str:
    return reverse("attendance:roster", args=[found.key])
