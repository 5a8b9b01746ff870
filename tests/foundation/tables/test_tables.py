"""A table: its words, its workbook and its CSV say the same."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from cecto.foundation.tables import Column, Kind, Link, Table, download
from cecto.foundation.tables.separated import csv_of
from cecto.foundation.tables.workbook import sheet_name, xlsx_of

COLUMNS = (
    Column("Name"),
    Column("People", Kind.NUMBER),
    Column("Hours", Kind.HOURS),
    Column("Done", Kind.PERCENT),
    Column("Last day", Kind.DATE),
    Column("Recorded", Kind.INSTANT),
    Column("Status", Kind.STATUS),
)
AT = datetime(2016, 1, 19, 14, 5, tzinfo=UTC)
ROW = (Link("Zoë <Díaz>", "/p/1/"), 1234, 390, 76, date(2016, 6, 27), AT, "not_applicable")
TABLE = Table("Roster: 2016", COLUMNS, [ROW, ("Xu", *[None] * 6)], foot=("Both", 1234, 390, "", "", "", ""))


def read_csv(table: Table) -> list[list[str]]:
    return list(csv.reader(StringIO(csv_of(table).decode("utf-8-sig"), newline="")))


def sheet(table: Table) -> openpyxl.worksheet.worksheet.Worksheet:
    worksheet = openpyxl.load_workbook(BytesIO(xlsx_of(table))).active
    assert worksheet is not None
    return worksheet


def test_cells_are_said_in_words() -> None:
    assert [cell.text for cell in TABLE.cells[0]] == [
        "Zoë <Díaz>",
        "1,234",
        "6\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30\N{NO-BREAK SPACE}min",
        "76%",
        "Mon, Jun 27, 2016",
        "Tue, Jan 19, 2016, 9:05\N{NO-BREAK SPACE}AM EST",
        "Not applicable",
    ]
    assert [cell.text for cell in TABLE.cells[1]] == ["Xu", *["\N{EM DASH}"] * 6]


def test_the_page_shows_names_as_row_headings_and_escapes_them() -> None:
    request = RequestFactory().get("/", {"page": "3", "search": "Wake"})
    html = Template('{% include "tables/_table.html" %}').render(RequestContext(request, {"table": TABLE}))
    assert html.count('scope="row"') == 3
    assert '<a href="/p/1/">Zoë &lt;Díaz&gt;</a>' in html
    assert "app-status--quiet" in html
    assert 'href="?search=Wake&amp;download=xlsx"' in html


def test_the_workbook_holds_real_numbers_and_dates() -> None:
    rows = [[cell.value for cell in row] for row in sheet(TABLE).iter_rows()]
    assert rows == [
        ["Name", "People", "Hours", "Done", "Last day", "Recorded", "Status"],
        ["Zoë <Díaz>", 1234, 6.5, 0.76, datetime(2016, 6, 27), datetime(2016, 1, 19, 9, 5), "Not applicable"],  # noqa: DTZ001
        ["Xu", None, None, None, None, None, None],
        ["Both", 1234, 6.5, None, None, None, None],
    ]


def test_the_workbook_shows_them_as_the_page_does() -> None:
    patterns = [cell.number_format for cell in sheet(TABLE)[2]]
    assert patterns == [
        "General",
        "#,##0",
        'General" h"',
        "0%",
        "ddd, mmm d, yyyy",
        'ddd, mmm d, yyyy, h:mm AM/PM" EST"',
        "General",
    ]


def test_csv_is_for_programs() -> None:
    assert read_csv(TABLE) == [
        ["Name", "People", "Hours (hours)", "Done (%)", "Last day", "Recorded", "Status"],
        ["Zoë <Díaz>", "1234", "6.5", "76", "2016-06-27", "2016-01-19T09:05:00-05:00", "Not applicable"],
        ["Xu", *[""] * 6],
        ["Both", "1234", "6.5", "", "", "", ""],
    ]


DANGEROUS = ["=1+1", "@SUM(A1)", "+1+1", "-1+1", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x")', "|calc", " =1+1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_becomes_a_formula(text: str) -> None:
    table = Table("x", (Column("Name"),), [(text,)])
    assert sheet(table)["A2"].data_type == "s"
    ((_,), (cell,)) = read_csv(table)
    assert cell[0] not in "=@+-|\t\r"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), min_size=1, max_size=5))
def test_names_come_back_from_a_workbook_as_they_were(names: list[str]) -> None:
    table = Table("Names", (Column("Name"),), [(name,) for name in names])
    found = [row[0].value or "" for row in sheet(table).iter_rows(min_row=2)]
    assert found == names[: len(found)]
    assert all(name == "" for name in names[len(found) :])


def test_a_text_longer_than_excel_takes_is_cut_and_says_so() -> None:
    table = Table("x", (Column("Name"),), [("a" * 40_000,)])
    value = sheet(table)["A2"].value
    assert len(value) == 32_767
    assert value.endswith("a\N{HORIZONTAL ELLIPSIS}")


@pytest.mark.parametrize(
    ("title", "name"),
    [("Roster: 2016", "Roster  2016"), ("a/b" * 20, ("a b" * 20)[:31]), ("'[]'", "Table"), ("", "Table")],
)
def test_a_sheet_is_named_as_excel_accepts(title: str, name: str) -> None:
    assert sheet_name(title) == name


def test_a_row_of_the_wrong_width_is_refused() -> None:
    with pytest.raises(ValueError, match="1 values for 2 columns"):
        Table("x", (Column("A"), Column("B")), [("a",)])


def test_a_page_that_asks_for_no_file_gets_none() -> None:
    assert download(RequestFactory().get("/"), TABLE) is None
    assert download(RequestFactory().get("/", {"download": "exe"}), TABLE) is None


def test_a_file_is_named_for_its_table() -> None:
    response = download(RequestFactory().get("/", {"download": "xlsx"}), TABLE)
    assert response is not None
    assert response["Content-Disposition"] == 'attachment; filename="roster-2016.xlsx"'
    assert response.content[:2] == b"PK"


def test_hours_are_exact_on_the_page_and_rounded_alike_in_sheet_and_csv() -> None:
    table = Table("Hours", (Column("Name"), Column("Hours", Kind.HOURS)), [("Xu", 1_750)])
    assert table.cells[0][1].text == "29\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}10\N{NO-BREAK SPACE}min"
    assert [cell.value for cell in next(sheet(table).iter_rows(min_row=2))] == ["Xu", 29.16]
    assert read_csv(table)[1] == ["Xu", "29.16"]
