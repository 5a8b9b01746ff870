"""The first page of a participant, an instructor and someone who is in no class."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cecto.classes.schedule.actions import assign_instructor
from cecto.coursework.credit.actions import record_makeup
from cecto.people.actions import add_email, create_account
from cecto.people.models import Person
from cecto.portal.queries import my_page
from tests.audits import story
from tests.audits.story import BEFORE, BY, EVENING, FIRST_DAY
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
    assert (past.session.key, past.minutes, past.made_up, past.missed) == (told.opening.key, 0, 90, 270)
    assert (
        reverse("absence:session", args=[told.opening.key]) in _signed_in(told.ana.person).get("/my/").content.decode()
    )
    (whole,) = my_page(told.sue.person, today=FIRST_DAY, now=EVENING).past
    assert (whole.minutes, whole.missed) == (360, 0)


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
    with django_assert_num_queries(21):
        my_page(told.ana.person, today=FIRST_DAY, now=MORNING)
