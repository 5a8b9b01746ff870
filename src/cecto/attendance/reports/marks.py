"""Lists of marks: a word for each person and day, such as present, absent or late, and no times.

Read are Canvas' Roll Call (`Student Name, Class Date, Attendance`; community.canvaslms.com, "How do I run an
attendance report"), a paper list with a yes/no column, and tables with a column for each day, such as the text export
of Moodle's Attendance activity (`19 Jan 2016 9.00AM All students`; github.com/danmarsden/moodle-mod_attendance,
locallib.php, attendance_exporttocsv). The session's day is read. Late is by an unknown time, for a human to set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, time

from cecto.attendance.reports.headings import columns_of
from cecto.attendance.reports.shapes import Flag, Layout, ParsedReport, ReportRow, Setting, Sheet, refusal
from cecto.attendance.reports.table import Cells, Table, Times, refuse_other_days, side_by_side, tables
from cecto.attendance.reports.times import TimeReader, Unreadable, cleaned, day_order
from cecto.attendance.reports.words import said
from cecto.foundation.sheets import Problem
from cecto.foundation.sheets.lines import Line

NAME = "Attendance marks"
SOURCE = "marks"
_TIMES = frozenset({"joined", "left", "length", "action"})
_WITH_DAY = re.compile(r"\d{1,4}[/.\-]\d{1,2}(?:[/.\-]\d{1,4})?|\d{1,2}\.?\s+[a-z]{3,}|[a-z]{3,}\.?\s+\d{1,2}")
_CLOCK = re.compile(r"\b(\d{1,2})[.:](\d{2})\s*([ap]m)?\b")


def recognizes(sheet: Sheet) -> bool:
    """True when a row names people and has a column of marks, or columns of days."""
    return any(_columns(line) for line in sheet.head())


def _columns(line: Line) -> dict[str, int] | None:
    found = columns_of(line.cells)
    named = "name" in found or {"first", "last"} <= found.keys()
    marked = bool(found.keys() & {"status", "absent"}) and not found.keys() & _TIMES
    days = not found.keys() & (_TIMES | {"status", "date"}) and bool(_days(line))
    return found if named and (marked or days) else None


def _days(line: Line) -> Mapping[int, str]:
    """The columns headed by a day, with the heading. A row with an address is somebody's, not one of headings."""
    if any("@" in cell for cell in line.cells):
        return {}
    texts = {place: cleaned(cell) for place, cell in enumerate(line.cells)}
    return {place: text for place, text in texts.items() if text[:1].isalnum() and _dated(text)}


def _dated(text: str) -> bool:
    return _day_in(text, TimeReader(None, on=date(2000, 1, 1))) is not None  # type: ignore[arg-type]


def _day_in(text: str, reader: TimeReader) -> date | None:
    if not _WITH_DAY.search(text):
        return None
    try:
        return reader.day(re.sub(r"(\d)\.(\d{2}\s*[ap]m)", r"\1:\2", text))
    except Unreadable:
        return None


def read(sheet: Sheet, setting: Setting) -> ParsedReport:
    """The marks of the session's day. Raises SheetRefused when it is not clear which column or rows are of that day."""
    parts = side_by_side(sheet, _columns)
    found = [_of_day(table, setting) for part in parts for table in tables(part, _columns)]
    times = Times.of(found, setting)
    rows: list[ReportRow] = []
    problems: list[Problem] = []
    others: list[date] = []
    for table in found:
        for line in table.rows():
            cells = Cells(table, line, times, setting.file)
            day = cells.day()
            if day and setting.on and day != setting.on and not cells.problems:
                others.append(day)
                continue
            rows += _row(cells)
            problems += cells.problems
    refuse_other_days(rows, others, setting.file)
    return ParsedReport(NAME, SOURCE, tuple(rows), zone_stated=True, problems=tuple(problems), other_days=len(others))


def _of_day(table: Table, setting: Setting) -> Table:
    """The table with the column of the session's day as its marks, where it has columns of days."""
    if "status" in table.columns or "absent" in table.columns:
        return table
    return replace(table, columns={**table.columns, "status": _column_of_day(table.header, setting)})


def _column_of_day(header: Line, setting: Setting) -> int:
    headed = _days(header)
    reader = TimeReader(setting.zone, day_order(headed.values(), setting.on), setting.on)
    days = {place: _day_in(text, reader) for place, text in headed.items()}
    places = [place for place, day in days.items() if setting.on in (None, day)]
    clocks = {place: _clock_in(headed[place]) for place in places}
    meanwhile = [place for place, clock in clocks.items() if _is_meanwhile(clock, setting)]
    at_that_time = [place for place, clock in clocks.items() if clock and clock == setting.begins]
    if len(at_that_time) == 1 and len(meanwhile) < 2:
        return at_that_time[0]
    if len(places) == 1:
        return places[0]
    held = ", ".join(header.cells[place] for place in places or headed)[:200]
    message = f"The file has several columns for this day: {held}." if places else f"The file has only: {held}."
    fix = "Export again with the one session that is this session."
    raise refusal(setting.file, message, fix, row=header.number)


def _clock_in(heading: str) -> time | None:
    found = _CLOCK.search(heading)
    hour, minute = (int(found[1]), int(found[2])) if found else (24, 0)
    hour = hour % 12 + 12 * (found[3] == "pm") if found and found[3] else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _is_meanwhile(clock: time | None, setting: Setting) -> bool:
    """Whether a column was taken while the session went on: several of them are a register that was called again."""
    return bool(clock and setting.begins and setting.ends and setting.begins <= clock < setting.ends)


def _row(cells: Cells) -> Iterator[ReportRow]:
    name, email = cells.name(), cells.email()
    text = cells.text("status").split("(")[0].strip()
    word = "absent" if said(cells.text("absent")) == "present" else said(text)
    if not name and not email:
        return
    row = ReportRow(cells.line.number, name, name, email=email)
    if not text and word is None:
        yield replace(row, seconds=0, flags=frozenset({Flag.NO_TIMES}))
        return
    if word is None:
        cells.refuse("status", f"“{text[:20]}” is none of present, late and absent.", "Write one of these, or P, L, A.")
    if word == "registered":
        yield replace(row, seconds=0, flags=frozenset({Flag.NOT_SIGNED}))
        return
    flags = {"present": {Flag.PRESENT}, "late": {Flag.LATE}}.get(word or "", set())
    yield cells.waits(replace(row, seconds=0, mark=word or "", flags=frozenset(flags)))


LAYOUT = Layout(NAME, SOURCE, recognizes, read)
