"""Reads of what a class says about itself: dates still to come, and the sessions that its days must hold."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from cecto.classes.models import Cohort, LaterDate, MeetingRevision


def later_dates(cohort: Cohort) -> QuerySet[LaterDate]:
    """The lines that stand in a class's schedule for dates not set yet, in order of month."""
    return LaterDate.objects.filter(cohort=cohort, ended_at=None).select_related("cohort")


def session_outside(cohort: Cohort, first_day: date, last_day: date) -> tuple[str, date] | None:
    """A session of the class, not canceled, that is not held on these days: its title and day; None if all are."""
    rows = MeetingRevision.objects.filter(
        superseded_at=None,
        status=MeetingRevision.Status.SCHEDULED,
        meeting__links__cohort=cohort,
        meeting__links__superseded_at=None,
    )
    zone = ZoneInfo(cohort.program.time_zone)
    days = ((row.title, row.starts_at.astimezone(zone).date()) for row in rows)
    return next(((title, day) for title, day in days if not first_day <= day <= last_day), None)
