"""The shipped districts are loaded once; organizations keep apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cecto.foundation.journal.actor import Actor
from cecto.foundation.journal.models import JournalEntry
from cecto.people.models import Organization, OrganizationAlias
from cecto.people.organizations.actions import OrganizationExists, add_alias, add_organization, load_districts
from cecto.people.organizations.districts import shipped_aliases, shipped_districts
from cecto.people.queries import NoSuchOrganization, districts, organization_called, organizations

AT = datetime(2015, 8, 1, 12, 0, tzinfo=UTC)
BY = Actor.command("test")

pytestmark = pytest.mark.django_db


def test_every_district_is_there_by_its_lea_code_and_loading_again_changes_nothing() -> None:
    assert load_districts(by=BY, at=AT) == 115
    before = list(Organization.objects.values()), list(OrganizationAlias.objects.values())
    assert load_districts(by=BY, at=AT) == 0
    assert (list(Organization.objects.values()), list(OrganizationAlias.objects.values())) == before
    assert JournalEntry.objects.filter(action="people.load-districts").count() == 1
    assert OrganizationAlias.objects.count() == len(shipped_aliases())


def test_a_district_says_its_county_and_which_regions_are_meant() -> None:
    load_districts(by=BY, at=AT)
    asheville = districts().get(code="111")
    assert (asheville.name, asheville.county) == ("Asheville City Schools", "Buncombe")
    assert asheville.region == "Western (District 8), State Board of Education regions"
    assert asheville.names_as_of == "2013–2017"


def test_the_shipped_list_has_115_codes_in_100_counties() -> None:
    shipped = shipped_districts()
    assert len({district.code for district in shipped}) == 115
    assert len({district.county for district in shipped}) == 100
    assert len([district for district in shipped if district.city]) == 15


def test_loading_keeps_a_district_that_was_renamed_here() -> None:
    Organization.objects.create(kind="district", code="640", name="Nash County Public Schools")
    assert load_districts(by=BY, at=AT) == 114
    assert organization_called("640").name == "Nash County Public Schools"


@pytest.mark.parametrize("word", ["920", "wake county schools", "Wake County Public School System"])
def test_a_district_answers_to_code_name_and_alias(word: str) -> None:
    load_districts(by=BY, at=AT)
    assert organization_called(word).code == "920"


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(NoSuchOrganization):
        organization_called("Hogwarts")


def test_an_organization_is_added_once() -> None:
    add_organization(kind=Organization.Kind.CHARTER, name="Lakeside School", code="01a", by=BY, at=AT)
    with pytest.raises(OrganizationExists):
        add_organization(kind=Organization.Kind.CHARTER, name="Lakeside", code="01A", by=BY, at=AT)
    with pytest.raises(OrganizationExists):
        add_organization(kind=Organization.Kind.OTHER, name="lakeside school", by=BY, at=AT)
    assert list(Organization.objects.values_list("name", "code")) == [("Lakeside School", "01A")]


def test_an_alias_leads_to_one_organization() -> None:
    mcnc = add_organization(kind=Organization.Kind.PARTNER, name="MCNC", by=BY, at=AT)
    other = add_organization(kind=Organization.Kind.PARTNER, name="Other", by=BY, at=AT)
    first = add_alias(organization=mcnc, name="NCREN", source="mcnc.org", by=BY, at=AT)
    assert add_alias(organization=mcnc, name="ncren", source="mcnc.org", by=BY, at=AT) == first
    with pytest.raises(OrganizationExists):
        add_alias(organization=other, name="NCREN", source="x", by=BY, at=AT)
    assert [row.name for row in organizations("ncren")] == ["MCNC"]
