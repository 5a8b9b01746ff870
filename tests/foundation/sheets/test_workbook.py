"""Workbooks that stray, lie or attack: read as the table that is seen, or refused by cell, and always cheap."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from cecto.foundation.sheets import SheetRefused, packed
from cecto.foundation.sheets.bounds import Limits
from cecto.foundation.sheets.lines import Line, read_lines, readings

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
TABLE = [("Name", "Days"), ("Ada", "2"), ("Bo", "3")]
ADDRESS_SPACE = 700_000_000


def workbook(*rows: tuple[str, ...], strayed: dict[str, str] | None = None) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Roster 2027")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    for place, text in (strayed or {}).items():
        sheet.write(place, text)
    book.close()
    return file.getvalue()


def with_part(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed, as no spreadsheet program writes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
        for info in whole.infolist():
            found = whole.read(info)
            changed.writestr(info.filename, change(found) if info.filename == part else found)
    return out.getvalue()


def archive(part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(part, "<a/>")
    return out.getvalue()


def with_rows(added: str, *, first: str = "", content: bytes | None = None) -> bytes:
    """A good table and these rows of XML behind it (and some before)."""
    return with_part(
        content or workbook(*TABLE),
        SHEET,
        lambda xml: xml.replace(b"<sheetData>", f"<sheetData>{first}".encode()).replace(
            b"</sheetData>", f"{added}</sheetData>".encode()
        ),
    )


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [line.cells for line in read_lines(content, "x.xlsx")]


def blank_down_to(row: int) -> bytes:
    """A column that somebody formatted as a whole, far down."""
    return with_rows("".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(4, row)))


@pytest.fixture
def small_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "LARGEST_UNPACKED_BYTES", 2_000_000)


READ = {
    "a blank cell in the last corner": with_rows('<row r="1048576"><c r="XFD1048576" s="1"/></row>'),
    "blank cells far down": blank_down_to(40_000),
    "an empty value there": with_rows('<row r="1048576"><c r="XFD1048576"></c></row>'),
    "a dimension that lies": with_part(
        workbook(*TABLE), SHEET, lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1:XFD1048576"')
    ),
    "a dimension that is none": with_part(workbook(*TABLE), SHEET, lambda xml: xml.replace(b'ref="A1:B3"', b'ref="?"')),
    "names with a prefix": with_part(
        workbook(*TABLE),
        SHEET,
        lambda xml: (
            xml.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"<x:?", b"<?").replace(b"xmlns=", b"xmlns:x=")
        ),
    ),
    "cells without a place": with_part(
        workbook(*TABLE), SHEET, lambda xml: xml.replace(b' r="A2"', b"").replace(b' r="B2"', b"")
    ),
    "a second sheet without end": with_part(workbook(*TABLE), "docProps/app.xml", lambda _: b" " * 3_000_000),
}


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_the_table_that_people_see_is_read(small_bound: None, content: bytes) -> None:
    assert cells(content) == TABLE


STRAYED = "x.xlsx, row {row}, column “{column}”: With cell {column}{row}, the sheet “Roster 2027” has"
REFUSED = {
    "the last cell": (
        workbook(*TABLE, strayed={"XFD1048576": "."}),
        STRAYED.format(column="XFD", row=1048576),
    ),
    "the last row": (workbook(*TABLE, strayed={"A1048576": " x"}), STRAYED.format(column="A", row=1048576)),
    "the last column": (workbook(*TABLE, strayed={"XFD2": "x"}), STRAYED.format(column="XFD", row=2)),
    "a column that no sheet has": (
        with_rows('<row r="20000"><c r="ZZZ20000"><v>1</v></c></row>'),
        STRAYED.format(column="ZZZ", row=20000),
    ),
    "a column of many letters": (
        with_rows('<row r="20000"><c r="ZZZZZZZZZZZZ20000"><v>1</v></c></row>'),
        "x.xlsx: This workbook cannot be opened.",
    ),
    "a row of many digits": (
        with_rows('<row r="99999999999999999999999"><c r="A9"><v>1</v></c></row>'),
        "x.xlsx, row 999999999: The sheet “Roster 2027” is damaged: its cell A9 is out of order.",
    ),
    "rows out of order": (
        with_rows('<row r="2"><c r="A2"><v>1</v></c></row>'),
        "x.xlsx, row 3: The sheet “Roster 2027” is damaged: its row 2 is out of order.",
    ),
    "a cell in another row": (
        with_rows('<row r="4"><c r="A900"><v>1</v></c></row>'),
        "x.xlsx, row 4: The sheet “Roster 2027” is damaged: its cell A900 is out of order.",
    ),
    "a cell that comes twice": (
        with_rows('<row r="4"><c r="A4"><v>1</v></c><c r="A4"><v>2</v></c></row>'),
        "x.xlsx, row 4: The sheet “Roster 2027” is damaged: its cell A4 is out of order.",
    ),
    "a formula under a prefix": (
        with_rows('<row r="4"><x:c xmlns:x="x" r="A4"><x:f>1+1</x:f><x:v>2</x:v></x:c></row>'),
        "x.xlsx, row 4, column “A”: The cell holds a formula",
    ),
    "a text that is not there": (
        with_rows('<row r="4"><c r="A4" t="s"><v>99</v></c></row>'),
        "x.xlsx: This workbook cannot be opened.",
    ),
    "entities": (
        with_part(
            workbook(*TABLE), SHEET, lambda xml: xml.replace(b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "b">]><worksheet')
        ),
        "x.xlsx: This workbook cannot be opened.",
    ),
    "a sheet without end": (
        with_part(workbook(*TABLE), SHEET, lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b" " * 3_000_000)),
        "x.xlsx: The workbook is too large when unpacked.",
    ),
    "texts without end": (
        with_part(workbook(*TABLE), TEXTS, lambda xml: xml + b" " * 3_000_000),
        "x.xlsx: The workbook is too large when unpacked.",
    ),
    "a remark without end": (
        with_part(workbook(*TABLE), TEXTS, lambda xml: xml + b"<!--" + b" " * 1_900_000 + b"-->"),
        "x.xlsx: This workbook cannot be opened.",
    ),
    "one long text in many cells": (
        with_part(
            with_rows("".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(4, 20_000))),
            TEXTS,
            lambda xml: xml.replace(b"Name", b"N" * 1_000_000),
        ),
        "x.xlsx: The sheet “Roster 2027” holds too much text.",
    ),
    "an OpenDocument sheet": (archive("content.xml"), "x.xlsx: This is an OpenDocument sheet. Save it as XLSX"),
    "a binary workbook": (archive("xl/workbook.bin"), "x.xlsx: This is a binary workbook. Save it as XLSX"),
    "a text": (archive("word/document.xml"), "x.xlsx: This is a Word file. Save it as XLSX"),
    "an archive of nothing": (archive("a.txt"), "x.xlsx: This workbook cannot be opened."),
}


@pytest.mark.parametrize(("content", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_table_is_refused_by_cell(small_bound: None, content: bytes, says: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        read_lines(content, "x.xlsx")
    assert str(refused.value).startswith(says)


HEAVY: dict[str, Callable[[], bytes]] = {
    "the last cell": lambda: workbook(*TABLE, strayed={"XFD1048576": "."}),
    "a column that no sheet has": lambda: with_rows('<row r="20000"><c r="ZZZ20000"><v>1</v></c></row>'),
    "two corners of a large report": lambda: workbook(*TABLE, strayed={"BXX200000": "."}),
    "one long text in many cells": lambda: REFUSED["one long text in many cells"][0],
    "a sheet without end": lambda: with_rows(" " * 250_000_000),
    "a remark without end": lambda: with_rows("<!--" + " " * 190_000_000 + "-->"),
    "lines without end": lambda: b"Name" + b"\n" * 9_999_990,
    "separators without end": lambda: b"Name\n" + b"," * 9_999_000,
}
HEAVIER: dict[str, Callable[[], bytes]] = {
    "blank to the last row": lambda: blank_down_to(1_048_577),
    "tags as long as may be": lambda: with_rows(f'<row x="{" " * 250_000}"/>' * 700),
    "blank cells only": lambda: with_rows('<row r="4">' + '<c r="A4"/>' * 9_000_000 + "</row>"),
    "texts only": lambda: with_part(workbook(*TABLE), TEXTS, lambda xml: xml.replace(b"</sst>", b"<si/>" * 9_000_000)),
}
IN_ANOTHER_PROCESS = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({ADDRESS_SPACE}, {ADDRESS_SPACE}))
from cecto.attendance.reports.sheet import sheets
from cecto.foundation.sheets import SheetRefused
try:
    read = list(sheets(open(sys.argv[1], "rb").read(), "x"))
except SheetRefused as refused:
    print(refused)
"""


def taken(folder: Path, content: bytes) -> float:
    """Seconds of work that another process needs to read these bytes, within its share of memory."""
    file = folder / "heavy"
    file.write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run([sys.executable, "-c", IN_ANOTHER_PROCESS, file], check=True, capture_output=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


@pytest.mark.parametrize("content", HEAVY.values(), ids=HEAVY)
def test_nothing_takes_the_memory_or_the_time_of_others(tmp_path: Path, content: Callable[[], bytes]) -> None:
    assert taken(tmp_path, content()) < 15


@pytest.mark.proof
@pytest.mark.parametrize("content", HEAVIER.values(), ids=HEAVIER)
def test_nor_do_those_made_to(tmp_path: Path, content: Callable[[], bytes]) -> None:
    assert taken(tmp_path, content()) < 30


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=8
)


@given(st.dictionaries(st.tuples(st.integers(0, 30), st.integers(0, 8)), TEXT, max_size=12))
def test_what_was_written_is_read_where_it_was_written(filled: dict[tuple[int, int], str]) -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_urls": False, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for (row, column), text in filled.items():
        sheet.write_string(row, column, text)
    book.close()
    expected = {place: " ".join(text.split()) for place, text in filled.items()}
    found = {
        (line.number - 1, column): cell
        for line in read_lines(file.getvalue(), "x.xlsx")
        for column, cell in enumerate(line.cells)
    }
    assert {place: cell for place, cell in found.items() if cell} == {
        place: cell for place, cell in expected.items() if cell
    }


PLACES = st.from_regex(r"[A-Z]{0,4}[0-9]{0,8}", fullmatch=True)
VALUES = st.sampled_from(["", "1", "0", "-1", "1e999999", "42227.5", "nan", "9" * 400, "x"])
CELLS = st.lists(
    st.tuples(PLACES, st.sampled_from(["", "s", "b", "d", "e", "n", "str"]), st.integers(0, 3), VALUES), max_size=6
)


@given(st.lists(st.tuples(st.sampled_from(["", "4", "5", "900", "x", "1048577"]), CELLS), max_size=4))
def test_any_cells_are_read_or_refused(rows: list[tuple[str, list[tuple[str, str, int, str]]]]) -> None:
    xml = "".join(
        f'<row r="{number}">'
        + "".join(f'<c r="{place}" t="{kind}" s="{style}"><v>{value}</v></c>' for place, kind, style, value in found)
        + "</row>"
        for number, found in rows
    )
    with suppress(SheetRefused):
        assert all(isinstance(line, Line) for lines in readings(with_rows(xml), "x", Limits()) for line in lines)
