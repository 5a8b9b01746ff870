"""Persons, their addresses, workplaces, roles and offices: written once, refused with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cecto.foundation.journal.actor import Actor
from cecto.foundation.journal.models import JournalEntry
from cecto.people import actions
from cecto.people.addresses import AddressRefused
from cecto.people.models import Account, Affiliation, Organization, Person, Role
from cecto.people.names import NameRefused
from cecto.people.queries import current_grants, people, person_called
from cecto.people.seats import offices_of, seats_on

AT = datetime(2015, 8, 1, 12, 0, tzinfo=UTC)
LATER = AT + timedelta(days=30)
BY = Actor.command("test")

pytestmark = pytest.mark.django_db


def _person(name: str = "Ada Núñez", email: str = "ada@example.org") -> Person:
    return actions.add_person(name=name, email=email, by=BY, at=AT)


def _district() -> Organization:
    return Organization.objects.create(kind="district", code="920", name="Wake County Schools")


def _journal() -> list[str]:
    return list(JournalEntry.objects.values_list("action", flat=True))


def test_a_person_is_kept_as_written_with_a_sort_name_and_a_primary_address() -> None:
    person = actions.add_person(name="  José  de la Cruz ", preferred_name="Pepe", email="Pepe@X.org ", by=BY, at=AT)
    assert (person.name, person.sort_name, person.called) == ("José de la Cruz", "de la cruz, jose", "Pepe")
    assert list(person.emails.values_list("address", "primary", "verified_at")) == [("Pepe@X.org", True, None)]
    assert _journal() == ["people.add-person", "people.add-email"]


def test_a_corrected_name_keeps_the_former_one_and_is_found_by_both() -> None:
    person = _person()
    actions.correct_name(person=person, name="Ada Núñez Lee", preferred_name="Ada", by=BY, at=LATER)
    actions.correct_name(person=person, name="Ada Núñez Lee", preferred_name="Ada", by=BY, at=LATER)
    actions.correct_name(person=person, name="Ada  Lee", by=BY, at=LATER)
    person.refresh_from_db()
    assert (person.name, person.sort_name, person.preferred_name) == ("Ada Lee", "lee, ada", "")
    assert sorted(person.former_names.values_list("name", flat=True)) == ["Ada Núñez", "Ada Núñez Lee"]
    assert list(people("núñez")) == list(people("Lee")) == [person]
    assert _journal().count("people.correct-name") == 2


def test_an_empty_name_changes_nothing() -> None:
    person = _person()
    with pytest.raises(NameRefused):
        actions.correct_name(person=person, name="  ", by=BY, at=LATER)
    assert Person.objects.get().name == "Ada Núñez"
    assert person.former_names.count() == 0


def test_an_address_belongs_to_one_person_whatever_its_case() -> None:
    ada, bo = _person(), _person("Bo", "bo@example.org")
    again = actions.add_email(person=ada, address="ADA@example.org", by=BY, at=LATER)
    assert again.address == "ada@example.org"
    with pytest.raises(actions.AddressTaken):
        actions.add_email(person=bo, address="Ada@Example.org", by=BY, at=LATER)
    with pytest.raises(AddressRefused):
        actions.add_email(person=bo, address="not an address", by=BY, at=LATER)
    assert bo.emails.count() == 1


def test_an_account_is_made_once_for_the_primary_address() -> None:
    person = _person()
    account = actions.create_account(person=person, by=BY, at=AT)
    assert actions.create_account(person=person, by=BY, at=LATER) == account
    assert (account.email, account.has_usable_password()) == ("ada@example.org", False)
    assert _journal().count("people.create-account") == 1


def test_nobody_signs_in_without_an_address() -> None:
    with pytest.raises(actions.PeopleRefused):
        actions.create_account(person=_person(email=""), by=BY, at=AT)
    assert Account.objects.count() == 0


def test_an_address_is_verified_once() -> None:
    person = _person()
    actions.verify_email(person=person, address="ADA@example.org", by=BY, at=AT)
    actions.verify_email(person=person, address="ada@example.org", by=BY, at=LATER)
    assert person.emails.get().verified_at == AT
    assert actions.verify_email(person=person, address="other@example.org", by=BY, at=AT) is None


def test_working_at_one_place_is_noted_once_and_ends_once() -> None:
    person, district = _person(), _district()
    job = actions.affiliate(person=person, organization=district, title="CTO", start=date(2015, 8, 1), by=BY, at=AT)
    later = date(2015, 9, 1)
    assert actions.affiliate(person=person, organization=district, start=later, by=BY, at=LATER) == job
    actions.end_affiliation(affiliation=job, until=date(2016, 1, 1), by=BY, at=LATER)
    with pytest.raises(actions.PeopleRefused):
        actions.end_affiliation(affiliation=job, until=date(2016, 2, 1), by=BY, at=LATER)
    again = actions.affiliate(person=person, organization=district, start=date(2016, 1, 1), by=BY, at=LATER)
    assert list(Affiliation.objects.values_list("pk", "until")) == [(job.pk, date(2016, 1, 1)), (again.pk, None)]


def test_nobody_has_worked_somewhere_since_1900() -> None:
    with pytest.raises(actions.PeopleRefused):
        actions.affiliate(person=_person(), organization=_district(), start=date(1900, 1, 1), by=BY, at=AT)


def test_a_role_is_granted_once_and_holds_until_it_ends() -> None:
    person = _person()
    grant = actions.grant_role(person=person, role=Role.COORDINATOR, program_code="cecto", by=BY, at=AT)
    assert actions.grant_role(person=person, role=Role.COORDINATOR, program_code="cecto", by=BY, at=LATER) == grant
    actions.end_role(grant=grant, by=BY, at=LATER)
    with pytest.raises(actions.PeopleRefused):
        actions.end_role(grant=grant, by=BY, at=LATER)
    assert list(current_grants(LATER - timedelta(seconds=1))) == [grant]
    assert list(current_grants(LATER)) == []
    assert Account.objects.get().person == person


@pytest.mark.parametrize(("role", "program"), [(Role.ADMINISTRATOR, "cecto"), (Role.OFFICER, "")])
def test_a_role_is_held_in_the_scope_it_belongs_to(role: Role, program: str) -> None:
    with pytest.raises(actions.PeopleRefused):
        actions.grant_role(person=_person(), role=role, program_code=program, by=BY, at=AT)


def test_the_last_administrator_stays() -> None:
    first = actions.grant_role(person=_person(), role=Role.ADMINISTRATOR, by=BY, at=AT)
    with pytest.raises(actions.LastAdministrator):
        actions.end_role(grant=first, by=BY, at=LATER)
    actions.grant_role(person=_person("Bo", "bo@example.org"), role=Role.ADMINISTRATOR, by=BY, at=AT)
    actions.end_role(grant=first, by=BY, at=LATER)
    assert [grant.person.name for grant in current_grants(LATER)] == ["Bo"]


def test_one_person_holds_an_office_and_another_may_act() -> None:
    ada, bo = _person(), _person("Bo", "bo@example.org")
    day = date(2015, 8, 1)
    seat = actions.seat_officer(person=ada, office="dpi-liaison", program_code="cecto", start=day, by=BY, at=AT)
    assert actions.seat_officer(person=ada, office="dpi-liaison", program_code="cecto", start=day, by=BY, at=AT) == seat
    with pytest.raises(actions.PeopleRefused):
        actions.seat_officer(person=bo, office="dpi-liaison", program_code="cecto", start=day, by=BY, at=AT)
    actions.seat_officer(person=bo, office="dpi-liaison", program_code="cecto", start=day, acting=True, by=BY, at=AT)
    actions.end_office(seat=seat, until=date(2016, 1, 1), by=BY, at=LATER)
    actions.seat_officer(person=bo, office="dpi-liaison", program_code="cecto", start=date(2016, 1, 1), by=BY, at=LATER)
    held = [(row.person.name, row.acting) for row in seats_on("cecto", date(2016, 1, 1)).order_by("id")]
    assert held == [("Bo", True), ("Bo", False)]
    assert offices_of(ada, program_code="cecto", on=date(2015, 12, 31)) == ["dpi-liaison"]


def test_a_seat_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(actions.PeopleRefused):
        actions.seat_officer(
            person=_person(),
            office="x",
            program_code="cecto",
            start=date(2016, 1, 1),
            until=date(2016, 1, 1),
            by=BY,
            at=AT,
        )


def test_people_are_found_without_accents_and_by_address() -> None:
    _person()
    _person("Zoë Abel", "zabel@example.org")
    assert [person.name for person in people("nunez")] == ["Ada Núñez"]
    assert [person.name for person in people("zabel@")] == ["Zoë Abel"]
    assert [person.name for person in people()] == ["Zoë Abel", "Ada Núñez"]
    assert person_called("ADA@example.org").name == "Ada Núñez"
