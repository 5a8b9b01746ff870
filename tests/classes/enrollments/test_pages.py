"""Who is in a class, and how they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cecto.classes import queries
from cecto.classes.models import Cohort
from cecto.people.models import Role
from tests.classes import made
from tests.classes.browsing import NOW, browser, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_class_year() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cohort() -> Cohort:
    return made.cohort()


@pytest.fixture
def client(cohort: Cohort) -> Client:
    return browser()


@pytest.mark.parametrize("number", [1, 3])
def test_the_people_of_a_class_take_a_constant_number_of_queries(
    number: int, client: Client, cohort: Cohort, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(number):
        made.enrolled(made.person(f"P {n}"), cohort)
    with django_assert_num_queries(6):
        page = client.get(f"/console/classes/{cohort.key}/people/")
    assert words_of(page.content).count("Change status") == number


def test_someone_withdraws_and_is_no_longer_expected(client: Client, cohort: Cohort) -> None:
    row = made.enrolled(made.person("Ana Núñez"), cohort)
    path = f"/console/enrollments/{row.key}/status/"
    sent = {"status": "withdrawn", "start": "2015-11-01", "reason": "Another post."}
    assert client.post(path, sent)["Location"] == f"/console/classes/{cohort.key}/people/"
    assert list(queries.roster(cohort, date(2015, 11, 1))) == []
    assert "Withdrawn" in words_of(client.get(f"/console/classes/{cohort.key}/people/").content)
    assert "Sun, Nov 1, 2015 Withdrawn Another post." in words_of(client.get(path).content)


def test_a_date_before_the_enrollment_is_refused(client: Client, cohort: Cohort) -> None:
    row = made.enrolled(made.person("Ana Núñez"), cohort)
    answer = client.post(f"/console/enrollments/{row.key}/status/", {"status": "deferred", "start": "2015-08-01"})
    assert answer.status_code == 422
    assert "The enrollment began on 2015-08-11" in words_of(answer.content)


def test_an_officer_sees_people_and_cannot_change_them(cohort: Cohort) -> None:
    row = made.enrolled(made.person("Ana Núñez"), cohort)
    officer = browser(Role.OFFICER, who=made.person("Olga Officer"))
    assert b"/status/" not in officer.get(f"/console/classes/{cohort.key}/people/").content
    assert officer.get(f"/console/enrollments/{row.key}/status/").status_code == 403


def test_an_empty_class_says_what_to_do(client: Client, cohort: Cohort) -> None:
    page = words_of(client.get(f"/console/classes/{cohort.key}/people/").content)
    assert "Nobody is enrolled yet Import the roster of the class to begin." in page
