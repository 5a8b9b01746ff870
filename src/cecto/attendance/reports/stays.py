"""Reports that list stays: who, from when to when, and how long. One reader for every system; each system says how
its report is called and known, and what is its own.

A stated length never adds to the times of a row: where it is shorter, they were away in between. A row that cannot be
read waits for a human; one without any time is told and not counted.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo

from cecto.attendance.reports.headings import COLUMNS, bracketed, columns_of, plain
from cecto.attendance.reports.lengths import unit_of
from cecto.attendance.reports.shapes import Flag, Layout, ParsedReport, ReportRow, Setting, Sheet
from cecto.attendance.reports.table import (
    Cells,
    Table,
    Times,
    is_filled,
    refuse_other_days,
    refuse_unread_times,
    split_original,
    tables,
)
from cecto.attendance.reports.times import Unreadable
from cecto.attendance.reports.words import said
from cecto.foundation.folding import folded
from cecto.foundation.sheets import Problem
from cecto.foundation.sheets.lines import Line
from cecto.foundation.ui.words import hours

# Systems round times and lengths to a minute, each its own way.
ROUNDING = timedelta(seconds=120)
_ORGANIZERS = ("organizer", "organiser", "host", "organizador", "organisator", "organisateur", "organizator")
_SUM = re.compile(
    r"^(?:(?:grand |sub ?)?totals?|sum|average|mean|median|count|summe|gesamt|suma|soma|razem)"
    r"(?: (?:participants|attendees|people|present|minutes|hours|duration|time|number|of|count|attendance)\b.*)?"
    r"[:\s\d.]*$"
)
# What a list of meetings calls how many came, and when each began.
_HOW_MANY = frozenset(
    (
        "participants",
        "total participants",
        "attendees",
        "participantes",
        "teilnehmer",
        "uczestnicy",
        "participants count",
    )
)
_LONGEST_MINUTES = 24 * 60
_ADDRESS = re.compile(r"[^\s<>(),;]+@[^\s<>(),;]+")
_ORIGINAL = re.compile(r"original|origine|oryginal")
_SPAN = re.compile(r"^(.+?)(?:\s+(?:-|to|bis|until|a)\s+|\s*[–—]\s*)(.+)$", re.IGNORECASE)
_TIGHT_SPAN = re.compile(r"^([\d:.]+\s*(?:[ap]\.?m\.?)?)\s*-\s*([\d:.]+\s*(?:[ap]\.?m\.?)?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stays:
    """One system's report of stays.

    `signs`: headings in their comparable form; a row of headings with all of one of these sets is this system's.
    `own` are names of columns that only this system uses. `zone` is that of times that state none, where the system
    documents one. `hours`: an hour may be written alone, as on paper. `ends`: the list tells when they left or how long
    they stayed. `bounding` tells that a stated length limits the times; without it the times count and a length that
    contradicts them is told. `needs_time` is off for lists that may say who was there in a word. `renames` tells that
    a name may have the original one in brackets behind it.
    """

    name: str
    source: str
    signs: tuple[frozenset[str], ...]
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    zone: tzinfo | None = None
    hours: bool = False
    ends: bool = True
    bounding: bool = True
    needs_time: bool = True
    renames: bool = False

    @property
    def layout(self) -> Layout:
        """The layout to list."""
        return Layout(self.name, self.source, self.recognizes, self.read)

    def recognizes(self, sheet: Sheet) -> bool:
        """True when a row of the file is this system's row of headings."""
        return any(self.columns(line) and self._has_sign(line) for line in sheet.head())

    def columns(self, line: Line) -> dict[str, int] | None:
        """Where the fields stand, if the line is a row of headings of such a list."""
        if is_filled(line):
            return None
        names = {**COLUMNS, **{f: (*own, *COLUMNS.get(f, ())) for f, own in self.own.items()}}
        found = columns_of(line.cells, names)
        if _counts_people(line, found):
            return None
        if "name" in found:
            after = columns_of(line.cells, names, after=_last_name(line, found["name"]))
            found |= {f: p for f, p in after.items() if f in found and _same(line, p, found[f])}
        named = "name" in found or {"first", "last"} <= found.keys() or ("email" in found and "title" not in found)
        timed = bool(found.keys() & {"joined", "length", "span"}) or not self.needs_time
        return found if named and timed else None

    def read(self, sheet: Sheet, setting: Setting) -> ParsedReport:
        """The rows of the report. Raises SheetRefused for a file whose dates can be read in two ways."""
        zoned = replace(setting, zone=self.zone) if self.zone else setting
        found = [table for table in tables(sheet, self.columns) if self.needs_time or table.columns]
        times = Times.of(found, zoned, hours=self.hours)
        rows: list[ReportRow] = []
        problems: list[Problem] = []
        others: list[date] = []
        meeting = meeting_above(sheet, found[0], times, setting.file)
        for table in found:
            if self.ends and self.needs_time and not table.columns.keys() & {"left", "length", "span"}:
                refuse_unread_times(table, setting.file, table.columns.values())
            unit_clear = not _has_long_lengths(table)
            for line in table.rows():
                cells = Cells(table, line, times, setting.file, unit_clear=unit_clear)
                other = _other_day(cells)
                others += [other] if other else []
                rows += [] if other else self._rows(cells, meeting)
                problems += cells.problems
        refuse_other_days(rows, others, setting.file)
        return ParsedReport(
            self.name, self.source, tuple(rows), meeting.title, times.stated, tuple(problems), len(others)
        )

    def _has_sign(self, line: Line) -> bool:
        headings = {plain(cell) for cell in line.cells} | {f"({bracketed(cell)})" for cell in line.cells}
        return any(sign <= headings for sign in self.signs)

    def _rows(self, cells: Cells, meeting: Meeting) -> Iterator[ReportRow]:
        raw = cells.name()
        email = cells.email()
        if (not raw and not email) or (not email and _SUM.match(folded(raw))):
            return
        shown, original = split_original(raw) if self.renames else (raw, "")
        role = folded(cells.text("role"))
        flags = {
            Flag.HOST: role in _ORGANIZERS or (bool(email) and email in meeting.hosts),
            Flag.GUEST: said(cells.text("guest")) == "present",
            Flag.WAITING_ROOM: said(cells.text("waiting")) == "present",
        }
        row = ReportRow(
            cells.line.number, raw, shown, original, email, flags=frozenset(f for f, held in flags.items() if held)
        )
        for timed in _timed(cells, row, meeting, bounding=self.bounding, needs_time=self.needs_time):
            yield cells.waits(timed)


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a report says of the meeting as a whole."""

    title: str = ""
    hosts: frozenset[str] = frozenset()
    started: datetime | None = None
    ended: datetime | None = None


def meeting_above(sheet: Sheet, table: Table, times: Times, file: str) -> Meeting:
    """The meeting as the rows above a table tell it: headings with values below, or a heading and its value in a row.

    Failing that, from columns of the table itself.
    """
    above = [line for line in sheet.lines if line.number < table.header.number and not line.blank]
    for headings, values in itertools.pairwise(above):
        columns = columns_of(headings.cells, _MEETING)
        if {"started", "title"} & columns.keys() and len(columns) > 1:
            return _meeting(Table(headings, (values,), columns), times, file)
    pairs = {plain(line.cells[0]): line for line in above if len(line.cells) > 1 and line.cells[1]}
    lines = {f: pairs[name] for f, names in _MEETING.items() for name in reversed(names) if name in pairs}
    if lines:
        cells = tuple(line.cells[1] for line in lines.values())
        heads = Line(0, tuple(line.cells[0] for line in lines.values()))
        return _meeting(Table(heads, (Line(0, cells),), {f: place for place, f in enumerate(lines)}), times, file)
    before = table.header.cells[: table.columns.get("name", 0)]
    return _meeting(Table(table.header, tuple(table.rows()), columns_of(before, _MEETING)), times, file)


_MEETING = {f: COLUMNS[f] for f in ("title", "started", "ended", "host")} | {
    "started": (
        *COLUMNS["started"],
        "hora de inicio",
        "startzeit",
        "heure de debut",
        "hora de inicio",
        "godzina rozpoczecia",
    ),
    "ended": (
        *COLUMNS["ended"],
        "hora de finalizacion",
        "endzeit",
        "heure de fin",
        "hora de termino",
        "godzina zakonczenia",
    ),
}


def _meeting(table: Table, times: Times, file: str) -> Meeting:
    lines = tuple(table.rows())
    if not lines:
        return Meeting()
    cells = Cells(table, lines[0], times, file)
    hosts = {found for line in lines for found in _ADDRESS.findall(table.cell(line, "host").casefold())}
    title, started, ended = cells.text("title"), cells.instant("started"), cells.instant("ended")
    if cells.problems or not started or not ended or ended <= started:
        started = ended = None
    return Meeting(title, frozenset(hosts), started, ended)


def _timed(cells: Cells, row: ReportRow, meeting: Meeting, *, bounding: bool, needs_time: bool) -> Iterator[ReportRow]:
    """The row with its times; several rows when one cell holds several stays."""
    spans = _spans(cells)
    if spans:
        yield from (replace(row, joined=came, left=left) for came, left in spans)
        return
    said_for_time = said(cells.text("joined"))
    word = said_for_time or said(cells.text("status"))
    joined = None if said_for_time else cells.instant("joined")
    left = None if said(cells.text("left")) else cells.instant("left")
    seconds = cells.seconds("length", bounded=joined is not None)
    if said(cells.text("absent")) == "present":
        word = "absent"
    if joined is None and left is None and seconds is None:
        if word == "present" and "joined" in cells.table.columns and not said_for_time and needs_time:
            cells.refuse("joined", "They are marked as there, and no time is given.", "Set their minutes by hand.")
        yield _by_word(row, word)
    elif word == "absent" and not seconds:
        yield replace(row, seconds=0, flags=row.flags | {Flag.NOT_SIGNED})
    elif joined is None:
        yield _by_length(cells, row, left, seconds, meeting)
    else:
        yield _between(cells, row, joined, left, seconds, bounding=bounding)


def _by_word(row: ReportRow, word: str | None) -> ReportRow:
    if row.flags & {Flag.WAITING_ROOM} or word is None:
        return replace(row, seconds=0, flags=row.flags | {Flag.NO_TIMES})
    flags = {"present": {Flag.PRESENT}, "late": {Flag.LATE}}.get(word, {Flag.NOT_SIGNED})
    return replace(row, seconds=0, mark=word, flags=row.flags | flags)


def _by_length(cells: Cells, row: ReportRow, left: datetime | None, seconds: int | None, meeting: Meeting) -> ReportRow:
    if left is not None and seconds is not None:
        return replace(row, joined=left - timedelta(seconds=seconds), left=left)
    if left is not None and cells.problems:
        return row
    if left is not None:
        cells.refuse("left", "There is a time out but no time in.", "Add the time in, or remove both.")
        return row
    flags = row.flags | {Flag.DURATION_ONLY}
    return replace(row, joined=meeting.started, left=meeting.ended, seconds=seconds, flags=flags)


def _between(
    cells: Cells, row: ReportRow, joined: datetime, left: datetime | None, seconds: int | None, *, bounding: bool
) -> ReportRow:
    if left is None and seconds is not None:
        return replace(row, joined=joined, left=joined + timedelta(seconds=seconds))
    if left is None:
        return replace(row, joined=joined, flags=row.flags | {Flag.NO_LEAVE})
    if left < joined:
        cells.refuse("left", "The time out is before the time in.", "Change one of the two times.")
        return row
    row = replace(row, joined=joined, left=left)
    if seconds is None:
        return row
    span, stated = left - joined, timedelta(seconds=seconds)
    if bounding and span - stated > ROUNDING:
        return replace(row, seconds=seconds, flags=row.flags | {Flag.GAPS})
    if not bounding and abs(span - stated) > ROUNDING:
        apart = hours(span // timedelta(minutes=1))
        note = f"The row states {hours(seconds // 60)}, its times are {apart} apart."
        return replace(row, flags=row.flags | {Flag.LENGTH_DIFFERS}, note=note)
    return row


def _spans(cells: Cells) -> list[tuple[datetime, datetime]]:
    """The stays that one cell writes like `8:55 AM - 12:03 PM (188 minutes)`, several apart by semicolons."""
    text = re.sub(r"\([^()]*(?:min|hour|hr|sec)[^()]*\)", ";", cells.text("span"))
    found = []
    for piece in filter(None, (part.strip(" ,") for part in text.split(";"))):
        ends = _SPAN.match(piece) or _TIGHT_SPAN.match(piece)
        if not ends:
            cells.refuse(
                "span", f"“{piece[:40]}” is not a time in and a time out.", "Write it like 9:00 AM - 12:00 PM."
            )
            return []
        came, left = _two_ends(cells, ends[1], ends[2])
        if came and left and came <= left:
            found.append((came, left))
    return found


def _two_ends(cells: Cells, first: str, second: str) -> tuple[datetime | None, datetime | None]:
    came = cells.instant("span", first)
    try:
        day = cells.times.reader.day(first)
        left = cells.times.in_column(cells.table.title("span")).instant(second, on=day or cells.day())
    except Unreadable as error:
        cells.refuse("span", str(error), "Write it like 9:00 AM - 12:00 PM.")
        return None, None
    return came, left


def _other_day(cells: Cells) -> date | None:
    """The day that a row without times says it is of, where that is not the session's."""
    if any(cells.text(name) for name in ("joined", "left", "span") if not said(cells.text(name))):
        return None
    day, on = cells.day(), cells.times.reader.on
    return day if day and on and day != on else None


def _has_long_lengths(table: Table) -> bool:
    """Whether a column of lengths has no unit and numbers that as minutes would be longer than a day."""
    if "length" not in table.columns or unit_of(table.title("length")):
        return False
    texts = (table.cell(line, "length") for line in table.rows())
    return any(text.isdecimal() and int(text[:9]) > _LONGEST_MINUTES for text in texts)


def _counts_people(line: Line, found: Mapping[str, int]) -> bool:
    """Whether a row is headed like a list of meetings: how many came to each, and when it began."""
    headings = [plain(cell) for cell in line.cells]
    began = headings[found["joined"]] in _MEETING["started"] if "joined" in found else False
    return began and bool(_HOW_MANY & set(headings)) and bool(columns_of(line.cells, {"title": _MEETING["title"]}))


def _last_name(line: Line, place: int) -> int:
    """Of Zoom's two columns of names, that of the participant: the one with the original name in brackets."""
    marked = [p for p, cell in enumerate(line.cells) if _ORIGINAL.search(bracketed(cell))]
    return marked[0] if marked else place


def _same(line: Line, one: int, other: int) -> bool:
    return plain(line.cells[one]) == plain(line.cells[other])
