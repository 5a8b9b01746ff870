"""Times of day in the time zone of the program that owns a session."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from cecto.attendance.forms.single import SingleAnswers
from cecto.classes.schedule.queries import Session

# A time of day further from the session than this is a slip of the pen, not another day.
AROUND = timedelta(hours=6)


class ClockTime(forms.TimeField):
    """A time of day in the program's time zone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(required=False, widget=widget, **options)


class TimesForm(SingleAnswers):
    """When the session really ran."""

    began = ClockTime(label=_("Really began at"))
    ended = ClockTime(label=_("Really ended at"))

    def as_run(self, session: Session) -> dict[str, datetime | None]:
        """When the session really began and ended, None where the form does not say; the form must be valid."""
        revision = session.revision
        return {
            "began": at_clock(session, self.cleaned_data["began"], near=revision.starts_at),
            "ended": at_clock(session, self.cleaned_data["ended"], near=revision.ends_at),
        }


def at_clock(session: Session, clock: time | None, *, near: datetime) -> datetime | None:
    """The instant around a session at a time of day in its time zone, of several the one closest to `near`.

    A session in the evening may run past midnight. A time that is nowhere around it is taken on its first day.
    """
    if clock is None:
        return None
    zone, starts, ends = ZoneInfo(session.zone), session.revision.starts_at, session.revision.ends_at
    first, last = starts.astimezone(zone).date(), ends.astimezone(zone).date()
    days = (first + timedelta(days=n) for n in range(-1, (last - first).days + 2))
    found = [datetime.combine(day, clock, zone) for day in days]
    around = [at for at in found if starts - AROUND <= at <= ends + AROUND]
    return min(around, key=lambda at: abs(at - near), default=datetime.combine(first, clock, zone))
