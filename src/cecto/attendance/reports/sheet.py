"""From the bytes of a file to rows of text: CSV in any common encoding and separator, or the first sheet of an XLSX."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time

import python_calamine

from cecto.attendance.reports.shapes import Line, Sheet, refusal

LARGEST_BYTES = 20_000_000
LARGEST_UNPACKED_BYTES = 200_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 2_000
SEPARATORS = ("\t", ",", ";")
SAVE_AS_CSV = "Open it in the program that made it, save it as CSV or XLSX, and import that file."

_NOT_TABLES = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed archive",
    b"{\\rtf": "a text document",
}
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_FORMULA_CELL = re.compile(rb'<c\b[^>]*\br="([A-Z]+)(\d+)"[^>]*>\s*<f[\s/>]')


def sheets(content: bytes, file: str) -> Iterator[Sheet]:
    """The readings of a file: one for a workbook, one per separator that occurs for text. Raises ReportRefused."""
    _refuse_by_size(content, file)
    _refuse_by_kind(content, file)
    if content.startswith(b"PK\x03\x04"):
        yield _workbook(content, file)
        return
    text = _text(content, file)
    for separator in SEPARATORS:
        if separator in text or separator == ",":
            yield _table(text, separator, file)


def _refuse_by_size(content: bytes, file: str) -> None:
    if not content.strip():
        raise refusal(file, "The file is empty.", "Export the report again and import the new file.")
    if len(content) > LARGEST_BYTES:
        size, limit = len(content) // 1_000_000, LARGEST_BYTES // 1_000_000
        raise refusal(
            file,
            f"The file has {size} MB; a report may have {limit} MB.",
            "Check that this is the report of one session, and export that one alone.",
        )


def _refuse_by_kind(content: bytes, file: str) -> None:
    for start, kind in _NOT_TABLES.items():
        if content.startswith(start):
            raise refusal(file, f"This is {kind}, not a table.", SAVE_AS_CSV)
    if re.match(rb"\s*<(!doctype|html|\?xml)", content[:200], re.IGNORECASE):
        raise refusal(
            file,
            "This is a web page, not a report.",
            "Sign in to the system that holds the report and download it again as CSV.",
        )


def _text(content: bytes, file: str) -> str:
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError:
        raise refusal(file, "This is not readable text.", SAVE_AS_CSV) from None
    control = _CONTROL.search(text)
    if control:
        row = text.count("\n", 0, control.start()) + 1
        raise refusal(file, "This is not readable text.", SAVE_AS_CSV, row=row)
    return text.lstrip("\ufeff")


def _encoding(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    head = content[:2000]
    if head.count(0) * 3 > len(head):
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _table(text: str, separator: str, file: str) -> Sheet:
    lines: list[Line] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(reader, start=1):
            lines.append(_line(number, cells, file))
    except csv.Error as error:
        raise refusal(
            file,
            f"The row cannot be split into columns ({error}).",
            "Look for a stray quotation mark in or before this row.",
            row=len(lines) + 1,
        ) from None
    return Sheet(file, tuple(lines))


def _line(number: int, cells: list[str], file: str) -> Line:
    if number > MOST_ROWS:
        raise refusal(
            file,
            f"The file has more than {MOST_ROWS:,} rows.",
            "Check that this is the report of one session, and export that one alone.",
            row=number,
        )
    if len(cells) > MOST_COLUMNS:
        raise refusal(file, f"The row has {len(cells):,} columns.", "Check that this is a report.", row=number)
    return Line(number, tuple(_clean(cell) for cell in cells))


def _clean(cell: str) -> str:
    """One line without odd blanks; Teams puts a narrow no-break space before AM and PM."""
    return " ".join(cell.split())


def _workbook(content: bytes, file: str) -> Sheet:
    try:
        _refuse_unsafe_workbook(content, file)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, zipfile.BadZipFile, KeyError, ValueError, IndexError):
        raise refusal(file, "This workbook cannot be opened.", SAVE_AS_CSV) from None
    lines = (_line(number, [_cell_text(cell) for cell in row], file) for number, row in enumerate(rows, start=1))
    return Sheet(file, tuple(lines))


def _refuse_unsafe_workbook(content: bytes, file: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED_BYTES:
            raise refusal(file, "The workbook is too large when unpacked.", SAVE_AS_CSV)
        names = [n for n in parts.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", n)]
        for name in names:
            _refuse_formulas(parts.read(name), file)


def _refuse_formulas(worksheet: bytes, file: str) -> None:
    formula = _FORMULA_CELL.search(worksheet)
    if formula:
        column, row = formula[1].decode(), int(formula[2])
        raise refusal(
            file,
            "The cell holds a formula; its value cannot be relied on.",
            "Copy the sheet, paste it as values only, save it and import that file.",
            row=row,
            column=column,
        )


def _cell_text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
