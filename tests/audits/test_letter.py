"""What a record shows large."""

from __future__ import annotations

from dataclasses import replace

from cecto.audits.letter import hero
from cecto.requirements import Result, Status

HOURS = Result("hours", "Sixty hours", "hours", Status.OPEN, 0, 3600, "minutes")
EXAM = Result("exam", "The exam again", "score", Status.MET, 650, 600, "points")
ROOT = Result("root", "Recertification", "any", Status.MET, 1, 1, children=(HOURS, EXAM))


def test_who_is_done_by_an_exam_is_not_shown_the_hours_in_its_place() -> None:
    assert hero(ROOT) is None
    assert hero(replace(ROOT, status=Status.OPEN)) == HOURS


def test_who_is_done_by_hours_is_shown_them() -> None:
    done = replace(HOURS, status=Status.MET, value=3700)
    assert hero(replace(ROOT, children=(done, EXAM))) == done
