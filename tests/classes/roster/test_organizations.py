"""A roster's organization is found by code, name or alias; what is only like one is suggested."""

from __future__ import annotations

import pytest

from cecto.classes.roster.organizations import Directory, UnclearOrganization
from cecto.people.models import Organization
from cecto.people.organizations.actions import add_organization, load_districts
from cecto.people.queries import organizations
from tests.classes.made import AT, BY

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory() -> Directory:
    load_districts(by=BY, at=AT)
    add_organization(kind=Organization.Kind.CHARTER, name="Lakeside School", code="01A", by=BY, at=AT)
    add_organization(kind=Organization.Kind.PARTNER, name="Smith & Wesson", by=BY, at=AT)
    return Directory.of(organizations())


@pytest.mark.parametrize(
    ("code", "name", "found"),
    [
        ("920", "", "Wake County Schools"),
        ("20", "", "Alexander County Schools"),
        ("LEA 920", "", "Wake County Schools"),
        ("01a", "", "Lakeside School"),
        ("", "020", "Alexander County Schools"),
        ("", "wake county schools", "Wake County Schools"),
        ("", "Wake County Public School System", "Wake County Schools"),
        ("", "Charlotte Mecklenburg Schools", "Charlotte-Mecklenburg Schools"),
        ("", "Smith and Wesson", "Smith & Wesson"),
        ("640", "Nash County Public Schools", "Nash-Rocky Mount Schools"),
    ],
)
def test_codes_names_and_aliases_lead_to_one_organization(
    directory: Directory, code: str, name: str, found: str
) -> None:
    organization = directory.find(code, name)
    assert organization
    assert organization.name == found


def test_no_words_mean_no_organization(directory: Directory) -> None:
    assert directory.find("", "") is None


@pytest.mark.parametrize(
    ("code", "name", "message"),
    [
        (
            "",
            "Wake County",
            "No organization is called “Wake County”. Did you mean Wake County Schools (920)? "
            "Write that name or code, or add the organization first.",
        ),
        (
            "",
            "Charlote Meklenburg",
            "No organization is called “Charlote Meklenburg”. Did you mean Charlotte-Mecklenburg Schools (600)",
        ),
        (
            "",
            "Starfleet Academy",
            "No organization is called “Starfleet Academy”. Write its LEA code, or add it to the organizations first.",
        ),
        ("000", "", "No district has the LEA code “000”."),
        ("", "996", "No district has the LEA code “996”."),
        (
            "920",
            "Durham Public Schools",
            "LEA code 920 is Wake County Schools, but the row also says “Durham Public Schools”. Mend one of them.",
        ),
    ],
)
def test_what_is_unclear_is_asked_with_what_is_near(directory: Directory, code: str, name: str, message: str) -> None:
    with pytest.raises(UnclearOrganization) as unclear:
        directory.find(code, name)
    assert str(unclear.value).startswith(message)


def test_a_name_that_two_go_by_is_asked(directory: Directory) -> None:
    Organization.objects.create(kind="other", name="lakeside school!")
    with pytest.raises(UnclearOrganization) as unclear:
        Directory.of(organizations()).find("", "Lakeside School")
    assert str(unclear.value) == (
        "“Lakeside School” can mean more than one organization. Write the LEA code: 01A or lakeside school!."
    )
