"""Microsoft Teams: the attendance list of 2020, the report of 2021, and today's report in numbered sections.

Files are UTF-16 and separated by tabs under the name .csv. Dates follow the organizer's language (14/11/22, 09:30:52 or
7/22/26, 7:00:11 PM), and so do headings, lengths and actions. Today's report lists people in section 2, with first
join, last leave and a length, and their stays in section 3: who has stays there is read there, the others from
section 2, where a length limits what lies between first and last. Columns on engagement are not read.
Sources: support.microsoft.com, "Manage meeting attendance reports in Microsoft Teams"; a real file in
github.com/dvaneynde/teams-attendance; headings in Polish and German as public readers of these files look for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from cecto.attendance.reports.headings import columns_of
from cecto.attendance.reports.shapes import Flag, Layout, ParsedReport, ReportRow, Setting, Sheet, refusal
from cecto.attendance.reports.stays import Stays
from cecto.attendance.reports.table import Cells, Times, is_filled, tables
from cecto.foundation.folding import folded
from cecto.foundation.sheets import Problem
from cecto.foundation.sheets.lines import Line

LIST_NAME = "Teams attendance list"
NAME = "Teams attendance report"
SOURCE = "teams"
_FIRST = (
    *(
        "first join",
        "first join time",
        "pierwsze dolaczenie",
        "erster beitritt",
        "primera union",
        "primera incorporacion",
    ),
    *(
        "primer acceso",
        "primera entrada",
        "premiere participation",
        "premiere connexion",
        "premiere entree",
        "premier acces",
    ),
    *(
        "primeira entrada",
        "primeiro ingresso",
        "primeira adesao",
        "primeiro acesso",
        "erste teilnahme",
        "premiere arrivee",
    ),
)
_SIGNS = (
    *({"participant id"}, {"(upn)"}, {"in meeting duration"}, {"join time", "leave time", "duration", "email", "role"}),
    *({"full name", "join time", "leave time", "duration"}, *({first} for first in _FIRST)),
)
_REPORT = Stays(NAME, SOURCE, tuple(map(frozenset, _SIGNS)))
_JOINED = (
    "join",
    "beigetreten",
    "beitritt",
    "se unio",
    "unido",
    "rejoint",
    "entrou",
    "ingress",
    "dolacz",
    "entro",
    "wszed",
)
_LEFT = (
    "left",
    "leave",
    "verlassen",
    "salio",
    "abandon",
    "quitt",
    "saiu",
    "opusc",
    "opuszcz",
    "wyszed",
    "salida",
    "saida",
    "parti",
)

_IN = ("in", "check in", "checked in", "check-in", "entry", "entered", "login", "arrived", "connect", "connected")
_OUT = ("out", "check out", "checked out", "check-out", "exit", "exited", "logout", "departed", "disconnected")


def recognizes_list(sheet: Sheet) -> bool:
    """True for the list that is downloaded during a meeting: one row per joining or leaving."""
    return any(_list_columns(line) for line in sheet.head())


def _list_columns(line: Line) -> dict[str, int] | None:
    found = {} if is_filled(line) else columns_of(line.cells)
    return found if {"action", "at"} <= found.keys() and ("name" in found or "email" in found) else None


@dataclass(frozen=True, slots=True)
class _Event:
    row: ReportRow
    at: datetime
    joins: bool


def read_list(sheet: Sheet, setting: Setting) -> ParsedReport:
    """The stays that the joinings and leavings make, in whatever order they are listed."""
    found = tables(sheet, _list_columns)
    times = Times.of(found, setting)
    problems: list[Problem] = []
    waiting: list[ReportRow] = []
    events: dict[tuple[str, str], list[_Event]] = defaultdict(list)
    for cells in (Cells(table, line, times, setting.file) for table in found for line in table.rows()):
        row, event = _event(cells)
        problems += cells.problems
        if event:
            events[row.name, row.email].append(event)
        elif row.name or row.email:
            waiting.append(cells.waits(row))
    rows = [*waiting, *(row for of_one in events.values() for row in _stays(of_one))]
    rows.sort(key=lambda row: row.number)
    return ParsedReport(LIST_NAME, SOURCE, tuple(rows), zone_stated=times.stated, problems=tuple(problems))


def _event(cells: Cells) -> tuple[ReportRow, _Event | None]:
    name = cells.name()
    row = ReportRow(cells.line.number, name, name, email=cells.email())
    action, at = _action(cells.text("action")), cells.instant("at")
    if at is None and not cells.problems:
        cells.refuse("at", "There is no time.", "Export the list again.")
    if action is None:
        fix = "Write Joined or Left, or export the list in English."
        cells.refuse("action", f"“{cells.text('action')[:40]}” is neither Joined nor Left.", fix)
    return row, _Event(row, at, action == "joined") if at and action and not cells.problems else None


def _action(text: str) -> Literal["joined", "left"] | None:
    """Left is looked for first: in German one has "die Besprechung verlassen"."""
    plain = folded(text)
    if plain in _OUT or any(word in plain for word in _LEFT):
        return "left"
    return "joined" if plain in _IN or any(word in plain for word in _JOINED) else None


def _stays(events: list[_Event]) -> Iterator[ReportRow]:
    """Who has joined with several devices is there until the last of them leaves.

    Where somebody joined more often than they left, a leaving was lost: then each leaving ends their stay, so that
    nobody is there at a time at which the list does not show them.
    """
    if events[0].at > events[-1].at:
        events.reverse()
    ordered = sorted(events, key=lambda event: event.at)
    balanced = sum(event.joins for event in ordered) == sum(not event.joins for event in ordered)
    devices, first = 0, None
    for event in ordered:
        if event.joins:
            devices, first = devices + 1, first or event
        elif first is None:
            yield replace(event.row, seconds=0, flags=frozenset({Flag.NO_JOIN}))
        else:
            devices = devices - 1 if balanced else 0
            if not devices:
                yield replace(first.row, joined=first.at, left=event.at)
                first = None
    if first:
        yield replace(first.row, joined=first.at, flags=frozenset({Flag.NO_LEAVE}))


def recognizes(sheet: Sheet) -> bool:
    """True for the report of 2021 and for that in numbered sections, with times or without."""
    return _REPORT.recognizes(sheet) or any(_hides_times(line) for line in sheet.head())


def _hides_times(line: Line) -> bool:
    found = columns_of(line.cells)
    return {"name", "email", "role"} <= found.keys() and not found.keys() & {"joined", "left"}


def read(sheet: Sheet, setting: Setting) -> ParsedReport:
    """The stays of the report. Raises SheetRefused when it tells no times at all."""
    sections = [table.header.number for table in tables(sheet, _REPORT.columns)]
    if not sections:
        raise refusal(
            setting.file,
            "This Teams report says who came and not when.",
            "An administrator has hidden the times: mark attendance in the session instead.",
        )
    report = _REPORT.read(sheet, setting)
    return replace(report, rows=tuple(_without_totals(report.rows, sections)))


def _without_totals(rows: Sequence[ReportRow], sections: list[int]) -> Iterator[ReportRow]:
    """The rows of the last section, and of those before it only people who have none there."""
    last = sections[-1]
    listed = {key for row in rows if row.number > last for key in (row.email, folded(row.name)) if key}
    for row in rows:
        if row.number > last or not {row.email, folded(row.name)} & listed:
            yield row


LIST_LAYOUT = Layout(LIST_NAME, SOURCE, recognizes_list, read_list)
LAYOUT = Layout(NAME, SOURCE, recognizes, read)
