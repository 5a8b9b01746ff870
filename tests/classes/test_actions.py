"""Classes, enrollments and calendar addresses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cecto.classes import actions, queries
from cecto.classes.models import CalendarFeed, EnrollmentStatus
from cecto.foundation.journal.models import JournalEntry
from tests.classes import made
from tests.classes.made import AT, BY, DIRECTOR, LEADER
from tests.programs.texts import published

pytestmark = pytest.mark.django_db

Status = EnrollmentStatus.Status


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2016, 6, 15), date(2015, 8, 11)), (date(1900, 1, 1), date(2016, 6, 15))],
)
def test_days_that_cannot_be_are_refused(first: date, last: date) -> None:
    program = published().program
    with pytest.raises(actions.ClassRefused, match="A class cannot run from"):
        actions.create_cohort(program=program, code="x", name="X", first_day=first, last_day=last, by=BY, at=AT)


def test_a_code_is_used_once() -> None:
    first = made.cohort()
    with pytest.raises(actions.ClassRefused, match="There is a class “cecto-2016” already"):
        actions.create_cohort(
            program=first.program,
            code="cecto-2016",
            name="X",
            first_day=made.FIRST,
            last_day=made.LAST,
            by=BY,
            at=AT,
        )


def test_a_class_ends_the_day_after_its_last_day() -> None:
    assert made.cohort().end == made.LAST + timedelta(days=1)


def test_a_pin_holds() -> None:
    cohort = made.cohort()
    later = published(track=DIRECTOR, version=2, hours=200)
    with pytest.raises(actions.ClassRefused, match="is held to “Hours of cecto, 2015-16 version 1” already"):
        actions.pin_track(cohort=cohort, track=DIRECTOR, title="Directors", definition=later, by=BY, at=AT)


def test_a_track_takes_a_definition_of_its_own_only() -> None:
    cohort = made.cohort()
    with pytest.raises(actions.ClassRefused, match="is not a definition of track “leaders-21c”"):
        actions.pin_track(cohort=cohort, track=LEADER, title="L", definition=published(track=DIRECTOR), by=BY, at=AT)


def test_enrolling_twice_changes_nothing() -> None:
    cohort, someone = made.cohort(), made.person("Ana Núñez")
    first, second = made.enrolled(someone, cohort), made.enrolled(someone, cohort)
    assert first.pk == second.pk
    assert list(JournalEntry.objects.filter(action="classes.enroll").values_list("subject_key", "class_key")) == [
        (first.key, cohort.key)
    ]


def test_status_changes_on_its_date() -> None:
    cohort = made.cohort()
    row = made.enrolled(made.person("Ana Núñez"), cohort)
    for status, start in [(Status.DEFERRED, date(2015, 10, 1)), (Status.ACTIVE, date(2016, 1, 1))]:
        actions.change_status(enrollment=row, status=status, start=start, by=BY, at=AT)
    days = [made.FIRST - timedelta(days=1), made.FIRST, date(2015, 9, 30), date(2015, 10, 1), date(2016, 1, 1)]
    assert [list(queries.roster(cohort, day)) for day in days] == [[row], [row], [row], [], [row]]


def test_status_as_known_then() -> None:
    cohort = made.cohort()
    row = made.enrolled(made.person("Ana Núñez"), cohort)
    told = AT + timedelta(days=100)
    actions.change_status(enrollment=row, status=Status.WITHDRAWN, start=date(2015, 9, 1), by=BY, at=told)
    day = date(2015, 9, 2)
    assert list(queries.roster(cohort, day, known_at=told - timedelta(seconds=1))) == [row]
    assert list(queries.roster(cohort, day, known_at=told)) == []
    assert list(queries.roster(cohort, day, known_at=AT - timedelta(seconds=1))) == []


def test_a_status_cannot_change_before_the_enrollment() -> None:
    row = made.enrolled(made.person("Ana Núñez"), made.cohort())
    with pytest.raises(actions.ClassRefused, match="began on 2015-08-11"):
        actions.change_status(
            enrollment=row, status=Status.WITHDRAWN, start=made.FIRST - timedelta(days=1), by=BY, at=AT
        )


def test_renewing_a_calendar_ends_the_old_address() -> None:
    someone = made.person("Ana Núñez")
    old = actions.renew_calendar_feed(person=someone, by=BY, at=AT)
    new = actions.renew_calendar_feed(person=someone, by=BY, at=AT + timedelta(days=1))
    assert queries.feed(old.key) is None
    assert queries.feed(new.key) == new
    assert queries.feed_of(someone) == new
    assert CalendarFeed.objects.get(pk=old.pk).ended_at == AT + timedelta(days=1)


def test_a_class_has_a_calendar_of_its_own() -> None:
    cohort = made.cohort()
    old = actions.renew_class_calendar(cohort=cohort, by=BY, at=AT)
    new = actions.renew_class_calendar(cohort=cohort, by=BY, at=AT)
    assert queries.feed(old.key) is None
    assert queries.feed_of_class(cohort) == new
