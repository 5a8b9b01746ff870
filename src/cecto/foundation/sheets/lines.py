"""From the bytes of a file to lines of cells, all of them text."""

from __future__ import annotations

import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

import python_calamine

from cecto.foundation.sheets.problems import Problem, SheetRefused

LARGEST_BYTES = 10_000_000
LARGEST_UNPACKED_BYTES = 200_000_000
SAVE_AS_CSV = "Open it in the program that made it, save it as CSV (UTF-8) or XLSX, and import that file."
PASTE_VALUES = "Copy the sheet, paste it as values only, save it and import that file."

_SEPARATORS = ",;\t"
_TRIED_SEPARATORS = "\t,;"
_NOT_TABLES = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document",
    b"\x1f\x8b": "a compressed archive",
    b"<!DOCTYPE": "a web page",
    b"<html": "a web page",
}
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What a workbook raises that is damaged, locked with a password or packed in a way that nobody packs workbooks.
_DAMAGED = (
    *(python_calamine.CalamineError, zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(LookupError, ValueError, ArithmeticError, EOFError, OSError, RuntimeError),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FORMULA = re.compile(rb'<c\b[^>]*\br="([A-Z]+)(\d+)"[^>]*>\s*<f[\s/>]')


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read at most."""

    file_bytes: int = LARGEST_BYTES
    rows: int = 20_000
    columns: int = 200


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Line:
    """One row as a spreadsheet counts it (from 1), its cells without surrounding blanks."""

    number: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing is in it."""
        return not any(self.cells)


def read_lines(content: bytes, file: str) -> list[Line]:
    """The rows of the file, divided by the separator that its first row uses most. Raises SheetRefused."""
    _refuse_at_sight(content, file, LIMITS)
    if _is_workbook(content):
        return _lines(_workbook(content, file), file, LIMITS)
    text = _text(content, file)
    return _lines(_divided(text, _separator(text), file), file, LIMITS)


def readings(content: bytes, file: str, limits: Limits = LIMITS) -> Iterator[list[Line]]:
    """The rows of the file in every way they may be divided, for files whose first row does not tell.

    A workbook has one reading; text has one for each separator that occurs in it. Raises SheetRefused.
    """
    _refuse_at_sight(content, file, limits)
    if _is_workbook(content):
        yield _lines(_workbook(content, file), file, limits)
        return
    text = _text(content, file)
    for separator in _TRIED_SEPARATORS:
        if separator in text or separator == ",":
            yield _lines(_divided(text, separator, file), file, limits)


def _refuse_at_sight(content: bytes, file: str, limits: Limits) -> None:
    if not content.strip():
        raise _refused(file, "The file is empty.", "Choose the file again; if it is empty there too, export it anew.")
    if len(content) > limits.file_bytes:
        limit = limits.file_bytes // 1_000_000
        raise _refused(file, f"The file is larger than {limit} MB.", "Keep only the rows that belong here.")
    start = content.lstrip()[:9].lower()
    kind = next((kind for mark, kind in _NOT_TABLES.items() if start.startswith(mark.lower())), "")
    if kind:
        raise _refused(file, f"This is {kind}, not a table.", SAVE_AS_CSV)


def _is_workbook(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def _lines(rows: Iterable[list[str]], file: str, limits: Limits) -> list[Line]:
    return [_line(number, cells, file, limits) for number, cells in enumerate(rows, start=1)]


def _line(number: int, cells: Iterable[str], file: str, limits: Limits) -> Line:
    found = tuple(" ".join(cell.split()) for cell in cells)
    if number > limits.rows:
        raise _refused(file, f"The file has more than {limits.rows:,} rows.", "Keep only the rows that belong here.")
    if len(found) > limits.columns:
        raise _refused(file, f"The row has {len(found):,} columns.", SAVE_AS_CSV, row=number)
    return Line(number, found)


def _text(content: bytes, file: str) -> str:
    text = _decoded(content, file)
    strange = _CONTROL.search(text)
    if strange:
        row = text.count("\n", 0, strange.start()) + 1
        raise _refused(file, "This is not readable text.", SAVE_AS_CSV, row=row)
    return text


def _divided(text: str, separator: str, file: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        fix = "Look for a stray quotation mark in this row or before it."
        raise _refused(file, "The row cannot be split into columns.", fix, row=len(rows) + 1) from None
    return rows


def _decoded(content: bytes, file: str) -> str:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "") or _unmarked_utf16(content)
    row = 0
    for candidate in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            return content.decode(candidate).lstrip("\ufeff")
        except UnicodeDecodeError as error:
            row = content.count(b"\n", 0, error.start) + 1
    raise _refused(file, "This is not readable text.", SAVE_AS_CSV, row=row)


def _unmarked_utf16(content: bytes) -> str:
    """UTF-16 without its mark, told by the zeros that it has in every other place; an empty word otherwise."""
    head = content[:2000]
    if head.count(0) * 3 <= len(head):
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _separator(text: str) -> str:
    """The separator that the first row with something in it uses most."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=heading.count)


def _workbook(content: bytes, file: str) -> Iterable[list[str]]:
    try:
        _refuse_unsafe(content, file)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except _DAMAGED:
        raise _refused(file, "This workbook cannot be opened.", SAVE_AS_CSV) from None
    return [[_cell(value) for value in row] for row in rows]


def _refuse_unsafe(content: bytes, file: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED_BYTES:
            raise _refused(file, "The workbook is too large when unpacked.", SAVE_AS_CSV)
        for name in parts.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                _refuse_formulas(parts.read(name), file)


def _refuse_formulas(worksheet: bytes, file: str) -> None:
    found = _FORMULA.search(worksheet)
    if found:
        message = "The cell holds a formula; its value cannot be relied on."
        problem = Problem(file, int(found[2]), found[1].decode(), message, PASTE_VALUES)
        raise SheetRefused([problem])


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value.date()} {_cell(value.time())}"
    if isinstance(value, time):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _refused(file: str, message: str, fix: str, *, row: int = 0) -> SheetRefused:
    return SheetRefused([Problem(file, row, "", message, fix)])
