"""Files that cannot be what they were handed in as: where, what and what to do, and nothing written."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from cecto.attendance.models import Report
from cecto.attendance.reports import read_report
from cecto.foundation.sheets import SheetRefused
from tests.attendance.layouts import CASES, SETTING, Document, Fall, make_fall, minutes, run, waiting

ZOOM = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n"
TEAMS = "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole\n"
FORM = "Timestamp,Email Address,Name\n"
ADA_ROW = "Ada Núñez,ada@example.org,10/14/2026 08:55:04 AM,10/14/2026 12:03:10 PM,189\n"


@pytest.fixture
def fall(db: None) -> Fall:
    return make_fall()


def told(fall: Fall, tmp_path: Path, content: bytes, name: str = "report.csv") -> Document:
    path = tmp_path / name
    path.write_bytes(content)
    document = fall.told(path)
    assert run_for_real(fall, path)["refused"] == document["refused"]
    return document


def run_for_real(fall: Fall, path: Path) -> Document:
    return run("import", "attendance", str(path), *fall.where, "--format", "json")


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


REFUSALS: list[tuple[bytes, str, str]] = [
    (b"", "report.csv: The file is empty.", "Choose the file again"),
    (ZOOM.encode(), "report.csv: This Zoom participants report lists nobody.", "Export it again"),
    (TEAMS.encode("utf-16"), "report.csv: This Teams attendance report lists nobody.", "Export it again"),
    (FORM.encode(), "report.csv: This Check-in form lists nobody.", "Export it again"),
    (
        (ZOOM + ADA_ROW.replace("10/14", "10/15")).encode(),
        "report.csv: No row falls into the session (2026-10-14 09:00 EDT to 2026-10-14 12:00 EDT)",
        "Check that this is the report of this session",
    ),
    (
        (ZOOM + ADA_ROW.replace("10/14/2026 08:55:04 AM", "soon")).encode(),
        "report.csv, row 2, column “Join Time”: “soon” is not a time.",
        "Write it like 2026-10-14 9:00 AM",
    ),
    (
        (ZOOM + ADA_ROW.replace("10/14/2026 08:55:04 AM", "=A1")).encode(),
        "report.csv, row 2, column “Join Time”: “=A1” is a formula, not a time.",
        "Write it like",
    ),
    (
        (ZOOM + ADA_ROW.replace("08:55:04 AM", "08:55:04 XQT")).encode(),
        "report.csv, row 2, column “Join Time”: “xqt” is not a time zone that we know.",
        "Write it like",
    ),
    (
        (ZOOM + ADA_ROW.replace("10/14/2026 12:03:10 PM", "10/14/2026 08:03:10 AM")).encode(),
        "report.csv, row 2, column “Leave Time”: The time out is before the time in.",
        "Change one of the two times.",
    ),
    (
        b"Name,Status\nAda,Enrolled\nBo,Active\n",
        "report.csv, row 2: This Attendance marks says of no one that they were there.",
        "use the headings Name, Email, In, Out",
    ),
    (
        b"Name,Length\nAda,12:30\n",
        "report.csv, row 2, column “Length”: “12:30” may be hours and minutes or minutes and seconds.",
        "Write whole minutes, or 1h 5m.",
    ),
]


@pytest.mark.parametrize(("content", "why", "do"), REFUSALS)
def test_a_file_that_cannot_be_read_says_where_and_what_to_do(
    fall: Fall, tmp_path: Path, content: bytes, why: str, do: str
) -> None:
    document = told(fall, tmp_path, content)
    reason = document["refused"][0]
    assert (document["ready"], document["people"], reason["row"]) == (0, [], None)
    assert (reason["why"][: len(why)], do in reason["do"]) == (why, True)
    assert Report.objects.count() == 0


def test_every_row_that_cannot_be_read_is_named_when_none_can(fall: Fall, tmp_path: Path) -> None:
    rows = "A,,soon,later,\nB,,then,10/14/2026 9:00 AM,\n"
    document = told(fall, tmp_path, (ZOOM + rows).encode())
    assert [(r["row"], r["column"]) for r in document["refused"]] == [
        (None, None),
        (2, "Join Time"),
        (2, "Leave Time"),
        (3, "Join Time"),
    ]


def test_a_formula_in_a_workbook_is_named_by_its_cell(fall: Fall, tmp_path: Path) -> None:
    content = workbook(("Name", "In", "Out"), ("Ada Núñez", "9:00", "=B2"))
    (reason,) = told(fall, tmp_path, content, "sheet.xlsx")["refused"]
    assert "sheet.xlsx, row 2, column “C”" in reason["why"]


def test_dates_that_can_be_read_in_two_ways_are_asked_about(fall: Fall, tmp_path: Path) -> None:
    """Of a session on October 11 a file with 10/11 and 11/10 is as good one way as the other."""
    rows = "A,,10/11/2026 09:00,10/11/2026 10:00,\nB,,11/10/2026 09:00,11/10/2026 10:00,\n"
    with pytest.raises(SheetRefused, match="may be month/day/year or day/month/year, and both occur on 2026-10-11"):
        read_report((ZOOM + rows).encode(), replace(SETTING, on=SETTING.on and SETTING.on.replace(day=11)))


def test_one_row_that_cannot_be_read_waits_and_the_rest_is_read(fall: Fall, tmp_path: Path) -> None:
    rows = ADA_ROW + "Bo Lindqvist,bo@example.org,half past nine,10/14/2026 10:00:00 AM,30\n"
    path = tmp_path / "report.csv"
    path.write_text(ZOOM + rows)
    document = fall.told(path)
    assert (minutes(document), document["refused"]) == ({"Ada Núñez": 165}, [])
    assert [(line["row"], line["name"], line["why"]) for line in document["waiting"]] == [
        (3, "Bo Lindqvist", "Join Time: “half past nine” is not a time.")
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "utf-16", "utf-8-sig", "utf-16-be"])
def test_letters_survive_every_usual_encoding(fall: Fall, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "report.csv"
    path.write_bytes((ZOOM + ADA_ROW.replace("ada@example.org", "")).encode(encoding))
    assert minutes(fall.told(path)) == {"Ada Núñez": 165}


def test_a_class_of_other_people_credits_no_one(fall: Fall, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text(ZOOM + ADA_ROW.replace("Ada Núñez,ada@example.org", "Someone Else,else@else.example"))
    document = fall.told(path)
    assert (document["ready"], waiting(document)) == (0, {"Someone Else"})
    assert "No one in this file is known to be of this class." in document["remarks"]


def test_a_zone_chosen_once_never_moves_the_next_file(fall: Fall, tmp_path: Path) -> None:
    file = CASES / "06_zoom_plain_name.csv"
    moved = tmp_path / "moved.csv"
    moved.write_text(ZOOM + ADA_ROW.replace("08:55:04 AM", "07:55:04 AM").replace("12:03:10 PM", "11:03:10 AM"))
    run("import", "attendance", str(moved), *fall.where, "--format", "json", "--time-zone", "America/Chicago")
    document = fall.told(file)
    assert (minutes(document)["Ada Núñez"], document["file"]["time_zone"]) == (165, "America/New_York")
    assert document["remarks"] == [
        "Times are read in America/New_York. The last file of this class was read in America/Chicago."
    ]
