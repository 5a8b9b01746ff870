"""What the rows of reports say of a person, as sightings: one reading for rows stored and rows previewed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from cecto.attendance.intervals import Interval
from cecto.attendance.presence import Sighting, Timetable
from cecto.attendance.reports import Flag
from cecto.classes.models import Modality


def sighting_of(
    source: str,
    flags: Collection[str],
    *,
    joined: datetime | None,
    left: datetime | None,
    seconds: int | None,
    where: Modality | None,
    timetable: Timetable,
) -> Sighting:
    """What one row says. A length without times is within the times of the meeting, where the report states them."""
    if Flag.UNREADABLE in flags:
        return Sighting(source, seconds=0, unread=True)
    if Flag.PRESENT in flags:
        return Sighting(source, timetable.effective.start, timetable.effective.end, format=where)
    if Flag.LATE in flags:
        return Sighting(source, seconds=0, late=True)
    if Flag.DURATION_ONLY in flags and joined and left:
        return Sighting(source, seconds=seconds, format=where, block=Interval(joined, left))
    if Flag.GAPS in flags or joined is None:
        return Sighting(source, joined, left, seconds, format=where)
    return Sighting(source, joined, left, format=where)
