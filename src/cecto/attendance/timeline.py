"""A person's sources on a line of time, as shapes that a template draws: x in percent, y in pixels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cecto.attendance.intervals import Interval, Intervals, earliest, subtract
from cecto.attendance.presence import Timetable
from cecto.attendance.queries.reconciliation import PersonRow, Reconciliation
from cecto.classes.models import Modality
from cecto.foundation.ui import words

LANE, TEXT, BAR, AXIS = 28, 12, 10, 18
# Closer than this to either end, in percent of the width, an hour's lettering would touch that of the end.
MARGIN = 17.0
MOST_TICKS = 8
INKS = {Modality.F2F: "app-ink-earned", Modality.SYNC: "app-ink-online", Modality.ASYNC: "app-ink-online"}


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle: place and width in percent, top and height in pixels, and the class that colors it."""

    x: str
    width: str
    y: int
    height: int
    css: str


@dataclass(frozen=True, slots=True)
class Tick:
    """An hour on the axis: its place in percent, its words, and at which of its ends they stand."""

    x: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Lane:
    """What one source says, or what counts: its name, the baseline of its lettering, and its times in words."""

    name: str
    y: int
    times: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture of one person: a lane for each source above the lane of what counts, over an axis of hours."""

    height: int
    axis: int
    bars: tuple[Bar, ...]
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]

    @property
    def sentence(self) -> str:
        """The picture in words, for who cannot see it."""
        return "; ".join(f"{lane.name}: {lane.times}" for lane in self.lanes) + "."


@dataclass(frozen=True, slots=True)
class _Scale:
    window: Interval
    zone: str

    def x(self, instant: datetime) -> float:
        whole: timedelta = self.window.end - self.window.start
        return (instant - self.window.start) / whole * 100

    def bars(self, intervals: Iterable[Interval], y: int, css: str) -> Iterator[Bar]:
        for one in intervals:
            x, end = self.x(one.start), self.x(one.end)
            yield Bar(f"{x:.2f}%", f"{max(0.3, end - x):.2f}%", y, BAR, css)

    def ticks(self) -> Iterator[Tick]:
        """The ends, and as many whole hours in between as have room."""
        start, end = (at.astimezone(ZoneInfo(self.zone)) for at in (self.window.start, self.window.end))
        yield Tick("0%", words.clock(start, self.zone), "start")
        step = timedelta(hours=1 + int((end - start) / timedelta(hours=MOST_TICKS)))
        at = start.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        while at < end:
            if MARGIN < self.x(at) < 100 - MARGIN:
                yield Tick(f"{self.x(at):.2f}%", f"{at.hour % 12 or 12}", "middle")
            at += step
        yield Tick("100%", words.clock(end, self.zone), "end")

    def said(self, intervals: Intervals) -> str:
        spans = (f"{words.clock(i.start, self.zone)} to {words.clock(i.end, self.zone)}" for i in intervals)
        return ", ".join(spans) or "no times"


def timeline_of(row: PersonRow, found: Reconciliation) -> Timeline:
    """One person's sources, one lane each, and at the bottom what counts, over the instruction offered."""
    scale = _Scale(_window(found.timetable), found.session.zone)
    drawn = [*_seen(row, scale), _counted(row, found.timetable)]
    bars: list[Bar] = []
    for place, (_, _, shapes) in enumerate(drawn):
        y = place * LANE + TEXT + 3
        bars += scale.bars(found.timetable.instruction(), y, "app-ink-track")
        bars += [bar for intervals, css in shapes for bar in scale.bars(intervals, y, css)]
    lanes = (Lane(name, place * LANE + TEXT, times) for place, (name, times, _) in enumerate(drawn))
    height = len(drawn) * LANE
    return Timeline(height + AXIS, height, tuple(bars), tuple(lanes), tuple(scale.ticks()))


_Shapes = list[tuple[Intervals, str]]


def _seen(row: PersonRow, scale: _Scale) -> Iterator[tuple[str, str, _Shapes]]:
    for source in row.presence.sources:
        times = scale.said(source.intervals) if source.intervals else words.hours(source.minutes)
        yield source.source.capitalize(), times, [(source.intervals, "app-ink-coming")]


def _counted(row: PersonRow, timetable: Timetable) -> tuple[str, str, _Shapes]:
    """What would be posted. Minutes whose times nobody knows are drawn from the start of each part, in outline."""
    attended = words.hours(row.attended)
    if row.by_hand is None and (row.presence.present or not row.attended):
        return "Counts", attended, [(held, INKS[where]) for where, held in row.presence.places.items()]
    shapes: _Shapes = []
    for offer, segment in zip(timetable.offered(), row.minutes, strict=True):
        free = offer.intervals
        for where, minutes in segment.formats:
            taken = earliest(free, timedelta(minutes=minutes))
            shapes.append((taken, f"{INKS[where]} app-ink-untimed"))
            free = subtract(free, taken)
    return ("Set by hand" if row.by_hand else "Counts, times not known"), attended, shapes


def _window(timetable: Timetable) -> Interval:
    return Interval(
        min(timetable.effective.start, timetable.segments[0].planned.start),
        max(timetable.effective.end, timetable.segments[-1].planned.end),
    )
