"""The day on which hours are as they were recorded: today, or the end of a day before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from cecto.classes.models import Cohort
from cecto.classes.schedule.queries import day_bounds
from cecto.foundation import clock


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """A day, and the instant (UTC) up to which the record counts."""

    on: date
    at: datetime


def recorded_day(cohort: Cohort, asked: date | None = None) -> RecordedDay:
    """Today until now; or a day asked for, until its end. Days to come are today."""
    zone, now = cohort.program.time_zone, clock.now()
    today = clock.today(zone)
    if asked is None or asked >= today:
        return RecordedDay(today, now)
    return RecordedDay(asked, min(now, day_bounds(asked, zone)[1].astimezone(UTC)))
