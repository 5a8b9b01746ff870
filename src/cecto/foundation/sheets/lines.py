"""From the bytes of a file to lines of cells, all of them text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cecto.foundation.sheets.bounds import SAVE_AS_CSV, Limits, refused
from cecto.foundation.sheets.western import western_encoding
from cecto.foundation.sheets.workbook import is_workbook, read_workbook

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
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
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
    if is_workbook(content):
        return _lines(read_workbook(content, file, LIMITS), file, LIMITS)
    text = _text(content, file)
    return _lines(_divided(text, _separator(text), file), file, LIMITS)


def readings(content: bytes, file: str, limits: Limits = LIMITS) -> Iterator[list[Line]]:
    """The rows of the file in every way they may be divided, for files whose first row does not tell.

    A workbook has one reading; text has one for each separator that occurs in it. Raises SheetRefused.
    """
    _refuse_at_sight(content, file, limits)
    if is_workbook(content):
        yield _lines(read_workbook(content, file, limits), file, limits)
        return
    text = _text(content, file)
    for separator in _TRIED_SEPARATORS:
        if separator in text or separator == ",":
            yield _lines(_divided(text, separator, file), file, limits)


def _refuse_at_sight(content: bytes, file: str, limits: Limits) -> None:
    if not content.strip():
        raise refused(file, "The file is empty.", "Choose the file again; if it is empty there too, export it anew.")
    if len(content) > limits.file_bytes:
        limit = limits.file_bytes // 1_000_000
        raise refused(file, f"The file is larger than {limit} MB.", "Keep only the rows that belong here.")
    start = content.lstrip()[:9].lower()
    kind = next((kind for mark, kind in _NOT_TABLES.items() if start.startswith(mark.lower())), "")
    if kind:
        raise refused(file, f"This is {kind}, not a table.", SAVE_AS_CSV)


def _lines(rows: Iterable[list[str]], file: str, limits: Limits) -> list[Line]:
    lines, cells = [], 0
    for number, row in enumerate(rows, start=1):
        cells += len(row)
        if number > limits.rows or cells > limits.cells:
            more = f"{limits.rows:,} rows" if number > limits.rows else f"{limits.cells:,} cells"
            raise refused(file, f"The file has more than {more}.", "Keep only the rows that belong here.")
        if len(row) > limits.columns:
            raise refused(file, f"The row has {len(row):,} columns.", SAVE_AS_CSV, row=number)
        lines.append(Line(number, tuple(" ".join(cell.split()) for cell in row)))
    return lines


def _text(content: bytes, file: str) -> str:
    text = _decoded(content, file)
    strange = _CONTROL.search(text)
    if strange:
        row = text.count("\n", 0, strange.start()) + 1
        raise refused(file, "This is not readable text.", SAVE_AS_CSV, row=row)
    return text


def _divided(text: str, separator: str, file: str) -> Iterator[list[str]]:
    """The rows one by one, so that a file of a million blank ones is refused before they are all kept."""
    number = 1
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield row
            number += 1
    except csv.Error:
        fix = "Look for a stray quotation mark in this row or before it."
        raise refused(file, "The row cannot be split into columns.", fix, row=number) from None


def _decoded(content: bytes, file: str) -> str:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "") or _unmarked_utf16(content)
    row = 0
    for candidate in [encoding] if encoding else ["utf-8", western_encoding(content)]:
        try:
            return content.decode(candidate).lstrip("\ufeff")
        except UnicodeDecodeError as error:
            row = content.count(b"\n", 0, error.start) + 1
    raise refused(file, "This is not readable text.", SAVE_AS_CSV, row=row)


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
