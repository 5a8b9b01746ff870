"""Microsoft Teams in its four forms."""

import pytest

from cecto.attendance.reports import Flag, read_report
from cecto.foundation.sheets import SheetRefused
from tests.attendance.reports.samples import SETTING, local, read, times

STAYS = [
    ("Vic Teach", local("8:50"), local("12:05")),
    ("Deshawn Pruitt", local("9:05"), local("10:00")),
    ("Deshawn Pruitt", local("10:10"), local("12:00")),
    ("Yuki Tan", local("9:00"), local("9:30")),
]


def test_list_of_2020_pairs_joinings_and_leavings() -> None:
    report = read("teams_list_2020.csv")
    assert report.layout == "Teams attendance list"
    assert times(report.rows) == [
        ("Loretta O'Quinn", local("8:59:37"), None),
        ("Deshawn Pruitt", local("9:05"), local("10:00")),
        ("Deshawn Pruitt", local("10:10"), local("12:00")),
        ("Yuki Tan", None, None),
    ]
    assert [row.flags for row in report.rows] == [{Flag.NO_LEAVE}, set(), set(), {Flag.NO_JOIN}]


def test_report_of_2021() -> None:
    report = read("teams_2021.csv")
    assert (report.title, report.source) == ("Governance", "teams")
    assert times(report.rows) == [
        ("Vic Teach", local("8:50"), local("12:05")),
        ("Yuki Tan (Guest)", local("9:00:38"), local("9:30")),
    ]
    assert report.rows[0].flags == {Flag.HOST}


@pytest.mark.parametrize("name", ["teams_2022_sections.csv", "teams_2024_engagement.csv"])
def test_numbered_sections_give_the_stays(name: str) -> None:
    report = read(name)
    assert times(report.rows) == STAYS
    assert report.rows[1].email == "dpruitt@swain.example.org"


def test_without_stays_a_gap_leaves_a_length_between_first_and_last() -> None:
    rows = read("teams_without_activities.csv").rows
    assert [(row.name, row.joined, row.seconds) for row in rows] == [
        ("Vic Teach", local("8:50"), None),
        ("Deshawn Pruitt", local("9:05"), 165 * 60),
        ("Yuki Tan", local("9:00"), None),
    ]
    assert (rows[1].email, [*rows[1].flags]) == ("dpruitt@swain.example.org", [Flag.GAPS])


def test_a_report_with_hidden_times_is_refused() -> None:
    hidden = "2. Participants\nName\tEmail\tParticipant ID (UPN)\tRole\nYuki Tan\t\t\tAttendee\n"
    with pytest.raises(SheetRefused, match="says who came and not when"):
        read_report(hidden.encode("utf-16"), SETTING)


def test_an_action_that_nobody_knows_is_refused_with_its_row() -> None:
    odd = "Full Name\tUser Action\tTimestamp\nYuki Tan\tWaved\t1/19/2016, 9:00:00 AM\n"
    with pytest.raises(SheetRefused, match="row 2, column “User Action”: “Waved” is neither Joined nor Left"):
        read_report(odd.encode("utf-16"), SETTING)


def test_one_action_that_nobody_knows_waits_and_the_rest_is_read() -> None:
    rows = "Ada\tWaved\t1/19/2016, 9:00:00 AM\nBo\tJoined\t1/19/2016, 9:00:00 AM\nBo\tLeft\t1/19/2016, 9:10:00 AM\n"
    report = read_report(("Full Name\tUser Action\tTimestamp\n" + rows).encode("utf-16"), SETTING)
    assert [(row.name, set(row.flags), row.note) for row in report.rows] == [
        ("Ada", {Flag.UNREADABLE}, "User Action: “Waved” is neither Joined nor Left."),
        ("Bo", set(), ""),
    ]
