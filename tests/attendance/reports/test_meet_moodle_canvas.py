"""Google Meet, Moodle, and the Canvas gradebook that is not attendance."""

from dataclasses import replace
from datetime import date

import pytest

from cecto.attendance.reports import Flag, read_report
from cecto.foundation.sheets import SheetRefused
from tests.attendance.reports.samples import SETTING, local, read, sample, times


def test_meet_has_names_and_lengths() -> None:
    assert times(read("meet.csv").rows) == [
        ("Yuki Tan", local("9:02:56"), local("10:33:28")),
        ("Deshawn Pruitt", local("9:05"), local("10:08")),
    ]


def test_moodle_gives_the_marks_of_the_day() -> None:
    rows = read("moodle.txt").rows
    assert [(row.name, row.email, row.mark, set(row.flags)) for row in rows] == [
        ("Deshawn Pruitt", "dpruitt@swain.example.org", "present", {Flag.PRESENT}),
        ("Yuki Tan", "ytan@wake.example.org", "late", {Flag.LATE}),
        ("Cy Ames", "cames@wake.example.org", "absent", set()),
        ("Ada Moss", "amoss@wake.example.org", "", {Flag.NO_TIMES}),
    ]


def test_moodle_without_that_day_is_refused() -> None:
    with pytest.raises(SheetRefused, match=r"The file has only: 18 Jan 2016 9\.00AM All students, 19"):
        read_report(sample("moodle.txt"), replace(SETTING, on=date(2016, 1, 20)))


def test_a_canvas_gradebook_is_named_and_refused() -> None:
    head = b"Student,ID,SIS User ID,SIS Login ID,Section,Essay (31)\n    Points Possible,,,,,10\n"
    with pytest.raises(SheetRefused, match="This is a Canvas gradebook"):
        read_report(head + b'"Moss, Ada",1,,amoss,A,8\n', SETTING)
