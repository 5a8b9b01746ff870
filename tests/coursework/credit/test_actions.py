"""Make-ups, study recognized, credentials held."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cecto.classes.models import Cohort, Meeting, Modality
from cecto.classes.plans import LinkPlan
from cecto.classes.schedule.actions import link_meeting
from cecto.coursework import actions as coursework
from cecto.coursework import queries
from cecto.coursework.credit import actions
from cecto.coursework.credit.actions import Study
from cecto.coursework.refusals import WorkRefused
from cecto.ledger.models import Entry
from cecto.people.models import Person
from tests.classes import made as classes
from tests.classes.made import AT, BY
from tests.coursework import made
from tests.coursework.made import DONE, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return classes.cohort()


@pytest.fixture
def ana(cohort: Cohort) -> Person:
    return classes.enrolled(classes.person("Ana Núñez"), cohort).person


@pytest.fixture
def meeting(cohort: Cohort) -> Meeting:
    found = classes.meeting(cohort)
    words = LinkPlan(slot="day-1", tags=("joint",), competencies={"s1": "security", "s2": "legal"})
    link_meeting(meeting=found, cohort=cohort, plan=words, by=BY, at=AT)
    return found


def make_up(person: Person, meeting: Meeting, minutes: int, **more: Any) -> list[Entry]:
    facts: dict[str, Any] = {"person": person, "meeting": meeting, "minutes": minutes, "kind": "recording", "on": DONE}
    return actions.record_makeup(**(facts | {"by": BY, "at": NOW} | more))


def recognize(cohort: Cohort, person: Person, **more: Any) -> Entry:
    study = Study(
        title="Budget week", minutes=600, modality=Modality.F2F, held_by="cgcio", competency="governance", tags=("b",)
    )
    facts: dict[str, Any] = {"cohort": cohort, "person": person, "study": study, "on": DONE, "by": BY, "at": NOW}
    return actions.recognize_study(**(facts | more))


def test_a_makeup_stands_for_the_parts_that_were_missed(meeting: Meeting, ana: Person) -> None:
    made.settled(meeting, ana, 120, 30)
    posted = make_up(ana, meeting, 100)
    assert [
        (entry.attended, entry.offered, entry.replaces_meeting, entry.activity.kind, entry.activity.facets["cecto"])
        for entry in posted
    ] == [
        (
            60,
            60,
            meeting.key,
            "recording",
            {"competency": "security", "category": "", "slot": "day-1", "tags": ["joint"]},
        ),
        (40, 40, meeting.key, "recording", {"competency": "legal", "category": "", "slot": "day-1", "tags": ["joint"]}),
    ]
    assert [(part.entry.activity.segment_code, part.left) for part in queries.missed_parts(ana, meeting)] == [
        ("s2", 110)
    ]


def test_the_same_makeup_again_changes_nothing(meeting: Meeting, ana: Person) -> None:
    made.settled(meeting, ana, 120, 30)
    first = make_up(ana, meeting, 100)
    assert make_up(ana, meeting, 100) == first
    assert Entry.objects.filter(kind="makeup").count() == 2


def test_a_makeup_never_exceeds_what_was_missed(meeting: Meeting, ana: Person) -> None:
    made.settled(meeting, ana, 120, 180)
    make_up(ana, meeting, 40)
    with pytest.raises(
        WorkRefused, match="has 20\N{NO-BREAK SPACE}min of session “opening” to make up, not 21\N{NO-BREAK SPACE}min"
    ):
        make_up(ana, meeting, 21)
    make_up(ana, meeting, 20, on=DONE + timedelta(days=1))
    assert queries.missed_parts(ana, meeting) == []


def test_a_makeup_taken_back_can_be_made_again(meeting: Meeting, ana: Person) -> None:
    made.settled(meeting, ana, 120, 180)
    (entry,) = make_up(ana, meeting, 60)
    coursework.take_back(entry=entry, reason="Not theirs.", by=BY, at=NOW)
    (again,) = make_up(ana, meeting, 60)
    assert (entry.source, again.source) == (f"makeup:{meeting.key}:1", f"makeup:{meeting.key}:2")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"kind": "essay"}, "“essay” is no way to make up: assignment, recording, next-class"),
        ({"on": date(2015, 8, 10)}, "2015-08-10 cannot be the day"),
        ({"on": NOW.date() + timedelta(days=1)}, "2015-12-02 cannot be the day"),
        ({"minutes": 0}, "has 1\N{NO-BREAK SPACE}h of session “opening” to make up, not 0\N{NO-BREAK SPACE}h"),
    ],
)
def test_a_makeup_that_cannot_be_is_refused(more: dict[str, Any], says: str, meeting: Meeting, ana: Person) -> None:
    made.settled(meeting, ana, 120, 180)
    with pytest.raises(WorkRefused, match=says):
        make_up(ana, meeting, **({"minutes": 60} | more))


def test_a_session_is_settled_before_it_is_made_up(meeting: Meeting, ana: Person) -> None:
    with pytest.raises(WorkRefused, match="is not settled for Ana Núñez"):
        make_up(ana, meeting, 60)


def test_recognized_study_is_in_the_words_of_the_class(cohort: Cohort, ana: Person) -> None:
    entry = recognize(cohort, ana)
    activity = entry.activity
    assert (entry.kind, entry.attended, entry.occurred_on) == ("recognized", 600, DONE)
    assert (activity.kind, activity.held_by, activity.modality) == ("study", "cgcio", "f2f")
    assert activity.facets == {"cecto": {"competency": "governance", "category": "", "slot": "", "tags": ["b"]}}
    assert recognize(cohort, ana).pk == entry.pk
    assert recognize(cohort, ana, on=DONE + timedelta(days=7)).pk != entry.pk


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"study": Study("Week", 0, Modality.F2F)}, "“Week” cannot count for 0\N{NO-BREAK SPACE}h"),
        ({"study": Study("  ", 60, Modality.F2F)}, "Give a title of at most 300 characters"),
        ({"study": Study("x" * 301, 60, Modality.F2F)}, "Give a title of at most 300 characters"),
        ({"on": date(1900, 1, 1)}, "1900-01-01 cannot be the day"),
    ],
)
def test_study_that_cannot_be_is_refused(more: dict[str, Any], says: str, cohort: Cohort, ana: Person) -> None:
    with pytest.raises(WorkRefused, match=says):
        recognize(cohort, ana, **more)


def test_study_is_recognized_for_people_of_the_class(cohort: Cohort) -> None:
    with pytest.raises(WorkRefused, match="Bo Lee is not enrolled in cecto Class of 2016"):
        recognize(cohort, classes.person("Bo Lee"))


def hold(person: Person, **more: Any) -> Entry:
    facts: dict[str, Any] = {"person": person, "credential": "cgcio", "title": "CGCIO", "on": date(2012, 6, 30)}
    return actions.record_credential_held(**(facts | {"by": BY, "at": NOW} | more))


def test_a_credential_is_held_once(ana: Person) -> None:
    entry = hold(ana, valid_until=date(2018, 6, 30), verified=False)
    assert (entry.kind, entry.activity.item_code, entry.valid_until, entry.verified) == (
        "held",
        "cgcio",
        date(2018, 6, 30),
        False,
    )
    assert hold(ana, valid_until=date(2018, 6, 30), verified=False).pk == entry.pk


@pytest.mark.parametrize(
    "more",
    [{"credential": "C G"}, {"credential": ""}, {"on": date(2016, 1, 1)}, {"valid_until": date(2012, 6, 30)}],
)
def test_a_credential_that_cannot_be_is_refused(more: dict[str, Any], ana: Person) -> None:
    with pytest.raises(WorkRefused):
        hold(ana, **more)
