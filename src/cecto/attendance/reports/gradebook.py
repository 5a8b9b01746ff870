"""A Canvas gradebook is known, and refused as attendance: it holds scores, not presence."""

from __future__ import annotations

from cecto.attendance.reports.shapes import Layout, ParsedReport, Setting, Sheet, refusal
from cecto.attendance.reports.table import heading

NAME = "Canvas gradebook"


def recognizes(sheet: Sheet) -> bool:
    """True for the first row of a Canvas gradebook export."""
    heads = {heading(cell) for line in sheet.head(1) for cell in line.cells}
    return {"student", "id", "section"} <= heads


def read(sheet: Sheet, setting: Setting) -> ParsedReport:
    """Always raises SheetRefused."""
    raise refusal(
        setting.file,
        "This is a Canvas gradebook: it holds scores, not who was there.",
        "Import it under Import scores on the Work page of the class instead.",
        row=sheet.lines[0].number,
    )


LAYOUT = Layout(NAME, "canvas", recognizes, read)
