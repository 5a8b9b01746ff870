"""From scores to accepted work: what is said once, what waits, and nothing twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from cecto.attendance.gradebook.actions import ColumnAnswer, ScoresRefused, accept_scores, remember_gradebook
from cecto.attendance.gradebook.preview import Preview, What, preview_scores
from cecto.attendance.gradebook.reading import Column
from cecto.classes.importing.kinds import PreviewChanged
from cecto.classes.models import Cohort
from cecto.coursework.actions import accept_work, take_back
from cecto.coursework.models import Item
from cecto.foundation import evidence
from cecto.foundation.journal.models import JournalEntry
from cecto.ledger.models import Entry
from cecto.people.models import Person
from tests.attendance.gradebook.made import (
    CANVAS,
    DAY,
    HERE,
    MODULE_1,
    NOW,
    SEMICOLONS,
    answer,
    cohort_with_work,
    school,
)
from tests.classes.made import AT, BY

pytestmark = pytest.mark.django_db


def show(cohort: Cohort, content: bytes = CANVAS, on: date = DAY) -> Preview:
    return preview_scores(content, file="canvas.csv", cohort=cohort, on=on)


def accept(cohort: Cohort, content: bytes = CANVAS, seen: str = "") -> Preview:
    return accept_scores(cohort=cohort, content=content, file="canvas.csv", on=DAY, seen=seen, by=BY, at=NOW)


def told(preview: Preview) -> list[tuple[str, str, str]]:
    return sorted((one.student.name.split(",")[0], one.mapped.column.id, str(one.what)) for one in preview.outcomes)


def accepted() -> list[tuple[str, str, int]]:
    rows = Entry.objects.filter(kind=Entry.Kind.ACCEPTED, reverses=None, reversed_by=None)
    return sorted(rows.values_list("person__name", "activity__item_code", "attended"))


def test_nothing_is_judged_before_someone_says_what_the_columns_are() -> None:
    found = show(cohort_with_work())
    assert (found.outcomes, [one.column.title for one in found.unanswered]) == (
        (),
        ["Module 1: Data privacy", "Module 2", "Reflection"],
    )
    assert [one.student.login for one in found.waiting] == ["cstone77"]


def test_a_score_at_its_bar_is_accepted_and_the_rest_is_told_why() -> None:
    cohort = cohort_with_work()
    answer(cohort)
    assert told(show(cohort)) == [
        ("Ibáñez-Whitaker", "4711", "accepted"),
        ("Ibáñez-Whitaker", "4712", "ignored"),
        ("Moss", "4711", "accepted"),
        ("Moss", "4712", "accepted"),
        ("Stone", "4711", "unsure"),
        ("Stone", "4712", "unsure"),
        ("Tran", "4711", "ignored"),
        ("Tran", "4712", "ignored"),
    ]
    whys = {(one.student.login, one.mapped.column.id): one.why for one in show(cohort).outcomes}
    assert whys["btran", "4711"] == "Below 7 points."
    assert whys["btran", "4712"] == "“EX” is no score."
    assert whys["mibanez", "4711"] == "7 of 7 points needed."


def test_accepting_posts_once_with_the_file_as_evidence() -> None:
    cohort = school()
    accept(cohort)
    expected = [
        ("Ada Moss", "module-1", 180),
        ("Ada Moss", "module-2", 180),
        ("Cy Stone", "module-1", 180),
        ("Cy Stone", "module-2", 180),
        ("Marisol Ibáñez-Whitaker", "module-1", 180),
    ]
    assert accepted() == expected
    entry = Entry.objects.filter(kind=Entry.Kind.ACCEPTED).first()
    assert entry is not None
    assert (entry.occurred_on, evidence.load(entry.evidence_sha256)) == (DAY, CANVAS)
    before = (Entry.objects.count(), JournalEntry.objects.count())
    assert not accept(cohort).changes_something
    accept(cohort, SEMICOLONS)
    assert (Entry.objects.count(), JournalEntry.objects.count()) == before
    assert accepted() == expected


def test_a_later_file_of_the_same_course_is_known_and_adds_what_is_new() -> None:
    cohort = school()
    accept(cohort)
    later = CANVAS.replace(b"6.99", b"9.00")
    assert show(cohort, later).unanswered == ()
    accept(cohort, later)
    assert ("Bo Tran", "module-1", 180) in accepted()
    assert len(accepted()) == 6


def test_what_was_taken_back_is_not_accepted_again_by_a_file() -> None:
    cohort = school()
    accept(cohort)
    entry = Entry.objects.get(person__name="Ada Moss", activity__item_code="module-1")
    take_back(entry=entry, reason="Not her work", by=BY, at=NOW)
    accept(cohort)
    assert ("Ada Moss", "module-1", 180) not in accepted()


def test_what_was_accepted_for_other_minutes_stays() -> None:
    cohort = school()
    item, ada = Item.objects.get(code="module-1"), Person.objects.get(name="Ada Moss")
    accept_work(item=item, people=[ada], on=DAY, minutes=60, by=BY, at=NOW)
    accept(cohort)
    assert ("Ada Moss", "module-1", 60) in accepted()


def test_work_handed_in_too_late_waits_for_a_human() -> None:
    found = show(school(), on=date(2015, 11, 15))
    assert {one.what for one in found.outcomes} <= {What.WAITS, What.LEFT}
    assert "It could be accepted until 2015-10-31" in found.outcomes[0].why


def test_a_column_without_points_possible_cannot_be_judged() -> None:
    cohort = school()
    found = show(cohort, CANVAS.replace(b"10.00,20.00,,", b",20.00,,"))
    (ada,) = (one for one in found.outcomes if one.student.name == "Moss, Ada" and one.mapped.column.id == MODULE_1)
    assert (ada.what, ada.why) == (What.WAITS, "The file does not say how many points are possible.")


def test_two_rows_of_one_person_are_accepted_once() -> None:
    cohort = school()
    row = next(line for line in CANVAS.splitlines() if b"Moss" in line)
    accept(cohort, CANVAS + row + b"\n")
    assert accepted().count(("Ada Moss", "module-1", 180)) == 1


def test_a_preview_that_is_no_longer_so_is_refused() -> None:
    cohort = school()
    seen = show(cohort).fingerprint
    accept_work(
        item=Item.objects.get(code="module-1"), people=[Person.objects.get(name="Ada Moss")], on=DAY, by=BY, at=NOW
    )
    with pytest.raises(PreviewChanged):
        accept(cohort, seen=seen)


def test_answers_that_cannot_be_are_refused() -> None:
    cohort = cohort_with_work()
    item, column = Item.objects.get(code="module-1"), Column("1", "Module", None)
    for wrong in (ColumnAnswer(column, item, None), ColumnAnswer(column, item, 101)):
        with pytest.raises(ScoresRefused, match="from 1 to 100 percent"):
            remember_gradebook(cohort=cohort, columns=[wrong], students=[], by=BY, at=AT)


def test_a_preview_asks_the_same_for_one_student_and_for_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    cohort = school()
    lines = CANVAS.splitlines(keepends=True)
    for content in (b"".join(lines[:4]), CANVAS):
        with django_assert_num_queries(8):
            show(cohort, content)


def test_the_command_remembers_columns_shows_and_accepts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cohort = cohort_with_work()
    said = ["scores", str(HERE / "canvas.csv"), "--class", cohort.code, "--on", "2015-10-20"]
    call_command("import", *said, "--column", "4711=module-1:70", "--dry-run")
    shown = capsys.readouterr().out
    assert "module-1: Ada Moss, 8 of 7 points needed." in shown
    assert "Scores: 2 accepted, 1 left, 1 waiting." in shown
    assert "“Module 2” (4712)? --column or the page." in shown
    assert "“Stone, Cyrus” waits" in shown
    assert accepted() == []
    call_command("import", *said)
    assert [name for name, _, _ in accepted()] == ["Ada Moss", "Marisol Ibáñez-Whitaker"]
    with pytest.raises(CommandError, match="No column of canvas\\.csv has the number 5"):
        call_command("import", *said, "--column", "5=module-1:70")
