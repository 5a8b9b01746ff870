"""Scores and documents are recorded by page in the words of the class's rules, and everything can be taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from cecto.classes.actions import begin_class
from cecto.classes.models import Cohort
from cecto.coursework import actions
from cecto.coursework.credit.actions import record_makeup
from cecto.foundation.journal.actor import Actor
from cecto.ledger.actions import Fact, post
from cecto.ledger.activities import ActivityFacts
from cecto.ledger.models import Entry
from cecto.ledger.queries import entries_of
from cecto.people.models import Person
from cecto.programs.actions import publish_definition
from tests.classes import made as classes
from tests.classes.browsing import NOW, browser, words_of
from tests.coursework import made
from tests.programs.texts import shipped_draft

pytestmark = pytest.mark.django_db
BY = Actor.command("test")
CETL, GEORGIA = "cosn-cetl-2023", "cgcio-georgia-2022-23"


@pytest.fixture(autouse=True)
def _in_the_class_year() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def class_of(name: str) -> Cohort:
    """A class of a program that ships, with one track."""
    definition = publish_definition(draft=shipped_draft(name), by=BY, at=classes.AT)
    return begin_class(
        program=definition.program,
        code="one",
        name="One",
        first_day=classes.FIRST,
        last_day=classes.LAST,
        tracks=[("Directors", definition)],
        by=BY,
        at=classes.AT,
    )


def member(cohort: Cohort) -> Person:
    return classes.enrolled(classes.person("Ana Núñez"), cohort, cohort.tracks.get().track).person


def address(cohort: Cohort, rest: str) -> str:
    return f"/console/classes/{cohort.key}/credit/{rest}"


def test_a_score_is_recorded_within_what_the_exam_gives() -> None:
    cohort = class_of(CETL)
    ana, client = member(cohort), browser(program=cohort.program.code)
    assert "From 0 to 800" in words_of(client.get(address(cohort, "score/")).content)
    sent = {"person": ana.key, "exam": "cetl-exam", "score": "641", "on": "2015-10-01"}
    refused = client.post(address(cohort, "score/"), sent | {"score": "64100"})
    assert (refused.status_code, "gives 0 to 800 points" in words_of(refused.content)) == (422, True)
    assert client.post(address(cohort, "score/"), sent)["Location"] == address(cohort, "")
    (entry,) = Entry.objects.all()
    assert (entry.kind, entry.activity.item_code, entry.score) == ("scored", "cetl-exam", 641)
    assert client.post(address(cohort, "score/"), sent | {"exam": "another"}).status_code == 422


def test_a_document_is_attested_by_whom_the_rules_say() -> None:
    cohort = class_of(GEORGIA)
    ana, client = member(cohort), browser(program=cohort.program.code)
    sent = {"person": ana.key, "document": "code-of-ethics", "attested_by": "self", "on": "2015-10-01"}
    refused = client.post(address(cohort, "document/"), sent | {"attested_by": "supervisor"})
    assert "counts when attested by: The person themselves" in words_of(refused.content)
    assert client.post(address(cohort, "document/"), sent)["Location"] == address(cohort, "")
    (entry,) = Entry.objects.all()
    assert (entry.kind, entry.activity.item_code, entry.judges) == ("attested", "code-of-ethics", ["self"])


def test_a_class_whose_rules_ask_for_neither_says_so() -> None:
    cohort, client = classes.cohort(), browser()
    shown = [words_of(client.get(address(cohort, page)).content) for page in ("score/", "document/")]
    assert ["ask for no exam" in shown[0], "ask for no attested document" in shown[1]] == [True, True]


def recorded(kind: str, person: Person, cohort: Cohort) -> list[Entry]:
    """Something of each kind that is recorded by hand."""
    if kind == "makeup":
        meeting = classes.meeting(cohort)
        made.settled(meeting, person, 120, 30)
        return record_makeup(
            person=person, meeting=meeting, minutes=200, kind="recording", on=made.DONE, by=BY, at=made.NOW
        )
    fact = Fact(person.pk, ActivityFacts(title="A fact", kind="x"), Entry.Kind(kind), made.DONE)
    return post([fact], source="whatever:1", by=BY, at=made.NOW)


@pytest.mark.parametrize("kind", [one for one in Entry.Kind.values if one != "attended"])
def test_what_can_be_recorded_can_be_taken_back_whatever_posted_it(kind: str) -> None:
    cohort = classes.cohort()
    ana = classes.enrolled(classes.person("Ana Núñez"), cohort).person
    entries = recorded(kind, ana, cohort)
    page = f"/console/classes/{cohort.key}/entries/{entries[0].pk}/reversal/"
    back = browser().post(page, {"reason": "A mistake."})
    assert (back.status_code, Entry.objects.exclude(reverses=None).count()) == (302, len(entries))
    standing = entries_of([ana.pk], known_at=NOW).filter(reverses=None, reversed_by=None)
    assert [one.kind for one in standing if one.kind != "attended"] == []


def test_a_make_up_of_two_parts_is_taken_back_as_a_whole() -> None:
    cohort = classes.cohort()
    ana = classes.enrolled(classes.person("Ana Núñez"), cohort).person
    entries = recorded("makeup", ana, cohort)
    assert len(entries) == 2
    taken = actions.take_back(entry=entries[1], reason="Another person’s.", by=BY, at=made.NOW)
    assert {one.reverses_id for one in taken} == {one.pk for one in entries}
