"""Enrolling one person by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from cecto.classes.models import Cohort, Enrollment
from cecto.people.actions import add_email
from cecto.people.models import Account, Affiliation, Person
from tests.classes import made
from tests.classes.browsing import NOW, browser, words_of
from tests.classes.made import AT, BY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_in_the_class_year")]

NEW = {"name": "Zoë Núñez", "email": "zoe@x.org", "track": made.DIRECTOR, "on": "2015-12-01", "title": "CTO"}


@pytest.fixture
def _in_the_class_year() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cohort() -> Cohort:
    return made.cohort()


@pytest.fixture
def client(cohort: Cohort) -> Client:
    return browser()


def page(cohort: Cohort) -> str:
    return f"/console/classes/{cohort.key}/people/add/"


def test_someone_new_is_added_can_sign_in_and_works_for_a_district(client: Client, cohort: Cohort) -> None:
    ashe = made.organization()
    answer = client.post(page(cohort), NEW | {"organization": "ashe county schools"})
    assert (answer.status_code, answer["Location"]) == (302, f"/console/classes/{cohort.key}/people/")
    row = Enrollment.objects.get()
    assert (row.person.name, row.track.track, row.organization, row.enrolled_on) == (
        "Zoë Núñez",
        made.DIRECTOR,
        ashe,
        date(2015, 12, 1),
    )
    assert Account.objects.get(person=row.person).email == "zoe@x.org"
    assert list(Affiliation.objects.values_list("person", "organization", "title")) == [(row.person_id, ashe.pk, "CTO")]


def test_someone_on_record_is_found_and_enrolled_as_the_same_person(client: Client, cohort: Cohort) -> None:
    known = made.person("Ana Núñez", made.organization())
    found = client.get(page(cohort), {"q": "Núñez"})
    assert "Ana Núñez · Ashe County Schools" in words_of(found.content)
    address = f"{page(cohort)}?person={known.key}"
    assert address.rpartition("/")[2] in found.content.decode()
    client.post(address, {"track": made.LEADER, "on": "2015-12-01"})
    assert list(Enrollment.objects.values_list("person", "track__track")) == [(known.pk, made.LEADER)]


def test_an_address_of_someone_else_is_refused_and_nobody_is_added(client: Client, cohort: Cohort) -> None:
    add_email(person=made.person("Ana Núñez"), address="zoe@x.org", by=BY, at=AT)
    before = Person.objects.count()
    answer = client.post(page(cohort), NEW)
    assert answer.status_code == 422
    assert "zoe@x.org belongs to another person." in words_of(answer.content)
    assert (Enrollment.objects.count(), Person.objects.count()) == (0, before)


def test_an_unclear_organization_is_answered_with_what_is_near(client: Client, cohort: Cohort) -> None:
    made.organization()
    answer = client.post(page(cohort), NEW | {"organization": "Ash County"})
    assert answer.status_code == 422
    assert "Did you mean Ashe County Schools?" in words_of(answer.content)


def test_nobody_is_enrolled_twice_or_after_the_class(client: Client, cohort: Cohort) -> None:
    known = made.person("Ana Núñez")
    made.enrolled(known, cohort)
    twice = client.post(f"{page(cohort)}?person={known.key}", {"track": made.DIRECTOR, "on": "2015-12-01"})
    late = client.post(page(cohort), NEW | {"on": "2016-07-01"})
    assert "Ana Núñez is enrolled in" in words_of(twice.content)
    assert "ends on 2016-06-15" in words_of(late.content)
    assert Enrollment.objects.count() == 1


def test_a_person_who_is_not_there_is_not_found(client: Client, cohort: Cohort) -> None:
    assert client.get(f"{page(cohort)}?person=nobody").status_code == 404


def test_nobody_found_says_so(client: Client, cohort: Cohort) -> None:
    assert "Nobody on record is called “Xyz”. Add them below." in words_of(
        client.get(page(cohort), {"q": "Xyz"}).content
    )
