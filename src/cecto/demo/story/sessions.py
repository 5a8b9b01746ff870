"""Every session of the year, and its hours: which days, which clock times, whose words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo

from cecto.demo.story.people import CECTO, CGCIO, CIO, DIRECTOR, LEADER
from cecto.demo.story.reading import rows

ZONE = ZoneInfo("America/New_York")
ROOM = "Knapp-Sanders Building, Chapel Hill"
Clock = tuple[time, time]


def _span(text: str) -> Clock:
    since, until = text.split("-")
    return time.fromisoformat(since), time.fromisoformat(until)


@dataclass(frozen=True, slots=True)
class Hours:
    """How a kind of session runs on the clock: its parts, its breaks and its format."""

    parts: tuple[Clock, ...]
    breaks: tuple[Clock, ...]
    modality: str
    series: str


def _hours(parts: str, breaks: str, modality: str, series: str) -> Hours:
    return Hours(tuple(map(_span, parts.split())), tuple(map(_span, breaks.split())), modality, series)


HOURS = {
    "day": _hours("08:30-12:00 13:00-16:30", "10:00-10:15 12:00-13:00 14:30-14:45", "f2f", "monthly-days"),
    "seminar": _hours("09:00-12:00 13:00-16:00", "12:00-13:00", "f2f", "superintendents"),
    "graduation": _hours("10:00-12:45", "", "f2f", "monthly-days"),
    "online": _hours("15:30-17:30", "", "sync", "online"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a session: what it is about and when."""

    title: str
    competency: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Gathering:
    """A session as planned. Instants are local. `seen_by` is how attendance comes: zoom, sheet or roster."""

    code: str
    kind: str
    day: date
    seen_by: str
    owner: str
    also: str
    title: str
    tracks: tuple[str, ...]
    slot: str
    tag: str
    instructor: str
    parts: tuple[Part, ...]

    @property
    def hours(self) -> Hours:
        """Its clock times and format."""
        return HOURS[self.kind]

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        return self.parts[0].starts_at

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return self.parts[-1].ends_at

    @property
    def breaks(self) -> tuple[tuple[datetime, datetime], ...]:
        """Its breaks, lunch among them."""
        return tuple((at(self.day, since), at(self.day, until)) for since, until in self.hours.breaks)

    @property
    def programs(self) -> tuple[str, ...]:
        """The programs it counts for, the owner first."""
        return tuple(filter(None, (self.owner, self.also)))

    @property
    def groups(self) -> tuple[str, ...]:
        """Who is expected: tracks of CeCTO, and the government class if it takes part."""
        cecto = (self.tracks or (DIRECTOR, LEADER)) if CECTO in self.programs else ()
        return (*cecto, *((CIO,) if CGCIO in self.programs else ()))

    @property
    def minutes(self) -> int:
        """Minutes of instruction, breaks apart."""
        return sum(_minutes(part, self.breaks) for part in self.parts)


def at(day: date, clock: time) -> datetime:
    """That time of that day in North Carolina."""
    return datetime.combine(day, clock, ZONE)


def part_minutes(gathering: Gathering, part: Part) -> int:
    """Minutes of instruction of one part."""
    return _minutes(part, gathering.breaks)


@cache
def gatherings() -> tuple[Gathering, ...]:
    """Every session, in order of time."""
    grouped = groupby(rows("sessions.csv"), key=lambda row: row["code"])
    found = [_gathering(list(parts)) for _, parts in grouped]
    return tuple(sorted(found, key=lambda one: (one.starts_at, one.code)))


@cache
def gathering(code: str) -> Gathering:
    """The session with that code. Raises KeyError."""
    return {one.code: one for one in gatherings()}[code]


def _gathering(parts: list[dict[str, str]]) -> Gathering:
    first = parts[0]
    day = date.fromisoformat(first["date"])
    return Gathering(
        code=first["code"],
        kind=first["kind"],
        day=day,
        seen_by=first["seen_by"],
        owner=first["owner"],
        also=first["also"],
        title=first["title"],
        tracks=tuple(first["tracks"].split()),
        slot=first["slot"],
        tag=first["tags"],
        instructor=first["instructor"],
        parts=tuple(_parts(day, parts, HOURS[first["kind"]])),
    )


def _parts(day: date, parts: list[dict[str, str]], hours: Hours) -> Iterable[Part]:
    for row, (since, until) in zip(parts, hours.parts, strict=True):
        yield Part(row["segment"], row["competency"], at(day, since), at(day, until))


def _minutes(part: Part, breaks: Iterable[tuple[datetime, datetime]]) -> int:
    lost = sum(max(0.0, (min(part.ends_at, end) - max(part.starts_at, start)).total_seconds()) for start, end in breaks)
    return int(((part.ends_at - part.starts_at).total_seconds() - lost) // 60)
