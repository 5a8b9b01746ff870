"""Pages about people: found, seen by those who may, changed by administrators."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cecto.foundation.journal.models import JournalEntry
from cecto.people.actions import add_person, affiliate
from cecto.people.models import OfficeSeat, Person, Role, RoleGrant
from tests.access.browsers import signed_in
from tests.classes import made
from tests.classes.made import AT, BY

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    return signed_in("administrator")


def _person(name: str = "Ada Núñez") -> Person:
    address = f"{name.lower().replace(' ', '.').replace('ñ', 'n').replace('ú', 'u')}@example.org"
    person = add_person(name=name, email=address, by=BY, at=AT)
    affiliate(person=person, organization=made.organization(), start=made.FIRST, by=BY, at=AT)
    return person


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(
    administrator: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        _person(f"Ada {number}")
    administrator.get(reverse("people:list"))
    with django_assert_num_queries(9):
        page = administrator.get(reverse("people:list")).content.decode()
    assert page.count("@example.org") == rows + 1


@pytest.mark.parametrize("rows", [1, 3])
def test_roles_and_offices_take_the_same_queries_for_one_and_three(
    administrator: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        person = _person(f"Ada {number}")
        RoleGrant.objects.create(person=person, role=Role.OFFICER, program_code="cecto", start=AT)
        OfficeSeat.objects.create(person=person, office=f"o{number}", program_code="cecto", start=date(2015, 7, 1))
    administrator.get(reverse("people:roles"))
    with django_assert_num_queries(6):
        page = administrator.get(reverse("people:roles")).content.decode()
    assert page.count("Certification officer") == rows


def test_someone_is_found_without_accents(administrator: Client) -> None:
    _person()
    assert "Ada Núñez" in administrator.get(reverse("people:list"), {"q": "nunez"}).content.decode()
    assert "Nobody answers to that" in administrator.get(reverse("people:list"), {"q": "x y z"}).content.decode()


def test_an_administrators_look_is_journaled_and_a_coordinators_is_their_work(administrator: Client) -> None:
    cohort = made.cohort()
    person = _person()
    made.enrolled(person, cohort)
    address = reverse("people:person", args=[person.key])
    assert administrator.get(address).status_code == 200
    assert list(JournalEntry.objects.filter(action="people.look").values_list("subject_key", flat=True)) == [person.key]
    page = signed_in("coordinator", "cecto").get(address).content.decode()
    assert cohort.name in page
    assert "Grant a role" not in page
    assert JournalEntry.objects.filter(action="people.look").count() == 1


def test_people_of_other_programs_are_not_found() -> None:
    person = _person()
    made.enrolled(person, made.cohort())
    assert signed_in("coordinator", "cgcio").get(reverse("people:person", args=[person.key])).status_code == 404


def test_a_person_is_added_with_an_address_of_their_own(administrator: Client) -> None:
    words = {"name": "Bo Abel", "email": "bo@example.org"}
    answer = administrator.post(reverse("people:add"), words)
    assert answer.headers["Location"] == reverse("people:person", args=[Person.objects.get(name="Bo Abel").key])
    again = administrator.post(reverse("people:add"), words | {"name": "Another"})
    assert again.status_code == 422
    assert "bo@example.org belongs to another person." in again.content.decode()


def test_a_role_is_granted_and_ended(administrator: Client) -> None:
    made.cohort()
    person = _person()
    grant = reverse("people:grant-role", args=[person.key])
    assert administrator.post(grant, {"role": "officer", "program_code": ""}).status_code == 422
    assert administrator.post(grant, {"role": "officer", "program_code": "cecto"}).status_code == 302
    row = person.role_grants.get()
    end = reverse("people:end-role", args=[person.key])
    assert administrator.post(end, {"grant": row.pk}).status_code == 302
    row.refresh_from_db()
    assert row.until is not None


def test_the_last_administrator_cannot_end_their_own_role(administrator: Client) -> None:
    grant = RoleGrant.objects.get()
    answer = administrator.post(reverse("people:end-role", args=[grant.person.key]), {"grant": grant.pk})
    assert answer.status_code == 422
    assert "This is the only administrator." in answer.content.decode()


def test_someone_is_seated_in_an_office_that_a_definition_names_and_leaves_it(administrator: Client) -> None:
    made.cohort()
    person = _person()
    seat = reverse("people:seat", args=[person.key])
    words = {"office": "cecto:program-director", "start": "2015-07-01"}
    assert administrator.post(seat, words | {"office": "cecto:king"}).status_code == 422
    assert administrator.post(seat, words).status_code == 302
    row = OfficeSeat.objects.get()
    assert (row.office, row.program_code, row.start, row.until) == ("program-director", "cecto", date(2015, 7, 1), None)
    end = reverse("people:end-seat", args=[person.key])
    assert administrator.post(end, {"seat": row.pk, "until": "2015-07-01"}).status_code == 422
    assert administrator.post(end, {"seat": row.pk, "until": "2016-07-01"}).status_code == 302


def test_an_address_is_added(administrator: Client) -> None:
    person = _person()
    address = reverse("people:add-address", args=[person.key])
    assert administrator.post(address, {"address": "ada@example.org"}).status_code == 302
    assert person.emails.count() == 2


def test_where_someone_works_is_shown_with_its_dates(administrator: Client) -> None:
    person = _person()
    affiliate(person=person, organization=made.organization("Wake"), title="CTO", start=date(2015, 9, 1), by=BY, at=AT)
    page = administrator.get(reverse("people:person", args=[person.key])).content.decode()
    assert [name in page for name in ("Wake", "CTO", "Tue, Sep 1, 2015")] == [True, True, True]


def test_a_coordinator_notes_a_new_workplace_and_the_end_of_the_old(administrator: Client) -> None:
    person = _person()
    made.enrolled(person, made.cohort())
    old, new = made.organization(), made.organization("Wake County Schools")
    coordinator = signed_in("coordinator", "cecto")
    work, end = reverse("people:work", args=[person.key]), reverse("people:end-work", args=[person.key])
    assert coordinator.post(work, {"organization": "Wake", "start": "2015-12-01"}).status_code == 422
    words = {"organization": new.name, "title": "CTO", "start": "2015-12-01"}
    assert coordinator.post(work, words).status_code == 302
    job = person.affiliations.get(organization=old)
    assert coordinator.post(end, {"affiliation": job.pk, "until": "2015-12-01"}).status_code == 302
    held = person.affiliations.order_by("id").values_list("organization__name", "start", "until")
    assert list(held) == [
        (old.name, made.FIRST, date(2015, 12, 1)),
        (new.name, date(2015, 12, 1), None),
    ]
