"""Files people hand in: read in any common form, or refused with the place and what to do."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.foundation.sheets import LARGEST_BYTES, SheetRefused, headed, read_sheet

TEXT = "Name,E-mail\r\nJosé Núñez,jose@x.org\r\n"
CELLS = (("Name", "E-mail"), ("José Núñez", "jose@x.org"))


def _workbook(*rows: list[Any]) -> bytes:
    book, page = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(page)
    return page.getvalue()


def _cells(content: bytes) -> tuple[tuple[str, ...], ...]:
    return tuple(line.cells for line in read_sheet(content, "r.csv"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_is_read_in_every_common_form(encoding: str, separator: str) -> None:
    assert _cells(TEXT.replace(",", separator).encode(encoding)) == CELLS


def test_a_workbook_is_read_with_its_dates_and_whole_numbers() -> None:
    half_past = datetime(2015, 8, 1, 9, 30)  # noqa: DTZ001 - a workbook has no time zones
    content = _workbook(["Name", "Start", "LEA", "At"], ["Ada", date(2015, 8, 1), 920, half_past])
    assert _cells(content) == (("Name", "Start", "LEA", "At"), ("Ada", "2015-08-01", "920", "2015-08-01 09:30:00"))


def test_empty_rows_keep_the_numbers_a_spreadsheet_shows() -> None:
    assert [line.number for line in read_sheet(b"a\n\nb\n", "r.csv") if not line.blank] == [1, 3]


def _refusal(content: bytes) -> str:
    with pytest.raises(SheetRefused) as refused:
        read_sheet(content, "r.xlsx")
    return str(refused.value)


def test_a_formula_is_refused_with_its_cell() -> None:
    assert _refusal(_workbook(["Name", "E-mail"], ["Ada", '=A2&"@x.org"'])) == (
        "r.xlsx, row 2, column B: Cell B2 holds a formula; its value cannot be relied on. "
        "Copy the sheet, paste it as values only, save it and import that file."
    )


def test_a_byte_that_no_text_has_is_refused_with_its_row() -> None:
    assert _refusal(b"Name\nAda\nB\x81\xe9\n").startswith("r.xlsx, row 3: This row is not readable text (cp1252).")


def test_what_is_too_large_is_refused() -> None:
    assert _refusal(b"x" * (LARGEST_BYTES + 1)).startswith("r.xlsx: The file has 11 MB; at most 10 MB are read.")


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * (201 * 1024 * 1024))
    assert _refusal(page.getvalue()).startswith("r.xlsx: The workbook is too large when unpacked.")


@pytest.mark.parametrize(
    ("content", "start"),
    [
        (b"", "r.xlsx: The file is empty."),
        (b"%PDF-1.7 x", "r.xlsx: This is a PDF, not a table."),
        (b"<!DOCTYPE html><p>", "r.xlsx: This is a web page, not a table."),
        (b"PK\x03\x04 broken", "r.xlsx: This workbook cannot be opened."),
        (b"a,b\nc\0,d\n", "r.xlsx, row 2: This row is not readable text."),
        (b"," * 501, "r.xlsx, row 1: The row has 502 columns."),
        (b"a\n" * 20_001, "r.xlsx, row 20001: The file has more than 20,000 rows."),
    ],
)
def test_what_is_not_a_table_is_refused(content: bytes, start: str) -> None:
    assert _refusal(content).startswith(start)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        lines = read_sheet(content, "r.csv")
    except SheetRefused:
        return
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


SYNONYMS = {"name": ("name", "full name"), "email": ("email", "e mail", "address")}


def test_columns_are_found_below_a_title_by_any_of_their_names() -> None:
    lines = read_sheet(b"Roster of 2016,,\n\nE-Mail:,Full_Name,Notes\na@x.org,Ada,hi\n", "r.csv")
    sheet = headed(lines, SYNONYMS, required=["name"], file="r.csv")
    (row,) = sheet
    assert (sheet.cell(row, "name"), sheet.cell(row, "email"), row.number) == ("Ada", "a@x.org", 4)
    assert (sheet.title("name"), sheet.unread) == ("Full_Name", ("Notes",))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            b"Who,E-mail\n",
            "r.csv, row 1: There is no column for: name (or full name). Headings found: “Who”, “E-mail”. "
            "Put one heading over each column, in the first row.",
        ),
        (
            b"Name,Full name\n",
            "r.csv, row 1: Two columns hold the name: “Name” and “Full name”. Remove or rename one of them.",
        ),
    ],
)
def test_headings_that_do_not_do_are_refused(text: bytes, message: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        headed(read_sheet(text, "r.csv"), SYNONYMS, required=["name"], file="r.csv")
    assert str(refused.value) == message
