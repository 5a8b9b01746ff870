"""A table as an XLSX workbook: the shown rows with real numbers and dates, text never read as a formula."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from cecto.foundation.hours import hundredths_of_hours
from cecto.foundation.tables.table import Cell, Column, Kind, Table
from cecto.foundation.ui import words

_WIDTHS = {Kind.TEXT: 32, Kind.STATUS: 18, Kind.DATE: 18, Kind.INSTANT: 30}
_NARROW = 14
_DAY = "ddd, mmm d, yyyy"
_LONGEST = 32_767
_SHEET_NAME = 31


class _Page:
    """One worksheet being written, with the cell formats made so far."""

    def __init__(self, book: xlsxwriter.Workbook, table: Table) -> None:
        self.book = book
        self.sheet = book.add_worksheet(sheet_name(table.title))
        self.formats: dict[tuple[str, bool], Any] = {}

    def style(self, pattern: str, *, bold: bool) -> Any:
        """The format with this number pattern."""
        key = (pattern, bold)
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"num_format": pattern, "bold": bold, "valign": "top"})
        return self.formats[key]

    def head(self, columns: tuple[Column, ...]) -> None:
        """The heading row, which stays in view and is repeated on paper."""
        style = self.book.add_format({"bold": True, "bg_color": "#EFF6FB", "bottom": 1, "text_wrap": True})
        for at, column in enumerate(columns):
            self.sheet.set_column(at, at, _WIDTHS.get(column.kind, _NARROW))
            self.sheet.write_string(0, at, column.label, style)
        self.sheet.freeze_panes(1, 1)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)

    def row(self, number: int, cells: list[Cell], *, bold: bool = False) -> None:
        """One row of values."""
        for at, cell in enumerate(cells):
            value, pattern = stored(cell)
            style = self.style(pattern, bold=bold)
            if value == "":
                self.sheet.write_blank(number, at, None, style)
            elif isinstance(value, str):
                self.sheet.write_string(number, at, value, style)
            elif isinstance(value, int | float):
                self.sheet.write_number(number, at, value, style)
            else:
                self.sheet.write_datetime(number, at, value, style)


def xlsx_of(table: Table) -> bytes:
    """The table as a workbook of one sheet, row by row in constant memory."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    book.set_properties({"title": table.title, "comments": table.note})
    page = _Page(book, table)
    page.head(table.columns)
    for number, cells in enumerate(table.cells, start=1):
        page.row(number, cells)
    if table.foot:
        page.row(len(table.rows) + 1, table.foot_cells, bold=True)
    book.close()
    return file.getvalue()


def stored(cell: Cell) -> tuple[str | int | float | date | datetime, str]:
    """What a cell holds and the pattern that shows it as the page does. Text is cut at Excel's limit."""
    value = cell.value
    if isinstance(value, datetime):
        local = words.in_zone(value)
        return local.replace(tzinfo=None), f'{_DAY}, h:mm AM/PM" {local.tzname()}"'
    if isinstance(value, date):
        return value, _DAY
    if isinstance(value, int):
        return _number(value, cell.column.kind)
    text = "" if value is None else cell.text
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}", "General"


def sheet_name(title: str) -> str:
    """A title as Excel accepts it: at most 31 characters, none of []:*?/\\, no apostrophe at either end."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", title)
    return plain[:_SHEET_NAME].strip("' ") or "Table"


def _number(value: int, kind: Kind) -> tuple[int | float, str]:
    if kind is Kind.HOURS:
        return hundredths_of_hours(value) / 100, 'General" h"'
    return (value / 100, "0%") if kind is Kind.PERCENT else (value, "#,##0")
