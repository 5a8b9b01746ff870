"""The text export of Moodle's Attendance activity: tab separated, one column per session, one word per person.

Columns are headed like `19 Jan 2016 9.00AM All students`; the column of the session's day is read. P is present
throughout, A and E are not there, and L is late by an unknown time, which is for a human to set. Source:
github.com/danmarsden/moodle-mod_attendance, locallib.php, attendance_exporttocsv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from cecto.attendance.reports.shapes import Flag, Layout, ParsedReport, ReportRow, Setting, Sheet, refusal
from cecto.attendance.reports.table import Cells, below, find_columns
from cecto.attendance.reports.times import TimeReader
from cecto.foundation.sheets import Problems
from cecto.foundation.sheets.lines import Line

NAME = "Moodle attendance"
SOURCE = "moodle"
_COLUMNS = {
    "last": ("last name", "surname"),
    "first": ("first name",),
    "email": ("email address", "email"),
}
_SESSION = re.compile(r"^(\d{1,2}) ([A-Za-z]{3}) (\d{4}) \d{1,2}\.\d{2} ?[AP]M\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MARKS = {"p": "present", "l": "late", "e": "excused", "a": "absent"}


def recognizes(sheet: Sheet) -> bool:
    """True when a row names people by last and first name and has columns of sessions."""
    return any(_is_header(line) for line in sheet.head())


def _is_header(line: Line) -> bool:
    return {"last", "first"} <= find_columns(line.cells, _COLUMNS).keys() and bool(_sessions(line))


def _sessions(line: Line) -> Mapping[int, date]:
    found = {place: _SESSION.match(cell) for place, cell in enumerate(line.cells)}
    return {place: day for place, match in found.items() if match and (day := _day(match))}


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[3]), _MONTHS.index(match[2].casefold()) + 1, int(match[1]))
    except ValueError:
        return None


def read(sheet: Sheet, setting: Setting) -> ParsedReport:
    """The marks of the session's day. Raises SheetRefused when there is not exactly one column for that day."""
    header = next(line for line in sheet.head() if _is_header(line))
    place = _column_of_day(header, setting)
    table = below(sheet, header, {**find_columns(header.cells, _COLUMNS), "mark": place})
    problems = Problems(setting.file)
    times = TimeReader(setting.zone)
    found = (_row(Cells(table, line, times, problems)) for line in table.rows())
    rows = tuple(row for row in found if row)
    problems.refuse()
    return ParsedReport(NAME, SOURCE, rows)


def _column_of_day(header: Line, setting: Setting) -> int:
    sessions = _sessions(header)
    places = [place for place, day in sessions.items() if setting.on in (None, day)]
    if len(places) == 1:
        return places[0]
    held = ", ".join(header.cells[place] for place in places or sessions)[:200]
    message = f"The file has several columns for this day: {held}." if places else f"The file has only: {held}."
    fix = "Export again with the one Moodle session that is this session."
    raise refusal(setting.file, message, fix, row=header.number)


def _row(cells: Cells) -> ReportRow | None:
    name = " ".join(filter(None, (cells.name("first"), cells.name("last"))))
    word = cells.text("mark").split("(")[0].strip().casefold()
    if not name or word in ("", "?", "-"):
        return None
    mark = _MARKS.get(word)
    if mark is None:
        cells.refuse("mark", f"“{word[:20]}” is none of P, L, E and A.", "Set the statuses of the activity to these.")
        return None
    flags = {"present": {Flag.PRESENT}, "late": {Flag.LATE}}.get(mark, set())
    email = cells.text("email").casefold()
    return ReportRow(cells.line.number, name, name, email=email, seconds=0, mark=mark, flags=frozenset(flags))


LAYOUT = Layout(NAME, SOURCE, recognizes, read)
