"""Importing the work of a class."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cecto.classes.importing.kinds import PreviewChanged
from cecto.classes.models import Cohort
from cecto.coursework.actions import accept_work, import_work
from cecto.coursework.importing.preview import preview_work
from cecto.coursework.models import Item
from cecto.coursework.queries import items
from cecto.foundation import evidence
from cecto.foundation.journal.models import JournalEntry
from cecto.foundation.sheets import SheetRefused
from tests.classes import made as classes
from tests.classes.made import AT, BY, DIRECTOR, FIRST
from tests.coursework.made import DONE, NOW

pytestmark = pytest.mark.django_db

WORK = """Code,Title,Kind,Minutes,Format,Competency,Tags,Tracks,Required,Due,Accepted until
Reading 1,Security plan,assignment,3h,async,Security,written,Technology-Director,yes,10/31/2015,11/15/2015
module-1,Data privacy,online module,240,,legal,,,,2015-11-30,
project,Best practice,Project,0,,,,,yes,,
"""


@pytest.fixture
def cohort() -> Cohort:
    return classes.cohort()


def bring(text: str, cohort: Cohort, **more: str) -> list[str]:
    done = import_work(content=text.encode(), file="work.csv", cohort=cohort, by=BY, at=AT, **more)
    return [str(change.what) for change in done.changes]


def test_a_file_becomes_items(cohort: Cohort) -> None:
    assert bring(WORK, cohort) == ["added", "added", "added"]
    rows = items(cohort).values_list("code", "kind", "minutes", "competency", "tracks", "required", "due_on")
    assert sorted(rows) == [
        ("module-1", "module", 240, "legal", [], False, date(2015, 11, 30)),
        ("project", "project", 0, "", [], True, None),
        ("reading-1", "assignment", 180, "security", [DIRECTOR], True, date(2015, 10, 31)),
    ]
    assert Item.objects.get(code="reading-1").accepted_until == date(2015, 11, 15)
    assert evidence.load(JournalEntry.objects.get(action="coursework.import").detail["sha256"]) == WORK.encode()


def test_the_same_file_again_changes_nothing(cohort: Cohort) -> None:
    bring(WORK, cohort)
    before = JournalEntry.objects.count()
    assert bring(WORK, cohort) == ["unchanged"] * 3
    assert (Item.objects.count(), JournalEntry.objects.count()) == (3, before)


def test_a_changed_row_revises_its_item(cohort: Cohort) -> None:
    bring(WORK, cohort)
    preview = preview_work(WORK.replace(",240,", ",300,").encode(), file="w.csv", cohort=cohort)
    assert [(change.plan.code, change.what, change.columns) for change in preview.changes] == [
        ("reading-1", "unchanged", ()),
        ("module-1", "revised", ("minutes",)),
        ("project", "unchanged", ()),
    ]
    bring(WORK.replace(",240,", ",300,"), cohort)
    assert items(cohort).get(code="module-1").minutes == 300


def test_an_item_that_is_recorded_keeps_its_words(cohort: Cohort) -> None:
    bring(WORK, cohort)
    ana = classes.enrolled(classes.person("Ana Núñez"), cohort).person
    accept_work(item=items(cohort).get(code="module-1"), people=[ana], on=DONE, by=BY, at=NOW)
    with pytest.raises(SheetRefused, match="row 3, column “Code”: “Data privacy” is recorded for people already"):
        bring(WORK.replace(",240,", ",300,"), cohort)
    assert bring(WORK.replace("2015-11-30", "2015-12-15"), cohort) == ["unchanged", "revised", "unchanged"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",T,assignment,60", "row 2, column “Code”: The cell is empty. Write a short code, like reading-1."),
        ("a,,assignment,60", "row 2, column “Title”: The cell is empty."),
        ("a,T,quiz,60", "row 2, column “Kind”: “quiz” is not a kind of work."),
        ("a,T,assignment,", "row 2, column “Minutes”: The cell is empty."),
        ("a,T,assignment,15000", "row 2, column “Title”: “T” cannot be worth 250\N{NO-BREAK SPACE}h."),
        ("a,T,assignment,60,,,,,,1/1/1900", "row 2, column “Due”: “1/1/1900” is in 1900."),
        ("a,T,assignment,60,,,,,,1/1/2020", "row 2, column “Title”: “T” is due on 2020-01-01, outside"),
        ("a,T,assignment,60,,,,CIO", "row 2, column “Tracks”: The class has no track “CIO”."),
        ("a,T,assignment,60,,,,,perhaps", "row 2, column “Required”: “perhaps” is neither yes nor no."),
        ("a,T,assignment,60\nA,U,module,60", "row 3, column “Code”: “a” stands in row 2 already."),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_nothing_is_written(row: str, says: str, cohort: Cohort) -> None:
    with pytest.raises(SheetRefused) as refused:
        bring(WORK.splitlines()[0] + "\n" + row + "\n", cohort)
    assert str(refused.value).startswith(f"work.csv, {says}")
    assert Item.objects.count() == 0


def test_what_was_seen_is_what_is_done(cohort: Cohort) -> None:
    seen = preview_work(WORK.encode(), file="w.csv", cohort=cohort)
    bring(WORK, cohort)
    with pytest.raises(PreviewChanged):
        bring(WORK, cohort, seen=seen.fingerprint)


@pytest.mark.parametrize("number", [1, 30])
def test_a_preview_takes_a_constant_number_of_queries(
    number: int, cohort: Cohort, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [f"a{n},T,assignment,60,,,,,,{FIRST + timedelta(days=n)}\n" for n in range(number)]
    text = WORK.splitlines()[0] + "\n" + "".join(rows)
    bring(text, cohort)
    found = Cohort.objects.get()
    with django_assert_num_queries(3):
        preview_work(text.encode(), file="w.csv", cohort=found)
