"""Times of day in the time zone of the program that owns a session."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from cecto.classes.schedule.queries import Session


class ClockTime(forms.TimeField):
    """A time of day in the program's time zone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(required=False, widget=widget, **options)


class TimesForm(forms.Form):
    """When the session really ran."""

    began = ClockTime(label=_("Really began at"))
    ended = ClockTime(label=_("Really ended at"))


def on_day(session: Session, clock: time | None) -> datetime | None:
    """A time of day on the day of the session, in its time zone."""
    return datetime.combine(session.day, clock, ZoneInfo(session.zone)) if clock else None
