"""Zoom's participants report in every form that is met."""

import pytest

from cecto.attendance.reports import Flag, ReportRow, read_report
from cecto.foundation.sheets import SheetRefused
from tests.attendance.reports.samples import SETTING, local, read, times


def test_meeting_block_of_2020_with_trailing_commas_and_host() -> None:
    report = read("zoom_2020_block.csv")
    assert (report.layout, report.source, report.title) == ("Zoom participants report", "zoom", "CeCTO Governance")
    assert times(report.rows) == [
        ("Host Desk", local("8:45:10"), local("12:05")),
        ("Marisol Ibáñez-Whitaker", local("8:58:02"), local("12:01:10")),
        ("Deshawn Pruitt", local("9:15:30"), local("10:20")),
        ("Deshawn Pruitt", local("10:22"), local("12:00:05")),
        ("iPhone", local("9:01"), local("11:00")),
    ]
    assert [row.flags for row in report.rows] == [frozenset({Flag.HOST}), *[frozenset[Flag]()] * 4]
    assert report.rows[4] == ReportRow(
        9, "iPhone (Brian Smith)", "iPhone", "Brian Smith", "", local("9:01"), local("11:00")
    )


def test_unique_users_give_a_length_within_the_times_of_the_meeting() -> None:
    rows = read("zoom_unique_users.csv").rows
    assert [(r.name, r.original_name, r.email, r.joined, r.seconds) for r in rows] == [
        ("Marisol Ibáñez-Whitaker", "Room 12", "mibanez@pender.example.org", local("9:00"), 73 * 60),
        ("Deshawn Pruitt", "", "", local("9:00"), 70 * 60),
    ]
    assert rows[1].flags == {Flag.GUEST, Flag.DURATION_ONLY}


def test_without_meeting_block() -> None:
    report = read("zoom_2021_flat.csv")
    assert times(report.rows) == [
        ("015_Loretta", local("9:54:15"), local("12:01:59")),
        ("Pruitt, Deshawn", local("10:08:10"), local("10:17:18")),
    ]
    assert (report.rows[0].original_name, report.rows[0].email) == ("Loretta O’Quinn", "loquinn@swain.example.org")


def test_after_a_round_trip_through_excel() -> None:
    assert times(read("zoom_excel_round_trip.csv").rows) == [
        ("Loretta O'Quinn", local("9:54"), local("12:01")),
        ("Deshawn Pruitt", local("9:54:15"), local("13:01:59")),
    ]


def test_admin_form_has_headings_twice_day_first_and_waiting_rows() -> None:
    rows = read("zoom_admin.csv").rows
    assert [(r.email, r.joined, r.left) for r in rows] == [
        ("host@cpt.example.org", local("8:45"), local("12:05")),
        ("loquinn@swain.example.org", local("8:50"), local("8:58")),
        ("loquinn@swain.example.org", local("8:58"), local("12:00")),
    ]
    assert [row.flags for row in rows] == [{Flag.HOST}, {Flag.GUEST, Flag.WAITING_ROOM}, {Flag.GUEST}]


def test_headings_of_2024() -> None:
    assert times(read("zoom_2024_flat.csv").rows) == [("Loretta O'Quinn", local("9:02"), local("10:31"))]


def test_every_bad_cell_is_named_with_row_and_column() -> None:
    head = b"Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n"
    bad = b"A,,01/00/1900 0:00,01/19/2016 10:00:00 AM,60\n" + b"x" * 300 + b",,01/19/2016 9:00,01/19/2016 8:00,60\n"
    with pytest.raises(SheetRefused) as refused:
        read_report(head + bad, SETTING)
    assert [(p.row, p.column, p.message) for p in refused.value.problems] == [
        (2, "Join Time", "The year 1900 cannot be right."),
        (3, "Name (Original Name)", "The name has 300 characters; at most 200 are read."),
        (3, "Leave Time", "The time out is before the time in."),
    ]


def test_in_spanish() -> None:
    """Headings: github.com readers of Zoom's participants file in Spanish."""
    spanish = (
        "Nombre (nombre original),E-mail del usuario,Hora para unirse,Hora para salir,Duración (minutos),Invitado\n"
        "Ana Gil (Sala 2),ana@swain.example.org,19/01/2016 09:00:00 a. m.,19/01/2016 01:05:00 p. m.,245,Sí\n"
    )
    (row,) = read_report(spanish.encode("cp1252"), SETTING).rows
    assert (row.name, row.original_name, row.joined, row.left) == ("Ana Gil", "Sala 2", local("9:00"), local("13:05"))
    assert row.flags == {Flag.GUEST}


def test_another_language_that_is_not_known_says_so() -> None:
    japanese = "名前（元の名前）,ユーザーのメール,参加時刻\nAna,,19/01/2016 09:00\n"
    with pytest.raises(SheetRefused, match="If it is in another language, set the program it is from to English"):
        read_report(japanese.encode(), SETTING)
