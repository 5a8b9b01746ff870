"""Posting and taking back facts: once each, never edited, refused by the database itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cecto.foundation.journal.actor import Actor
from cecto.foundation.journal.models import JournalEntry
from cecto.foundation.ui.words import hours
from cecto.ledger.actions import AlreadyReversed, Fact, LedgerError, post, reverse
from cecto.ledger.activities import ActivityFacts, FacetFacts
from cecto.ledger.models import Activity, Entry
from cecto.ledger.queries import entries_of, standing
from cecto.people.models import Person

AT = datetime(2015, 8, 20, 20, 0, tzinfo=UTC)
LATER = datetime(2015, 8, 21, 20, 0, tzinfo=UTC)
BY = Actor.command("test")

pytestmark = pytest.mark.django_db


def _person(name: str = "Ada Núñez") -> Person:
    return Person.objects.create(name=name, sort_name=name, created_at=AT)


def _activity(title: str = "Opening", **facets: FacetFacts) -> ActivityFacts:
    return ActivityFacts(
        title=title, kind="session", modality="f2f", meeting_key="m1", segment_code="s1", facets=facets
    )


def _fact(person: Person, attended: int = 60, title: str = "Opening") -> Fact:
    return Fact(person.pk, _activity(title), Entry.Kind.ATTENDED, date(2015, 8, 19), attended=attended, offered=90)


def test_posting_twice_posts_once() -> None:
    person = _person()
    first = post([_fact(person)], source="settlement:m1:1", by=BY, at=AT)
    second = post([_fact(person)], source="settlement:m1:1", by=BY, at=LATER)
    assert (len(first), second) == (1, [])
    assert JournalEntry.objects.filter(action="ledger.post").count() == 1


def test_equal_activities_are_stored_once_and_different_facets_are_not_equal() -> None:
    ada, bo = _person("Ada"), _person("Bo")
    post([_fact(ada), _fact(bo)], source="a", by=BY, at=AT)
    other = Fact(ada.pk, _activity(cecto=FacetFacts(competency="security")), Entry.Kind.ATTENDED, date(2015, 8, 19))
    post([other], source="b", by=BY, at=AT)
    assert sorted(Activity.objects.values_list("facets", flat=True), key=str) == [
        {"cecto": {"competency": "security", "category": "", "slot": "", "tags": []}},
        {},
    ]


@pytest.mark.parametrize(("attended", "offered"), [(91, 90), (-1, 90)])
def test_minutes_beyond_the_offer_are_refused_and_nothing_is_written(attended: int, offered: int) -> None:
    person = _person()
    bad = Fact(person.pk, _activity(), Entry.Kind.ATTENDED, date(2015, 8, 19), attended=attended, offered=offered)
    with pytest.raises(LedgerError, match=f"{hours(attended)} cannot be credited"):
        post([_fact(person, title="Fine"), bad], source="a", by=BY, at=AT)
    assert Entry.objects.count() == 0


def test_a_reversal_keeps_the_date_and_is_known_only_from_its_recording() -> None:
    person = _person()
    (entry,) = post([_fact(person)], source="a", by=BY, at=AT)
    (reversal,) = reverse([entry], reason="Wrong session", by=BY, at=LATER)
    assert (reversal.occurred_on, reversal.recorded_at) == (entry.occurred_on, LATER)
    assert list(entries_of([person.pk], known_at=AT)) == [entry]
    assert list(entries_of([person.pk], known_at=LATER)) == [entry, reversal]
    assert list(standing("a")) == []


def test_an_entry_is_taken_back_only_once() -> None:
    person = _person()
    entries = post([_fact(person)], source="a", by=BY, at=AT)
    reverse(entries, reason="Wrong session", by=BY, at=LATER)
    with pytest.raises(AlreadyReversed):
        reverse(entries, reason="Again", by=BY, at=LATER)


@pytest.mark.parametrize("statement", ["UPDATE ledger_entry SET attended = 90", "DELETE FROM ledger_entry"])
def test_the_database_refuses_to_change_or_remove_an_entry(statement: str) -> None:
    post([_fact(_person())], source="a", by=BY, at=AT)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().attended == 60


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_the_database_refuses_to_empty_the_ledger() -> None:
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_entry CASCADE")


steps = st.lists(st.tuples(st.sampled_from(["post", "reverse"]), st.integers(0, 4), st.integers(0, 90)), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_whatever_is_posted_and_taken_back_stands_as_a_plain_dictionary_says(
    steps: list[tuple[str, int, int]],
) -> None:
    with transaction.atomic():
        person = _person()
        oracle: dict[str, int] = {}
        for verb, number, minutes in steps:
            source = f"settlement:{number}:1"
            if verb == "post":
                post([_fact(person, minutes)], source=source, by=BY, at=AT)
                seen = Entry.objects.filter(source=source, person=person, reverses=None)
                oracle.setdefault(source, seen.get().attended)
            elif standing(source).filter(person=person).exists():
                reverse(standing(source).filter(person=person), reason="Wrong", by=BY, at=LATER)
                oracle[source] = 0
        stands = Entry.objects.filter(person=person, reverses=None, reversed_by=None)
        assert sum(entry.attended for entry in stands) == sum(oracle.values())
        transaction.set_rollback(True)


def test_posting_costs_the_same_queries_for_one_and_three(django_assert_num_queries: pytest.FixtureRequest) -> None:
    people = [_person(name) for name in ["Ada", "Bo", "Cy"]]
    post([_fact(people[0])], source="warm", by=BY, at=AT)
    for facts in ([_fact(people[0])], [_fact(person) for person in people]):
        with django_assert_num_queries(6):  # type: ignore[operator]
            post(facts, source=f"settlement:m1:{len(facts)}", by=BY, at=AT)
