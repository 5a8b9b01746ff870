"""The typed-up sign-in sheet: synonyms, half days, spreadsheets."""

import io
from datetime import time

import openpyxl
import pytest
import xlsxwriter

from cecto.attendance.reports import Flag, read_report
from cecto.foundation.sheets import SheetRefused
from tests.attendance.reports.samples import SETTING, local, read, times


def test_one_pair_of_times() -> None:
    rows = read("signin_one_pair.csv").rows
    assert times(rows) == [
        ("Marisol Ibáñez-Whitaker", local("8:52"), local("16:00")),
        ("Pruitt, Deshawn", local("9:20"), local("15:40")),
        ("Loretta O'Quinn", None, None),
        ("Kwame Adjei & Sons", local("8:59"), None),
    ]
    assert [row.flags for row in rows[2:]] == [{Flag.NOT_SIGNED}, {Flag.NO_LEAVE}]
    assert (rows[0].email, rows[2].seconds) == ("mibanez@pender.example.org", 0)


def test_half_days_names_in_two_columns_and_semicolons() -> None:
    assert times(read("signin_half_days.csv").rows) == [
        ("Deshawn Pruitt", local("8:55"), local("12:00")),
        ("Deshawn Pruitt", local("13:00"), local("16:15")),
        ("Loretta O'Quinn", local("9:05"), local("12:00")),
    ]


@pytest.mark.parametrize("head", ["Participant,Arrival,Departure", "full name,Sign-in,Sign-out", "NAME:,In,Out"])
def test_headings_have_synonyms(head: str) -> None:
    report = read_report(f"{head}\nAda Moss,9:00 a.m.,1:00 p.m.\n".encode(), SETTING)
    assert times(report.rows) == [("Ada Moss", local("9:00"), local("13:00"))]


def workbook(*rows: tuple[object, ...]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        clock = book.add_format({"num_format": "hh:mm"})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell, *([clock] if isinstance(cell, time) else []))
    return out.getvalue()


def test_a_spreadsheet_with_real_times() -> None:
    book = workbook(("Name", "In", "Out"), ("Ada Moss", time(8, 55), time(13, 5)))
    assert times(read_report(book, SETTING).rows) == [("Ada Moss", local("8:55"), local("13:05"))]


def test_a_formula_in_a_spreadsheet_is_refused_with_its_cell() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Name", "In", "Out"), ("Ada Moss", "8:55", "=B2")):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(SheetRefused) as refused:
        read_report(out.getvalue(), SETTING)
    assert [(p.row, p.column) for p in refused.value.problems] == [(2, "C")]


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ("Ada,,4:00 PM", "In", "There is a time out but no time in."),
        ("Ada,10:00,9:00", "Out", "The time out is not after the time in."),
        ("Ada,=B1+1,4:00 PM", "In", "“=B1+1” is a formula, not a time."),
        ("Ada,soon,4:00 PM", "In", "“soon” is not a time."),
        ("Ada,25:00,4:00 PM", "In", "“25:00” is not a time of day."),
    ],
)
def test_a_bad_row_is_refused(cells: str, column: str, message: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        read_report(f"Name,In,Out\n{cells}\n".encode(), SETTING)
    problem = refused.value.problems[0]
    assert (problem.row, problem.column, problem.message) == (2, column, message)


def test_only_the_first_problems_are_listed_with_the_count_of_the_rest() -> None:
    rows = "".join("Ada,soon,\n" for _ in range(25))
    with pytest.raises(SheetRefused) as refused:
        read_report(f"Name,In,Out\n{rows}".encode(), SETTING)
    assert len(refused.value.problems) == 21
    assert refused.value.problems[-1].message == "There are 5 more problems from here on."


def test_a_sheet_with_times_out_only_is_not_a_sign_in_sheet() -> None:
    with pytest.raises(SheetRefused, match="not those of a known report"):
        read_report(b"Name,Out\nAda Moss,4:00 PM\n", SETTING)
