"""From the bytes of a file to rows of text: CSV in any common encoding and separator, or the first sheet of an XLSX."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time

import python_calamine

from cecto.foundation.sheets.shapes import Line, SheetRefused

LARGEST_BYTES = 10 * 1024 * 1024
LARGEST_UNPACKED_BYTES = 200 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 500
SEPARATORS = ("\t", ";", ",")
SAVE_AS = "Open it in the program that made it, save it as CSV (UTF-8) or XLSX, and import that file."
DIVIDE = "Check that this is the right file; divide a larger one into parts."

_NOT_TABLES = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed archive",
    b"{\\rtf": "a text document",
}
_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WEB_PAGE = re.compile(rb"\s*<(!doctype|html|\?xml)", re.IGNORECASE)
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_FORMULA = re.compile(rb'<c\b[^>]*\br="([A-Z]+)(\d+)"[^>]*>\s*<f[\s/>]')


def read_sheet(content: bytes, file: str) -> list[Line]:
    """The rows of a file called `file`; empty ones are kept, so that numbers are those a spreadsheet shows.

    Raises SheetRefused for what is empty, too large, not a table, not readable, or (XLSX) holds formulas.
    """
    _refuse_by_size(content, file)
    _refuse_by_kind(content, file)
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content, file)
    text = _text(content, file)
    return _separated(text, _separator(text), file)


def _refuse_by_size(content: bytes, file: str) -> None:
    if not content.strip():
        raise SheetRefused(file, "The file is empty.", "Save it again and import the new file.")
    if len(content) > LARGEST_BYTES:
        size, limit = -(-len(content) // 2**20), LARGEST_BYTES // 2**20
        raise SheetRefused(file, f"The file has {size} MB; at most {limit} MB are read.", DIVIDE)


def _refuse_by_kind(content: bytes, file: str) -> None:
    for start, kind in _NOT_TABLES.items():
        if content.startswith(start):
            raise SheetRefused(file, f"This is {kind}, not a table.", SAVE_AS)
    if _WEB_PAGE.match(content[:200]):
        raise SheetRefused(file, "This is a web page, not a table.", "Download the table itself, as CSV or XLSX.")


def _text(content: bytes, file: str) -> str:
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise SheetRefused(file, f"This row is not readable text ({encoding}).", SAVE_AS, row=row) from None
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise SheetRefused(file, "This row is not readable text.", SAVE_AS, row=row)
    return text.lstrip("\ufeff")


def _encoding(content: bytes) -> str:
    """UTF-8 or UTF-16 when it is that; else Windows-1252, in which Excel saves CSV by default in the U.S."""
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(text: str) -> str:
    """The separator that occurs most in the first row that is not empty."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(reversed(SEPARATORS), key=first.count)


def _separated(text: str, separator: str, file: str) -> list[Line]:
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        fix = "Look for a stray quotation mark in or before this row."
        raise SheetRefused(file, f"The row cannot be split into columns ({error}).", fix, row=len(rows) + 1) from None
    return _lines(rows, file)


def _workbook(content: bytes, file: str) -> list[Line]:
    try:
        _refuse_unsafe_workbook(content, file)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, zipfile.BadZipFile, KeyError, ValueError, IndexError):
        raise SheetRefused(file, "This workbook cannot be opened.", SAVE_AS) from None
    return _lines(([_cell_text(cell) for cell in row] for row in rows), file)


def _refuse_unsafe_workbook(content: bytes, file: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED_BYTES:
            raise SheetRefused(file, "The workbook is too large when unpacked.", DIVIDE)
        for name in filter(_WORKSHEET.fullmatch, parts.namelist()):
            _refuse_formulas(parts.read(name), file)


def _refuse_formulas(worksheet: bytes, file: str) -> None:
    """A formula's stored value can be stale or missing, and which it is cannot be seen."""
    formula = _FORMULA.search(worksheet)
    if formula:
        raise SheetRefused(
            file,
            f"Cell {formula[1].decode()}{formula[2].decode()} holds a formula; its value cannot be relied on.",
            "Copy the sheet, paste it as values only, save it and import that file.",
            row=int(formula[2]),
            column=formula[1].decode(),
        )


def _lines(rows: Iterable[list[str]], file: str) -> list[Line]:
    lines: list[Line] = []
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise SheetRefused(file, f"The file has more than {MOST_ROWS:,} rows.", DIVIDE, row=number)
        if len(cells) > MOST_COLUMNS:
            raise SheetRefused(file, f"The row has {len(cells):,} columns.", DIVIDE, row=number)
        lines.append(Line(number, tuple(" ".join(cell.split()) for cell in cells)))
    return lines


def _cell_text(cell: object) -> str:
    """A workbook's cell as text; a date at midnight is a date. Dates before 1900-03-01 are off by one in Excel."""
    if isinstance(cell, datetime):
        at_midnight = cell.time() == time()
        return cell.date().isoformat() if at_midnight else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
