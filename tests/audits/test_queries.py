"""Audits from the database: of any dates, of many people, in a constant number of queries."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from cecto.attendance.actions.settlements import reopen_settlement
from cecto.audits.queries import audit_class, audit_enrollment, audit_enrollments, audit_many, enrollments_to_audit
from cecto.audits.snapshot import audit_as_json
from cecto.classes.models import Enrollment
from cecto.people.actions import end_affiliation
from cecto.requirements.results import Status
from tests.audits import story
from tests.audits.story import BY, EVENING, FIRST_DAY, NEXT_DAY
from tests.classes import made

pytestmark = pytest.mark.django_db

NEXT = date(2015, 8, 12)


def _ana(of: story.Story) -> Enrollment:
    return enrollments_to_audit().get(pk=of.ana.pk)


def test_before_the_first_day_everything_is_still_possible() -> None:
    told = story.tell()
    root = audit_enrollment(_ana(told), true_on=FIRST_DAY, known_at=EVENING).audit.root
    hours = root.find("hours")
    assert (hours.value, hours.target, hours.possible) == (0, 540, 360)
    assert root.find("joint").status is Status.PENDING


def test_a_settled_day_counts_its_minutes_and_a_joint_session_counts_for_both() -> None:
    told = story.tell()
    told.attend()
    root = audit_enrollment(_ana(told), true_on=NEXT, known_at=NEXT_DAY).audit.root
    assert root.find("hours").value == 360
    assert root.find("joint").status is Status.MET
    sue = audit_enrollment(enrollments_to_audit().get(pk=told.sue.pk), true_on=NEXT, known_at=NEXT_DAY)
    assert sue.audit.status is Status.MET


def test_a_joint_session_needs_the_superintendent_there() -> None:
    told = story.tell()
    told.attend(absent=(told.sue.person,))
    root = audit_enrollment(_ana(told), true_on=NEXT, known_at=NEXT_DAY).audit.root
    assert (root.find("hours").value, root.find("joint").value) == (360, 0)


def test_a_superintendent_who_had_left_the_district_is_no_partner() -> None:
    told = story.tell()
    end_affiliation(affiliation=told.sue.person.affiliations.get(), until=FIRST_DAY, by=BY, at=EVENING)
    told.attend()
    assert audit_enrollment(_ana(told), true_on=NEXT, known_at=NEXT_DAY).audit.root.find("joint").value == 0


def test_what_was_true_and_what_was_known_are_asked_apart() -> None:
    told = story.tell()
    told.attend()
    told.accept(told.ana, 60, date(2015, 8, 20), at=NEXT_DAY)
    enrollment = _ana(told)

    def hours(true_on: date, known_at: object) -> int:
        return audit_enrollment(enrollment, true_on=true_on, known_at=known_at).audit.root.find("hours").value  # type: ignore[arg-type]

    assert hours(date(2015, 8, 30), NEXT_DAY) == 420
    assert hours(date(2015, 8, 30), EVENING) == 360
    assert hours(date(2015, 8, 19), NEXT_DAY) == 360
    assert hours(date(2015, 8, 10), NEXT_DAY) == 0


def test_a_reopened_session_is_to_come_again_but_was_known_as_settled_before() -> None:
    told = story.tell()
    settlement = told.attend()
    reopen_settlement(settlement=settlement, reason="Wrong sheet", by=BY, at=NEXT_DAY)
    now = audit_enrollment(_ana(told), true_on=NEXT, known_at=NEXT_DAY).audit.root.find("hours")
    then = audit_enrollment(_ana(told), true_on=NEXT, known_at=EVENING).audit.root.find("hours")
    assert (now.value, now.possible) == (0, 360)
    assert (then.value, then.possible) == (360, 0)


def test_asking_twice_gives_the_same_hash_and_the_snapshot_carries_it() -> None:
    told = story.tell()
    told.attend()
    first = audit_enrollment(_ana(told), true_on=NEXT, known_at=NEXT_DAY).audit
    second = audit_enrollment(_ana(told), true_on=NEXT, known_at=NEXT_DAY).audit
    assert first.sha256 == second.sha256 == audit_as_json(first, ())["sha256"]


@pytest.mark.parametrize("more", [0, 2])
def test_a_class_costs_the_same_queries_whatever_its_size(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    told = story.tell()
    for number in range(more):
        made.enrolled(made.person(f"More {number}", made.organization("Wake County Schools")), told.cohort)
    told.attend()
    with django_assert_num_queries(11):
        seen = audit_class(told.cohort, true_on=NEXT, known_at=NEXT_DAY)
    assert len(seen) == 2 + more


def test_many_people_are_audited_some_at_a_time() -> None:
    told = story.tell()
    told.attend()
    rows = enrollments_to_audit().filter(cohort=told.cohort)
    many = [one.audit for one in audit_many(rows, true_on=NEXT, known_at=NEXT_DAY)]
    assert many == [one.audit for one in audit_class(told.cohort, true_on=NEXT, known_at=NEXT_DAY)]


def test_a_definition_is_read_once_for_all_who_are_held_to_it() -> None:
    told = story.tell()
    for number in range(3):
        made.enrolled(made.person(f"More {number}"), told.cohort)
    everyone = list(enrollments_to_audit().filter(cohort=told.cohort))
    assert (len(everyone), len({id(one.track.definition) for one in everyone})) == (5, 2)
    each = [enrollments_to_audit().get(pk=one.pk) for one in everyone]
    alone = [audit_enrollment(one, true_on=NEXT, known_at=NEXT_DAY) for one in each]
    together = audit_enrollments(everyone, true_on=NEXT, known_at=NEXT_DAY)
    assert [one.audit for one in together] == [one.audit for one in alone]
