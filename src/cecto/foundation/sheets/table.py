"""A table with a row of headings: which columns are there, and the rows below by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cecto.foundation.folding import words
from cecto.foundation.sheets.lines import Line, read_lines
from cecto.foundation.sheets.problems import Problem, SheetRefused

LONGEST_CELL = 2_000


@dataclass(frozen=True, slots=True)
class Heading:
    """A column we know: its field, what people may call it (the first is how we write it), and whether it must be."""

    field: str
    names: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by field; a field that is not in the file is empty."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, field: str) -> str:
        return self.cells.get(field, "")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file that hold something. `titles` are the headings as written; `unread` those we do not know."""

    file: str
    rows: tuple[Row, ...]
    titles: Mapping[str, str]
    unread: tuple[str, ...]


def read_table(content: bytes, *, file: str, headings: Sequence[Heading]) -> Table:
    """The table in a CSV or XLSX file; `file` is its name in messages.

    Headings are compared without case, blanks and punctuation. Raises SheetRefused when the file cannot be read, a
    required column is missing, a heading comes twice, or a cell is longer than any cell should be.
    """
    lines = [line for line in read_lines(content, file) if not line.blank]
    if not lines:
        raise SheetRefused([Problem(file, 0, "", "The file has no rows.", _wanted(headings))])
    columns = _columns(lines[0], file, headings)
    rows = tuple(_row(line, columns, lines[0], file) for line in lines[1:])
    if not rows:
        raise SheetRefused([Problem(file, lines[0].number, "", "There is nothing below the headings.", "Add rows.")])
    titles = {field: lines[0].cells[place] for field, place in columns.items()}
    unread = tuple(cell for place, cell in enumerate(lines[0].cells) if cell and place not in columns.values())
    return Table(file, rows, titles, unread)


def plain(heading: str) -> str:
    """A heading in comparable form: folded, letters and digits only."""
    return "".join(words(heading))


def _columns(line: Line, file: str, headings: Sequence[Heading]) -> dict[str, int]:
    fields = {plain(name): heading.field for heading in headings for name in heading.names}
    found: dict[str, int] = {}
    for place, cell in enumerate(line.cells):
        field = fields.get(plain(cell), "")
        if field in found:
            message = f"The heading comes twice, in columns {found[field] + 1} and {place + 1}."
            raise SheetRefused([Problem(file, line.number, cell, message, "Keep one of them.")])
        if field:
            found[field] = place
    missing = [heading.names[0] for heading in headings if heading.required and heading.field not in found]
    if missing:
        names = ", ".join(f"“{name}”" for name in missing)
        raise SheetRefused([Problem(file, line.number, "", f"There is no column {names}.", _wanted(headings))])
    return found


def _row(line: Line, columns: Mapping[str, int], head: Line, file: str) -> Row:
    cells = {field: line.cells[place] for field, place in columns.items() if place < len(line.cells)}
    for field, cell in cells.items():
        if len(cell) > LONGEST_CELL:
            message = f"The cell has {len(cell):,} characters."
            fix = "Look for a missing separator or quotation mark in this row."
            raise SheetRefused([Problem(file, line.number, head.cells[columns[field]], message, fix)])
    return Row(line.number, cells)


def _wanted(headings: Sequence[Heading]) -> str:
    required = [heading.names[0] for heading in headings if heading.required]
    optional = [heading.names[0] for heading in headings if not heading.required]
    may = f"; it may have {', '.join(optional)}" if optional else ""
    return f"The first row must have the headings {', '.join(required)}{may}."
