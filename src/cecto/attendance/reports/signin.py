"""A typed-up sign-in sheet: one row per person, `name, email, in, out`, as CSV or XLSX.

Headings may be the common variants of those words. A sheet per half day has two pairs, such as
`morning in, morning out, afternoon in, afternoon out`. First and last name may stand in two columns. Rows above the
headings are skipped. A person without a time is listed as not signed; a time in without a time out is counted until
the end, and shown as such. Times are local and without a date unless a `date` column gives one. A time from 1:00 to
6:59 written without AM, PM or a leading zero is an afternoon time: no session is at night.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from cecto.attendance.reports.shapes import Flag, Layout, ParsedReport, ReportRow, Setting, Sheet
from cecto.attendance.reports.table import Cells, below, find_columns, heading
from cecto.attendance.reports.times import TimeReader, Unreadable, day_order
from cecto.foundation.sheets import Problems
from cecto.foundation.sheets.lines import Line

NAME = "Sign-in sheet"
SOURCE = "sign-in"
_COLUMNS = {
    "name": ("name", "full name", "participant", "participant name", "attendee", "print name", "printed name"),
    "first": ("first name", "first", "given name"),
    "last": ("last name", "last", "surname", "family name"),
    "email": ("email", "e-mail", "email address", "e-mail address"),
    "date": ("date", "day"),
}
_BEFORE = r"^(?:(?:morning|afternoon|am|pm|a\.m|p\.m)\s+)?(?:time\s+|sign(?:ed)?[ -]?|check(?:ed)?[ -]?)?"
_IN = re.compile(_BEFORE + r"(?:in|arrival|arrived)(?:\s+time)?$")
_OUT = re.compile(_BEFORE + r"(?:out|departure|departed)(?:\s+time)?$")
_SMALL_HOUR = re.compile(r"^[1-6](?:[:.][0-5]\d)?$", re.ASCII)
_BARE_DIGITS = re.compile(r"^(\d{1,2})([0-5]\d)$", re.ASCII)
_BLANK_MARKS = frozenset({"-", "--", "–", "—", "n/a", "absent"})


def recognizes(sheet: Sheet) -> bool:
    """True when a row of the file names a person column and a time-in column."""
    return any(_is_header(line) for line in sheet.head())


def _is_header(line: Line) -> bool:
    found = find_columns(line.cells, _COLUMNS)
    named = "name" in found or {"first", "last"} <= found.keys()
    return named and bool(_pairs(line.cells))


def _pairs(cells: tuple[str, ...]) -> list[tuple[int, int | None]]:
    """The columns of time in, each with the time out that follows it before the next time in."""
    headings = [heading(cell) for cell in cells]
    ins = [place for place, text in enumerate(headings) if _IN.match(text)]
    outs = [place for place, text in enumerate(headings) if _OUT.match(text)]
    if not ins:
        return []
    ends = [*ins[1:], len(headings)]
    return [
        (start, next((out for out in outs if start < out < end), None)) for start, end in zip(ins, ends, strict=True)
    ]


def read(sheet: Sheet, setting: Setting) -> ParsedReport:
    """The rows of the sheet, one per person and pair of times. Raises SheetRefused with every problem found."""
    header = next(line for line in sheet.head() if _is_header(line))
    table = below(sheet, header, find_columns(header.cells, _COLUMNS))
    problems = Problems(setting.file)
    dates = [table.cell(line, "date") for line in table.rows()]
    times = TimeReader(setting.zone, day_order(dates, setting.on), setting.on)
    rows = [row for line in table.rows() for row in _person(Cells(table, line, times, problems), _pairs(header.cells))]
    problems.refuse()
    return ParsedReport(NAME, SOURCE, tuple(rows))


def _person(cells: Cells, pairs: list[tuple[int, int | None]]) -> Iterator[ReportRow]:
    name = cells.name() or " ".join(filter(None, (cells.name("first"), cells.name("last"))))
    email = cells.text("email").casefold()
    if not name and not email:
        return
    listed = ReportRow(cells.line.number, raw_name=name, name=name, email=email)
    found = [row for pair in pairs for row in _stay(cells, listed, pair)]
    yield from found or [replace(listed, seconds=0, flags=frozenset({Flag.NOT_SIGNED}))]


def _stay(cells: Cells, listed: ReportRow, pair: tuple[int, int | None]) -> Iterator[ReportRow]:
    joined, left = _time(cells, pair[0]), _time(cells, pair[1])
    if joined is None and left is not None:
        _note(cells, pair[0], "There is a time out but no time in.", "Add the time in, or remove both.")
    elif joined and left and left <= joined:
        _note(cells, pair[1], "The time out is not after the time in.", "Mend one of the two times.")
    elif joined:
        flags = frozenset() if left else frozenset({Flag.NO_LEAVE})
        yield replace(listed, joined=joined, left=left, flags=flags)


def _time(cells: Cells, place: int | None) -> datetime | None:
    if place is None or place >= len(cells.line.cells):
        return None
    text = cells.line.cells[place]
    if not text or text.casefold() in _BLANK_MARKS:
        return None
    try:
        return cells.times.instant(f"{cells.text('date')} {_afternoon(text)}".strip())
    except Unreadable as error:
        _note(cells, place, str(error), "Write it like 8:30 AM or 13:05, or leave it empty.")
        return None


def _afternoon(text: str) -> str:
    digits = _BARE_DIGITS.match(text)
    text = f"{digits[1]}:{digits[2]}" if digits else text
    if not _SMALL_HOUR.match(text):
        return text
    return f"{text} pm"


def _note(cells: Cells, place: int | None, message: str, fix: str) -> None:
    heading_text = cells.table.header.cells[place] if place is not None else ""
    cells.problems.say(cells.line.number, heading_text, message, fix)


LAYOUT = Layout(NAME, SOURCE, recognizes, read)
