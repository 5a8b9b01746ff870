"""A person's sources on a line of time, as shapes that a template draws."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cecto.attendance.intervals import Interval
from cecto.attendance.presence import Presence, Timetable
from cecto.classes.models import Modality

WIDTH = 1000
LANE = 14
INKS = {Modality.F2F: "app-ink-earned", Modality.SYNC: "app-ink-online", Modality.ASYNC: "app-ink-online"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle: place and width of 1000, top, and the class that colors it."""

    x: int
    width: int
    y: int
    css: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture of one person: lanes of sources above the lane of what counts."""

    height: int
    lane: int
    bars: tuple[Bar, ...]
    lanes: tuple[str, ...]


def timeline_of(presence: Presence, timetable: Timetable, *, scale: Interval | None = None) -> Timeline:
    """The sources of one person, one lane each, and their union at the bottom, over the instruction offered."""
    window = scale or _window(timetable)
    lanes = [(source.source, [(source.intervals, "app-ink-coming")]) for source in presence.sources]
    lanes.append(("counted", [(intervals, INKS[where]) for where, intervals in presence.places.items()]))
    bars: list[Bar] = []
    for place, (_, drawn) in enumerate(lanes):
        bars += _bars(timetable.instruction(), window, place, "app-ink-track")
        bars += [bar for intervals, css in drawn for bar in _bars(intervals, window, place, css)]
    return Timeline(len(lanes) * LANE, LANE - 3, tuple(bars), tuple(name for name, _ in lanes))


def _window(timetable: Timetable) -> Interval:
    return Interval(
        min(timetable.effective.start, timetable.segments[0].planned.start),
        max(timetable.effective.end, timetable.segments[-1].planned.end),
    )


def _bars(intervals: Iterable[Interval], window: Interval, place: int, css: str) -> list[Bar]:
    return [
        Bar(_x(i.start, window), max(2, _x(i.end, window) - _x(i.start, window)), place * LANE, css) for i in intervals
    ]


def _x(instant: datetime, window: Interval) -> int:
    whole: timedelta = window.end - window.start
    return round((instant - window.start) / whole * WIDTH)
