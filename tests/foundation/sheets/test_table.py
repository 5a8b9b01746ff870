"""Reading tables that people hand in."""

from __future__ import annotations

import contextlib
from contextlib import suppress
from datetime import date, datetime, time
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from cecto.foundation.sheets import Heading, Problem, SheetRefused, Table, read_table

HEADINGS = (Heading("name", ("Name", "Full name"), required=True), Heading("on", ("Date",)))


def read(content: bytes | str) -> Table:
    return read_table(content.encode() if isinstance(content, str) else content, file="x.csv", headings=HEADINGS)


def rows(content: bytes | str) -> list[tuple[int, str, str]]:
    return [(row.number, row["name"], row["on"]) for row in read(content).rows]


def workbook(*lines: list[object], formula: bool = False) -> bytes:
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line)
    if formula:
        sheet.write_formula(1, 1, "=TODAY()")
    book.close()
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "Name,Date\nNúñez,2015-08-11\n".encode(),
        "\ufeffNAME;date\r\nNúñez;2015-08-11\r\n".encode(),
        "full_name\tDATE:\nNúñez\t2015-08-11".encode("utf-16"),
        "Name,Date\nNúñez,2015-08-11\n".encode("cp1252"),
        workbook(["Name", "Date"], ["Núñez", date(2015, 8, 11)]),
    ],
)
def test_one_table_in_many_files(content: bytes) -> None:
    assert rows(content) == [(2, "Núñez", "2015-08-11")]


def test_rows_are_numbered_as_in_the_file() -> None:
    assert rows('\nName,Date\n\n"A\nB",x\n,\nC\n') == [(4, "A B", "x"), (6, "C", "")]


def test_cells_of_a_workbook_are_read_as_people_see_them() -> None:
    half_past = datetime(2015, 8, 11, 9, 30)  # noqa: DTZ001 - a workbook has no time zones
    content = workbook(["Name", "Date"], [90.0, half_past], [1.5, time(9, 5)])
    assert rows(content) == [(2, "90", "2015-08-11 09:30"), (3, "1.5", "09:05")]


def test_columns_we_do_not_know_are_named() -> None:
    assert read("Name,Shoe size\nA,44\n").unread == ("Shoe size",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "x.csv: The file is empty."),
        (b"\n\n,,\n", "x.csv: The file has no rows. The first row must have the headings Name; it may have Date."),
        (b"Name\n", "x.csv, row 1: There is nothing below the headings."),
        (b"Names,Date\nA,1\n", "x.csv, row 1: There is no column “Name”."),
        (b"Name,Full name\nA,B\n", "x.csv, row 1, column “Full name”: The heading comes twice, in columns 1 and 2."),
        (b"Name\nA\x00B\n", "x.csv, row 2: This is not readable text."),
        (b"Name\n" + b"A" * 2001, "x.csv, row 2, column “Name”: The cell has 2,001 characters."),
        (b"%PDF-1.7", "x.csv: This is a PDF, not a table."),
        (b"PK\x03\x04 not a workbook", "x.csv: This workbook cannot be opened."),
        (b"Name" + b",x" * 200 + b"\nA\n", "x.csv, row 1: The row has 201 columns."),
        (b"Name\n" + b"A\n" * 20_000, "x.csv: The file has more than 20,000 rows."),
        (b"x" * 10_000_001, "x.csv: The file is larger than 10 MB."),
        (workbook(["Name", "Date"], ["A"], formula=True), "x.csv, row 2, column “B”: The cell holds a formula"),
    ],
)
def test_bad_files_are_refused_with_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        read(content)
    assert str(refused.value).startswith(says)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    with suppress(SheetRefused):
        assert read(content).rows


@given(st.binary(max_size=300))
def test_any_archive_is_refused_or_read(content: bytes) -> None:
    with pytest.raises(SheetRefused):
        read(b"PK\x03\x04" + content)


def test_many_problems_are_told_in_part() -> None:
    refused = SheetRefused([Problem("x.csv", row, "", "Wrong.") for row in range(1, 24)])
    assert refused.first()[-2:] == ["x.csv, row 20: Wrong.", "And 3 more in rows further down."]
    assert SheetRefused(refused.problems[:20]).first()[-1] == "x.csv, row 20: Wrong."


def test_a_damaged_workbook_is_refused_wherever_the_damage_is() -> None:
    whole = workbook(["Name", "Date"], ["A", 1.0])
    for place in range(0, len(whole), 7):
        damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        with contextlib.suppress(SheetRefused):
            read(damaged)
