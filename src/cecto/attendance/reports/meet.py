"""The attendance file of Google Meet extensions: a preamble, then `Full Name, First Seen, Time in Call`.

It has no addresses, so people are matched by name alone. A stay is taken to begin when the person was first seen and to
last as long as their time in the call; where they left in between, its length is right and its place is not.
"""

from __future__ import annotations

from datetime import timedelta

from cecto.attendance.reports.shapes import Layout, ParsedReport, ReportRow, Setting, Sheet
from cecto.attendance.reports.table import Cells, below, find_columns
from cecto.attendance.reports.times import TimeReader, day_order
from cecto.foundation.sheets import Problems
from cecto.foundation.sheets.lines import Line

NAME = "Google Meet attendance"
SOURCE = "meet"
_COLUMNS = {
    "name": ("full name", "name", "participant name"),
    "joined": ("first seen", "first seen at"),
    "length": ("time in call", "time in meeting"),
}


def recognizes(sheet: Sheet) -> bool:
    """True when a row of the file is the heading of a Meet attendance list."""
    return any(_is_header(line) for line in sheet.head())


def _is_header(line: Line) -> bool:
    return find_columns(line.cells, _COLUMNS).keys() == _COLUMNS.keys()


def read(sheet: Sheet, setting: Setting) -> ParsedReport:
    """The rows of the list. Raises SheetRefused with every problem found."""
    header = next(line for line in sheet.head() if _is_header(line))
    table = below(sheet, header, find_columns(header.cells, _COLUMNS))
    problems, texts = Problems(setting.file), [table.cell(line, "joined") for line in table.rows()]
    times = TimeReader(setting.zone, day_order(texts, setting.on), setting.on)
    rows = tuple(_row(Cells(table, line, times, problems)) for line in table.rows())
    problems.refuse()
    return ParsedReport(NAME, SOURCE, rows)


def _row(cells: Cells) -> ReportRow:
    name, joined, seconds = cells.name(), cells.instant("joined"), cells.seconds("length")
    if joined is None or seconds is None:
        cells.refuse("joined", "The row lacks the time first seen or the time in the call.", "Export the file again.")
        return ReportRow(cells.line.number, name, name)
    return ReportRow(cells.line.number, name, name, joined=joined, left=joined + timedelta(seconds=seconds))


LAYOUT = Layout(NAME, SOURCE, recognizes, read)
