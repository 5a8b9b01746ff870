"""A roster's rows are read as written, or say what cannot be read and why."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from cecto.classes.roster.reading import RosterRow, read_roster
from cecto.foundation.sheets import SheetRefused

FIRST, LAST = date(2015, 8, 11), date(2016, 6, 9)


def _rows(text: str | bytes) -> tuple[RosterRow, ...]:
    content = text.encode() if isinstance(text, str) else text
    return read_roster(content, file="r.csv", first_day=FIRST, last_day=LAST).rows


def _problems(text: str) -> tuple[str, ...]:
    (row,) = _rows(text)
    return row.problems


def test_every_column_is_read_under_the_names_that_people_give_it() -> None:
    (row,) = _rows(
        "Participant,Goes by,E-Mail Address,Track,District,LEA Code,Job title,Start date\n"
        '"José de la Cruz, Jr.",Pepe,pepe@x.org,Technology directors,Wake County Schools,920,CTO,9/1/2015\n'
    )
    assert row == RosterRow(
        number=2,
        name="José de la Cruz, Jr.",
        sort_name="de la cruz, jose, jr.",
        preferred="Pepe",
        email="pepe@x.org",
        track="Technology directors",
        code="920",
        organization="Wake County Schools",
        title="CTO",
        start=date(2015, 9, 1),
    )


def test_a_first_and_a_last_name_make_a_name_and_sort_by_the_last() -> None:
    (row,) = _rows("First name,Last name\nGabriel,García Márquez\n")
    assert (row.name, row.sort_name) == ("Gabriel García Márquez", "garcia marquez, gabriel")


def test_names_are_brought_to_one_form_of_unicode() -> None:
    (row,) = _rows("Name\nNu\u0301n\u0303ez\n")
    assert row.name == "Núñez"


def test_a_workbook_gives_the_same_row() -> None:
    page = BytesIO()
    book = xlsxwriter.Workbook(page, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Name", "LEA", "Start"])
    sheet.write_row(1, 0, ["Ada", 20, date(2015, 9, 1)])
    book.close()
    (row,) = _rows(page.getvalue())
    assert (row.name, row.code, row.start) == ("Ada", "20", date(2015, 9, 1))


@pytest.mark.parametrize("written", ["2015-09-01", "9/1/2015", "09/01/15", "September 1, 2015", "Sep 1, 2015"])
def test_dates_are_read_as_americans_write_them(written: str) -> None:
    (row,) = _rows(f'Name,Start\nAda,"{written}"\n')
    assert (row.start, row.problems) == (date(2015, 9, 1), ())


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (
            "1/1/1900",
            "1900-01-01 cannot be meant: spreadsheets show a year like 1900 for a date that is empty or mistyped. "
            "Write a date from 2014-07-07 to 2016-06-09, or leave the cell empty.",
        ),
        (
            "2016-06-10",
            "2016-06-10 does not lie from 2014-07-07 to 2016-06-09, around the class. Mend the date.",
        ),
        ("soon", "“soon” is not a date. Write it like 2015-08-11 or 8/11/2015."),
    ],
)
def test_a_date_that_cannot_be_is_a_problem_of_its_row(written: str, problem: str) -> None:
    assert _problems(f"Name,Start\nAda,{written}\n") == (problem,)


def test_every_problem_of_a_row_is_told_at_once() -> None:
    assert _problems(f"Name,E-mail,Start\n{'x' * 301},nowhere,soon\n") == (
        "The name has 301 characters; at most 300 are kept. Shorten it.",
        "“nowhere” is not an e-mail address. Write one like name@district.k12.nc.us.",
        "“soon” is not a date. Write it like 2015-08-11 or 8/11/2015.",
    )


def test_a_name_of_300_characters_is_read() -> None:
    (row,) = _rows(f"Name\n{'é' * 300}\n")
    assert (row.name, row.problems) == ("é" * 300, ())


def test_a_file_without_names_is_refused() -> None:
    with pytest.raises(SheetRefused) as refused:
        _rows("E-mail,District\nada@x.org,Wake County Schools\n")
    assert "r.csv, row 1: There is no column “Name”." in str(refused.value)


def test_columns_that_are_not_read_are_named() -> None:
    assert read_roster(b"Name,Shoe size\nAda,38\n", file="r.csv", first_day=FIRST, last_day=LAST).unread == (
        "Shoe size",
    )
