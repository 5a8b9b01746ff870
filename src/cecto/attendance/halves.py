"""The half days of a session: what lies between its long breaks."""

from __future__ import annotations

from datetime import timedelta

from cecto.attendance.intervals import Interval, Intervals, subtract
from cecto.attendance.presence import Timetable

LONG_BREAK = timedelta(minutes=30)


def half_days(timetable: Timetable) -> Intervals:
    """The parts of a session before, between and after breaks of half an hour or more, in order."""
    whole = Interval(timetable.effective.start, timetable.effective.end)
    return subtract((whole,), (pause for pause in timetable.breaks if pause.end - pause.start >= LONG_BREAK))
