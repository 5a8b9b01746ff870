"""Work of a class: given out, accepted, judged, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from cecto.classes.actions import change_status
from cecto.classes.models import Cohort, EnrollmentStatus
from cecto.coursework import actions, queries
from cecto.coursework.models import Item
from cecto.coursework.refusals import WorkRefused
from cecto.foundation.journal.models import JournalEntry
from cecto.foundation.ui.words import hours
from cecto.ledger.actions import AlreadyReversed
from cecto.ledger.models import Activity, Entry
from cecto.people.models import Person
from tests.classes import made as classes
from tests.classes.made import AT, BY, DIRECTOR, LEADER
from tests.coursework import made
from tests.coursework.made import DONE, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort() -> Cohort:
    return classes.cohort()


@pytest.fixture
def ana(cohort: Cohort) -> Person:
    return classes.enrolled(classes.person("Ana Núñez"), cohort).person


def accept(item: Item, *people: Person, **more: Any) -> list[Entry]:
    facts: dict[str, Any] = {"item": item, "people": people, "on": DONE, "by": BY, "at": NOW}
    return actions.accept_work(**(facts | more))


def judge(item: Item, person: Person, outcome: str, *judges: Person, **more: Any) -> Entry:
    facts: dict[str, Any] = {"item": item, "person": person, "outcome": outcome, "judges": judges, "on": DONE}
    return actions.record_verdict(**(facts | {"by": BY, "at": NOW} | more))


def test_accepted_work_is_posted_in_the_words_of_the_class(cohort: Cohort, ana: Person) -> None:
    item = made.item(cohort)
    (entry,) = accept(item, ana, minutes=150)
    assert (entry.kind, entry.attended, entry.offered, entry.occurred_on) == ("accepted", 150, 180, DONE)
    activity = entry.activity
    assert (activity.kind, activity.item_key, activity.item_code, activity.required, activity.held_by) == (
        "assignment",
        item.key,
        "reading-1",
        True,
        "cecto",
    )
    assert activity.facets == {"cecto": {"competency": "security", "category": "", "slot": "", "tags": ["written"]}}


def test_accepting_again_changes_nothing(cohort: Cohort, ana: Person) -> None:
    item = made.item(cohort)
    accept(item, ana)
    before = JournalEntry.objects.count()
    assert accept(item, ana) == []
    assert (Entry.objects.count(), JournalEntry.objects.count()) == (1, before)


def test_work_accepted_for_other_minutes_must_be_taken_back_first(cohort: Cohort, ana: Person) -> None:
    item = made.item(cohort)
    (first,) = accept(item, ana, minutes=60)
    with pytest.raises(WorkRefused, match="was accepted before for 1\N{NO-BREAK SPACE}h"):
        accept(item, ana)
    actions.take_back(entry=first, reason="Handed in again.", by=BY, at=NOW)
    (second,) = accept(item, ana)
    assert [(entry.attended, entry.source) for entry in queries.standing([item.key])] == [
        (180, f"accepted:{item.key}:2")
    ]
    assert second.attended == 180


def test_what_is_taken_back_once_is_not_taken_back_again(cohort: Cohort, ana: Person) -> None:
    (entry,) = accept(made.item(cohort), ana)
    actions.take_back(entry=entry, reason="A mistake.", by=BY, at=NOW)
    with pytest.raises(AlreadyReversed):
        actions.take_back(entry=entry, reason="A mistake.", by=BY, at=NOW)


def test_attendance_is_not_taken_back_here(cohort: Cohort, ana: Person) -> None:
    entry, _ = made.settled(classes.meeting(cohort), ana, 180, 0)
    with pytest.raises(WorkRefused, match="Reopen the session instead"):
        actions.take_back(entry=entry, reason="A mistake.", by=BY, at=NOW)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (
            {"minutes": 181},
            f"is worth at most {hours(180)}; {hours(181)} cannot be accepted",
        ),
        ({"minutes": -1}, "is worth at most 3\N{NO-BREAK SPACE}h"),
        ({"on": date(1900, 1, 1)}, "1900-01-01 cannot be the day: cecto Class of 2016 began on 2015-08-11"),
        ({"on": date(2015, 12, 2)}, "2015-12-02 cannot be the day"),
        ({"on": date(2015, 11, 1)}, "could be accepted until 2015-10-31"),
    ],
)
def test_acceptance_that_cannot_be_is_refused(more: dict[str, Any], says: str, cohort: Cohort, ana: Person) -> None:
    with pytest.raises(WorkRefused, match=says):
        accept(made.item(cohort), ana, **more)
    assert Entry.objects.count() == 0


def test_work_is_accepted_until_its_last_day(cohort: Cohort, ana: Person) -> None:
    item = made.item(cohort, accepted_until=date(2015, 11, 15))
    assert [entry.occurred_on for entry in accept(item, ana, on=date(2015, 11, 15))] == [date(2015, 11, 15)]


def test_work_is_accepted_of_active_people_of_its_tracks(cohort: Cohort, ana: Person) -> None:
    item = made.item(cohort, tracks=(DIRECTOR,))
    leader = classes.enrolled(classes.person("Bo Lee"), cohort, LEADER).person
    gone = classes.enrolled(classes.person("Cy Poe"), cohort)
    change_status(enrollment=gone, status=EnrollmentStatus.Status.WITHDRAWN, start=date(2015, 9, 1), by=BY, at=AT)
    for stranger in [leader, gone.person, classes.person("Di Roe")]:
        with pytest.raises(WorkRefused, match=f"is not given to {stranger.name} on 2015-10-20"):
            accept(item, ana, stranger)
    assert Entry.objects.count() == 0
    assert [row.person for row in queries.doers(item, DONE)] == [ana]


@pytest.mark.parametrize("people", [1, 3])
def test_accepting_for_many_takes_a_constant_number_of_queries(
    people: int, cohort: Cohort, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    item = made.item(cohort)
    everyone = [classes.enrolled(classes.person(f"P {number}"), cohort).person for number in range(people)]
    with django_assert_num_queries(13):
        assert len(accept(item, *everyone)) == people
    assert Activity.objects.count() == 1


def test_a_verdict_names_outcome_and_judges(cohort: Cohort, ana: Person) -> None:
    item = made.item(cohort, "best-practice-project", kind=Item.Kind.PROJECT)
    one, other = classes.person("Judge One"), classes.person("Judge Two")
    entry = judge(item, ana, "pass", one, other)
    assert (entry.kind, entry.outcome, entry.judges) == ("verdict", "pass", sorted([one.key, other.key]))
    assert judge(item, ana, "pass", other, one).pk == entry.pk
    later = judge(item, ana, "pass", one, other, on=DONE + timedelta(days=1))
    assert later.source == f"verdict:{item.key}:2"


@pytest.mark.parametrize(
    "panel",
    [lambda *_: [], lambda _, one: [one, one], lambda ana, one: [one, ana]],
)
def test_a_panel_is_of_others_each_once(
    panel: Callable[[Person, Person], list[Person]], cohort: Cohort, ana: Person
) -> None:
    with pytest.raises(WorkRefused, match="Name the judges"):
        judge(made.item(cohort), ana, "pass", *panel(ana, classes.person("Judge One")))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"minutes": 14_401}, "cannot be worth 240\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}min"),
        ({"due_on": date(2016, 6, 16)}, "is due on 2016-06-16, outside cecto Class of 2016"),
        ({"accepted_until": date(2015, 10, 30)}, "cannot be accepted until a day before it is due"),
        ({"tracks": ("cio",)}, "has no track “cio”"),
    ],
)
def test_work_that_cannot_be_is_not_given_out(more: dict[str, Any], says: str, cohort: Cohort) -> None:
    with pytest.raises(WorkRefused, match=says):
        made.item(cohort, **more)
    assert Item.objects.count() == 0


def test_a_code_is_used_once_at_a_time(cohort: Cohort) -> None:
    item = made.item(cohort)
    with pytest.raises(WorkRefused, match="has work “reading-1” already"):
        made.item(cohort)
    actions.withdraw_item(item=item, by=BY, at=NOW)
    assert made.item(cohort).key != item.key


def test_work_is_known_as_it_was(cohort: Cohort) -> None:
    old = made.item(cohort)
    new = actions.revise_item(item=old, plan=made.plan(minutes=240), by=BY, at=NOW)
    known = [AT - timedelta(seconds=1), AT, NOW - timedelta(seconds=1), NOW]
    assert [list(queries.items(cohort, known_at=at)) for at in known] == [[], [old], [old], [new]]


def test_other_dates_keep_the_work(cohort: Cohort, ana: Person) -> None:
    item = made.item(cohort)
    accept(item, ana)
    same = actions.revise_item(item=item, plan=made.plan(due_on=date(2015, 11, 30)), by=BY, at=NOW)
    assert (same.key, same.due_on) == (item.key, date(2015, 11, 30))
    assert queries.standing([same.key]).count() == 1
    assert JournalEntry.objects.filter(action="coursework.redate").count() == 1


def test_the_dates_of_work_are_known_as_they_were(cohort: Cohort) -> None:
    item = made.item(cohort)
    actions.revise_item(item=item, plan=made.plan(due_on=date(2015, 11, 30)), by=BY, at=NOW)
    known = [AT, NOW - timedelta(seconds=1), NOW]
    assert [[row.due_on for row in queries.items(cohort, known_at=at)] for at in known] == [
        [date(2015, 10, 31)],
        [date(2015, 10, 31)],
        [date(2015, 11, 30)],
    ]
    assert [row.due_on for row in queries.items(cohort)] == [date(2015, 11, 30)]


def test_dates_that_someone_else_changed_meanwhile_are_refused(cohort: Cohort) -> None:
    item = made.item(cohort)
    actions.revise_item(item=item, plan=made.plan(due_on=date(2015, 11, 30)), by=BY, at=NOW)
    with pytest.raises(WorkRefused, match="Someone else changed"):
        actions.revise_item(item=item, plan=made.plan(due_on=date(2015, 12, 1)), by=BY, at=NOW)
    assert [row.due_on for row in queries.items(cohort)] == [date(2015, 11, 30)]


def test_other_words_are_refused_once_something_is_posted(cohort: Cohort, ana: Person) -> None:
    item = made.item(cohort)
    accept(item, ana)
    with pytest.raises(WorkRefused, match="is recorded for 1 person already"):
        actions.revise_item(item=item, plan=made.plan(minutes=240), by=BY, at=NOW)
    assert queries.item_called(cohort, "reading-1") == item


def test_the_same_plan_changes_nothing(cohort: Cohort) -> None:
    item = made.item(cohort)
    assert actions.revise_item(item=item, plan=made.plan(), by=BY, at=NOW) == item
    assert list(JournalEntry.objects.filter(action__startswith="coursework").values_list("action", flat=True)) == [
        "coursework.add"
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_work_of_a_class_takes_three_queries(
    number: int, cohort: Cohort, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    items = [made.item(cohort, f"item-{n}") for n in range(number)]
    people = [classes.enrolled(classes.person(f"P {n}"), cohort).person for n in range(number)]
    accept(items[0], *people)
    judge(items[0], people[0], "revise", classes.person("Judge One"))
    with django_assert_num_queries(3):
        work = queries.class_work(cohort, NOW.date())
        words = {
            (item.code, row.person.name): state.word(item, NOW.date())
            for item in work.items
            for row, state in work.of(item)
        }
        accepted = [work.accepted(item) for item in work.items]
    assert accepted == [number] + [0] * (number - 1)
    assert set(words.values()) == ({"accepted"} if number == 1 else {"accepted", "overdue"})


def test_a_state_is_said_in_one_word(cohort: Cohort, ana: Person) -> None:
    item = made.item(cohort)
    assert queries.NOTHING.word(item, date(2015, 10, 31)) == "open"
    assert queries.NOTHING.word(item, date(2015, 11, 1)) == "overdue"
    judge(item, ana, "revise", classes.person("Judge One"))
    ((_, state),) = queries.work_of(item, DONE)
    assert state.word(item, date(2015, 11, 1)) == "judged"
