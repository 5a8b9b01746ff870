"""Schedules, in the layout that `cecto import schedule` reads: one row per part of a session.

A class's file gives times for the sessions it owns. For a session that another class owns it only says what it is to
this class: rows without times.
"""

from __future__ import annotations

from collections.abc import Iterable

from cecto.demo.files.sheets import csv_text
from cecto.demo.story.people import CECTO, member
from cecto.demo.story.sessions import ROOM, Gathering, Part, gatherings, part_minutes

_HEADING = (
    *("Session", "Title", "Date", "Start", "End", "Format", "Segment", "Minutes"),
    *("Competency", "Slot", "Tags", "Tracks", "Place", "Link", "Instructor", "Breaks", "Series"),
)


def own_sessions(program: str) -> str:
    """The sessions that the class of a program owns, with all their times."""
    return _schedule(program, (one for one in gatherings() if one.owner == program))


def joined_sessions(program: str) -> str:
    """The sessions of another class that this one takes part in, in this class's own words."""
    return _schedule(program, (one for one in gatherings() if one.also == program))


def link(gathering: Gathering) -> str:
    """Where an online session is held; the address belongs to no one."""
    return f"https://zoom.example/j/{meeting_number(gathering)}" if gathering.hours.modality == "sync" else ""


def meeting_number(gathering: Gathering) -> str:
    """The number of an online meeting."""
    return f"9{gathering.day:%y%m%d}{len(gathering.programs)}{len(gathering.code):02}"


def _schedule(program: str, sessions: Iterable[Gathering]) -> str:
    return csv_text(_HEADING, (_row(program, one, part) for one in sessions for part in one.parts))


def _row(program: str, one: Gathering, part: Part) -> list[object]:
    owned = one.owner == program
    return [
        one.code,
        one.title,
        one.day.isoformat(),
        *(_times(part) if owned else ("", "")),
        one.hours.modality,
        part.title,
        part_minutes(one, part),
        *(_cecto_words(one, part) if program == CECTO else ("", "", "", "")),
        ROOM if owned and one.hours.modality == "f2f" else "",
        link(one) if owned else "",
        member(one.instructor).email if owned else "",
        _breaks(one) if owned else "",
        one.hours.series if owned else "",
    ]


def _times(part: Part) -> tuple[str, str]:
    return f"{part.starts_at:%-I:%M %p}", f"{part.ends_at:%-I:%M %p}"


def _cecto_words(one: Gathering, part: Part) -> tuple[str, str, str, str]:
    return part.competency, one.slot, one.tag, "; ".join(one.tracks)


def _breaks(one: Gathering) -> str:
    return "; ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in one.breaks)
