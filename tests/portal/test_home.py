"""The first page of a participant, an instructor and someone who is in no class."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cecto.classes.actions import change_status
from cecto.classes.changing.actions import ClassChange, change_class
from cecto.classes.models import EnrollmentStatus
from cecto.classes.schedule.actions import assign_instructor, cancel_meeting, revise_meeting
from cecto.coursework.credit.actions import record_makeup
from cecto.people.actions import add_email, create_account
from cecto.people.models import Person
from cecto.portal.queries import my_page
from cecto.requirements.crediting import Had
from cecto.requirements.situations import Situation
from tests.audits import story
from tests.audits.story import BEFORE, BY, EVENING, FIRST_DAY, NEXT_DAY
from tests.classes import made

pytestmark = pytest.mark.django_db
MORNING = datetime(2015, 8, 11, 12, tzinfo=UTC)


def _signed_in(person: Person) -> Client:
    add_email(person=person, address=f"{person.pk}@example.org", by=BY, at=BEFORE)
    account = create_account(person=person, by=BY, at=BEFORE)
    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_a_candidate_finds_today_what_is_left_and_one_large_figure() -> None:
    told = story.tell()
    page = my_page(told.ana.person, today=FIRST_DAY, now=MORNING)
    (program,) = page.programs
    assert program.hero is not None
    assert (program.hero.id, program.hero.target) == ("hours", 540)
    assert [result.id for result in program.left] == ["hours", "joint"]
    assert [session.key for session in page.today] == [told.opening.key]


def test_a_candidate_and_their_superintendent_see_each_other() -> None:
    told = story.tell()
    for one, other in [(told.ana, told.sue), (told.sue, told.ana)]:
        (program,) = my_page(one.person, today=FIRST_DAY, now=MORNING).programs
        assert program.partners == (other.person,)


def test_after_the_day_is_settled_nothing_of_it_is_ahead() -> None:
    told = story.tell()
    told.attend()
    page = my_page(told.ana.person, today=FIRST_DAY, now=EVENING)
    assert (page.today, page.sessions, page.programs[0].seen.audit.root.find("hours").value) == ((), (), 360)


def test_past_sessions_say_what_was_missed_and_lead_to_where_it_is_made_up() -> None:
    told = story.tell()
    told.attend(absent=(told.ana.person,))
    record_makeup(
        person=told.ana.person,
        meeting=told.opening,
        minutes=90,
        kind="recording",
        on=FIRST_DAY,
        by=BY,
        at=EVENING,
    )
    (past,) = my_page(told.ana.person, today=FIRST_DAY, now=EVENING).past
    assert (past.session.key, past.had, past.missed) == (told.opening.key, Had(360, 0, 0), 360)
    assert (
        reverse("absence:session", args=[told.opening.key]) in _signed_in(told.ana.person).get("/my/").content.decode()
    )
    (whole,) = my_page(told.sue.person, today=FIRST_DAY, now=EVENING).past
    assert (whole.words, whole.status, whole.missed) == ("6\xa0h, counted in full", "counted", 0)


def test_an_instructor_finds_the_session_to_mark() -> None:
    told = story.tell()
    teacher = made.person("Ida Teacher")
    assign_instructor(meeting=told.opening, person=teacher, by=BY, at=BEFORE)
    assert [one.key for one in my_page(teacher, today=FIRST_DAY, now=MORNING).teaching] == [told.opening.key]


def test_someone_in_no_class_is_told_what_to_do() -> None:
    response = _signed_in(made.person("Nobody Yet")).get("/my/")
    assert "You are not in a class" in response.content.decode()


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_costs_the_same_queries_whatever_the_class_holds(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    told = story.tell()
    for number in range(more):
        made.enrolled(made.person(f"More {number}"), told.cohort)
    with django_assert_num_queries(27):
        my_page(told.ana.person, today=FIRST_DAY, now=MORNING)


def test_a_canceled_session_is_on_the_page_with_what_that_means() -> None:
    told = story.tell()
    second = story.session(told.cohort, "second", date(2015, 9, 15))
    cancel_meeting(meeting=second, by=BY, at=EVENING)
    told.attend()
    (program,) = my_page(told.ana.person, today=date(2015, 8, 12), now=NEXT_DAY).programs
    assert program.prospects.situation is Situation.CANCELED
    assert "was canceled, so 3\xa0h is missing from the schedule." in program.headline.first
    (coming,) = my_page(told.ana.person, today=date(2015, 8, 12), now=NEXT_DAY).sessions
    assert (coming.session.canceled, coming.canceled) == (True, "Canceled. You need this time: a new date is coming.")


def test_a_moved_session_says_when_it_was() -> None:
    told = story.tell()
    second = story.session(told.cohort, "second", date(2015, 9, 15))
    moved = replace(made.plan(date(2015, 9, 22)), title="Second")
    revise_meeting(meeting=second, plan=moved, by=BY, at=EVENING)
    page = my_page(told.ana.person, today=FIRST_DAY, now=EVENING)
    assert [one.moved_from[:31] for one in page.sessions if one.session.key == second.key] == [
        "New date. It was September 15, "
    ]


def test_what_is_over_and_not_final_waits() -> None:
    told = story.tell()
    page = my_page(told.ana.person, today=FIRST_DAY, now=EVENING)
    assert [(one.status, one.words) for one in page.past] == [("waiting", "6\xa0h is added when attendance is final.")]
    (program,) = page.programs
    assert program.headline.waiting == "6\xa0h from August 11 is added when attendance is final."
    assert program.coming == 0


def test_before_the_first_day_the_class_starts_and_nobody_is_short() -> None:
    told = story.tell()
    early = datetime(2015, 7, 20, 12, tzinfo=UTC)
    (program,) = my_page(told.ana.person, today=date(2015, 7, 20), now=early).programs
    assert program.headline.first == "Your class starts August 11."


def test_an_unfinished_calendar_calls_nobody_short() -> None:
    told = story.tell()
    change_class(cohort=told.cohort, change=ClassChange(schedule_complete=False), by=BY, at=BEFORE)
    told.attend(absent=(told.ana.person,))
    (program,) = my_page(told.ana.person, today=date(2015, 8, 12), now=NEXT_DAY).programs
    assert program.prospects.situation is Situation.PLANNING
    assert program.headline.first == "More dates are coming."
    page = _signed_in(told.ana.person).get("/my/").content.decode()
    assert "<h1" in page


def test_who_left_is_told_so_first() -> None:
    told = story.tell()
    status = EnrollmentStatus.Status.WITHDRAWN
    change_status(enrollment=told.ana, status=status, start=date(2015, 8, 12), by=BY, at=EVENING)
    (program,) = my_page(told.ana.person, today=date(2015, 8, 12), now=NEXT_DAY).programs
    assert program.headline.first == "You left this class on August 12, 2015."
