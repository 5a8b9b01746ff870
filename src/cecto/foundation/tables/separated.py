"""A table as CSV: the shown rows, in forms that programs read.

Hours are decimal hours, dates and instants ISO 8601, in UTF-8 with the mark that Excel needs. RFC 4180.
"""

from __future__ import annotations

from datetime import date, datetime
from io import StringIO

from defusedcsv import csv

from cecto.foundation.hours import hundredths_of_hours
from cecto.foundation.tables.table import Cell, Column, Kind, Table
from cecto.foundation.ui import words

# defusedcsv lets these pass at the start of a cell; spreadsheets skip them and find a formula (OWASP, CSV injection).
_SKIPPED = "\t\r\n"


def csv_of(table: Table) -> bytes:
    """The table as CSV, guarded against cells that a spreadsheet would run as formulas."""
    page = StringIO(newline="")
    writer = csv.writer(page)
    writer.writerow([_heading(column) for column in table.columns])
    for row in [*table.cells, *([table.foot_cells] if table.foot else [])]:
        writer.writerow([_value(cell) for cell in row])
    return page.getvalue().encode("utf-8-sig")


def _decimal_hours(minutes: int) -> str:
    return f"{hundredths_of_hours(minutes) / 100:.2f}".rstrip("0").rstrip(".")


def _heading(column: Column) -> str:
    units = {Kind.HOURS: " (hours)", Kind.PERCENT: " (%)"}
    return column.label + units.get(column.kind, "")


def _value(cell: Cell) -> str | int:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return words.in_zone(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return _decimal_hours(value) if cell.column.kind is Kind.HOURS else value
    return cell.text.lstrip(_SKIPPED)
