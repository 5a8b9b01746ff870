"""Headed tables inside a sheet: rows below a row of headings, and cells read as what their column holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from cecto.attendance.reports.headings import plain
from cecto.attendance.reports.lengths import seconds_of
from cecto.attendance.reports.shapes import LONGEST_NAME, Flag, ReportRow, Setting, Sheet, refusal
from cecto.attendance.reports.times import (
    AmbiguousDates,
    TimeReader,
    Unreadable,
    day_order,
    short,
    states_zone,
    zone_in,
)
from cecto.attendance.reports.words import is_blank
from cecto.foundation.folding import words
from cecto.foundation.sheets import Problem
from cecto.foundation.sheets.lines import Line

LONGEST_STAY = 24 * 3_600
SECTION = re.compile(r"^\d+\.\s")
_BRACKETED = re.compile(r"^(?P<shown>.*\S)\s*\((?P<original>[^()]+)\)$")
_CLOCK = re.compile(r"(?:^|[\sT,])\d{1,2}:\d{2}")
_TIMES = ("joined", "left", "at", "span")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below one header row; `columns` tells where each wanted field stands."""

    header: Line
    body: tuple[Line, ...]
    columns: Mapping[str, int]

    def cell(self, line: Line, name: str) -> str:
        """The cell of a field, or nothing when the file or the row has no such cell."""
        place = self.columns.get(name, -1)
        return line.cells[place] if 0 <= place < len(line.cells) else ""

    def title(self, name: str) -> str:
        """The heading of a field as the file writes it."""
        return self.header.cells[self.columns[name]] if name in self.columns else name

    def rows(self) -> Iterator[Line]:
        """The rows that hold something."""
        return (line for line in self.body if not line.blank)


def is_filled(line: Line) -> bool:
    """Whether a line has an address or a time of day in it: then it is somebody's row, not one of headings."""
    return any("@" in cell or _CLOCK.search(cell) for cell in line.cells)


def tables(sheet: Sheet, columns: Callable[[Line], Mapping[str, int] | None]) -> list[Table]:
    """Every table of a sheet: `columns` says where the fields stand in a line that is a header row, else None.

    A table ends at the next header, or at the numbered title of a section. A lone cell right above a header is the
    title of what follows, not a row.
    """
    found: list[Table] = []
    header: Line | None = None
    fields: Mapping[str, int] = {}
    body: list[Line] = []
    for line in sheet.lines:
        headed = columns(line)
        if header is not None and (headed or _is_section(line)):
            found.append(Table(header, tuple(_without_title(body) if headed else body), fields))
            header, body = None, []
        if headed:
            header, fields = line, headed
        elif header is not None:
            body.append(line)
    if header is not None:
        found.append(Table(header, tuple(body), fields))
    return found


def side_by_side(sheet: Sheet, columns: Callable[[Line], Mapping[str, int] | None]) -> list[Sheet]:
    """A sheet whose tables stand beside each other, under the same heading of names, as one sheet for each."""
    for line in sheet.head():
        found = columns(line) or {}
        heading = plain(line.cells[found["name"]]) if "name" in found else ""
        places = [place for place, cell in enumerate(line.cells) if heading and plain(cell) == heading]
        if len(places) > 1:
            ends = [*places[1:], None]
            return [_part(sheet, start, end) for start, end in zip([0, *places[1:]], ends, strict=True)]
    return [sheet]


def _part(sheet: Sheet, start: int, end: int | None) -> Sheet:
    return replace(sheet, lines=tuple(replace(line, cells=line.cells[start:end]) for line in sheet.lines))


def _is_section(line: Line) -> bool:
    return bool(line.cells and SECTION.match(line.cells[0]) and not any(line.cells[1:]))


def _without_title(body: list[Line]) -> list[Line]:
    held = [line for line in body if not line.blank]
    return held[:-1] if held and len([cell for cell in held[-1].cells if cell]) == 1 else held


def refuse_unread_times(table: Table, file: str, known: Collection[int]) -> None:
    """Refuse a table of times in without times out that has a column of times nobody knows the meaning of."""
    for place, heading in enumerate(table.header.cells):
        texts = [line.cells[place] for line in table.rows() if place < len(line.cells)]
        held = [text for text in texts if not is_blank(text)]
        if place not in known and held and all(_CLOCK.search(text) for text in held):
            message = f"The column “{heading[:60]}” holds times, and it is not clear of what."
            fix = "Head it Out if it tells when people left; otherwise remove it."
            raise refusal(file, message, fix, row=table.header.number, column=heading[:60])


def refuse_other_days(rows: Sequence[object], others: Collection[date], file: str) -> None:
    """Refuse a file all of whose rows are of other days than the session's."""
    if others and not rows:
        held = ", ".join(day.isoformat() for day in sorted(set(others))[:5])
        raise refusal(file, f"The file has only other days: {held}.", "Export it again for the day of this session.")


def split_original(raw: str) -> tuple[str, str]:
    """The name shown and the original name that Zoom adds in brackets after a rename."""
    found = _BRACKETED.match(raw)
    return (found["shown"], found["original"].strip()) if found else (raw, "")


@dataclass(frozen=True, slots=True)
class Times:
    """How the times of one or more tables are read: the order of their dates, and the zone of each column."""

    reader: TimeReader
    stated: bool

    @classmethod
    def of(
        cls, found: list[Table], setting: Setting, *, hours: bool = False, dates: tuple[str, ...] = ("date",)
    ) -> Times:
        """Decided from every date in the tables. Raises SheetRefused where that leaves two readings."""
        cells = [
            (table.title(name), text)
            for table in found
            for line in table.rows()
            for name in (*_TIMES, *dates)
            if (text := table.cell(line, name)) and not is_blank(text)
        ]
        texts = [text for _, text in cells]
        try:
            order = day_order(texts, setting.on)
        except AmbiguousDates as error:
            fix = "Write the dates as year-month-day, such as 2026-10-14, and import the file again."
            raise refusal(setting.file, str(error), fix, row=found[0].header.number) from None
        reader = TimeReader(setting.zone, order, setting.on, hours, setting.begins)
        clocks = [(title, text) for title, text in cells if ":" in text]
        stated = bool(clocks) and all(states_zone(text) or zone_in(title) for title, text in clocks)
        return cls(reader, stated)

    def in_column(self, title: str) -> TimeReader:
        """The reader for a column, in the zone that its heading may state."""
        zone = zone_in(title)
        return replace(self.reader, zone=zone) if zone else self.reader


@dataclass(slots=True)
class Cells:
    """Reads one row of a table; what cannot be read is noted as a problem and read as nothing.

    `unit_clear` is off where a column of lengths names no unit and cannot be minutes.
    """

    table: Table
    line: Line
    times: Times
    file: str
    unit_clear: bool = field(default=True, kw_only=True)
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        """The cell as it is; nothing for a mark that stands for an empty cell."""
        text = self.table.cell(self.line, name)
        return "" if is_blank(text) else text

    def name(self) -> str:
        """The name, from one column or from those of first and last name.

        Beside a column of first or of last names alone, one headed “Name” holds the other: “Nom, Prénom”.
        """
        whole, first, last = (self._short_enough(part) for part in ("name", "first", "last"))
        beside = (first or last) if not (first and last) else ""
        if whole and beside and not set(words(beside)) <= set(words(whole)):
            return f"{first or whole} {last or whole}"
        return whole or " ".join(filter(None, (first, last)))

    def email(self) -> str:
        """The address, in lower case; nothing for what is not one."""
        found = next((text for part in ("email", "upn") if "@" in (text := self.text(part))), "")
        return found.removeprefix("mailto:").strip("<>").casefold()

    def day(self) -> date | None:
        """The date in the row's own column of dates."""
        text = self.text("date")
        try:
            return self.times.reader.day(text) if text else None
        except Unreadable as error:
            self.refuse("date", str(error), "Write it like 2026-10-14.")
            return None

    def instant(self, name: str, text: str | None = None) -> datetime | None:
        """The instant in UTC, or None for an empty cell. `text` is read instead of the cell where it is given."""
        text = self.text(name) if text is None else text
        try:
            return self.times.in_column(self.table.title(name)).instant(text, on=self.day()) if text else None
        except Unreadable as error:
            self.refuse(name, str(error), "Write it like 2026-10-14 9:00 AM, or leave it empty.")
            return None

    def seconds(self, name: str, *, bounded: bool = False) -> int | None:
        """The length in seconds, or None for an empty cell."""
        text = self.text(name)
        if text.isdecimal() and not self.unit_clear:
            self.refuse(name, "The column names no unit, and its numbers are too large for minutes.", "Name the unit.")
            return None
        try:
            seconds = seconds_of(text, self.table.title(name), bounded=bounded) if text else None
            if seconds is not None and seconds > LONGEST_STAY:
                raise Unreadable(f"“{short(text)}” is longer than a day.")
            return seconds
        except Unreadable as error:
            self.refuse(name, str(error), "Write whole minutes, or 1h 5m.")
            return None

    def refuse(self, name: str, message: str, fix: str) -> None:
        """Note a problem with this row."""
        self.problems.append(Problem(self.file, self.line.number, self.table.title(name), message, fix))

    def waits(self, row: ReportRow) -> ReportRow:
        """The row as it waits for a human when something of it could not be read; else the row."""
        if not self.problems:
            return row
        first = self.problems[0]
        note = f"{first.column}: {first.message}"[:300]
        return replace(
            row, joined=None, left=None, seconds=None, mark="", flags=frozenset({Flag.UNREADABLE}), note=note
        )

    def _short_enough(self, name: str) -> str:
        """The name; a problem when it is longer than any name is."""
        text = self.text(name)
        if len(text) > LONGEST_NAME:
            fix = "Look for a missing separator or quotation mark in this row, and shorten the name."
            message = f"The name has {len(text)} characters; at most {LONGEST_NAME} are read."
            self.refuse(name, message, fix)
        return text[:LONGEST_NAME]
