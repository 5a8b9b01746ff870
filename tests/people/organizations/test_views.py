"""Pages of organizations: found by any of their names, added once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cecto.people.models import Organization
from cecto.people.organizations.actions import add_alias, add_organization, load_districts
from tests.access.browsers import signed_in
from tests.classes.made import AT, BY

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Client:
    return signed_in("coordinator", "cecto")


def _charters(count: int) -> list[Organization]:
    kind = Organization.Kind.CHARTER
    return [add_organization(kind=kind, name=f"Charter {n}", by=BY, at=AT) for n in range(count)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_three(
    coordinator: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for row in _charters(rows):
        add_alias(organization=row, name=f"{row.name} Academy", source="its website", by=BY, at=AT)
    coordinator.get(reverse("organizations:list"))
    with django_assert_num_queries(7):
        page = coordinator.get(reverse("organizations:list")).content.decode()
    assert page.count("Charter ") >= rows


def test_a_district_is_found_by_code_county_and_other_name(coordinator: Client) -> None:
    load_districts(by=BY, at=AT)
    for search in ["920", "wake", "Public School System"]:
        page = coordinator.get(reverse("organizations:list"), {"q": search}).content.decode()
        assert "Wake County Schools" in page
    page = coordinator.get(reverse("organizations:list"), {"q": "Hogwarts"}).content.decode()
    assert "No organization is called so" in page


def test_the_download_holds_every_page(coordinator: Client) -> None:
    load_districts(by=BY, at=AT)
    answer = coordinator.get(reverse("organizations:list"), {"download": "csv"})
    assert len(answer.content.decode().splitlines()) == 116


def test_an_organization_is_added_and_one_that_exists_is_refused(coordinator: Client) -> None:
    words = {"kind": "charter", "name": "Lakeside School", "code": "01A"}
    answer = coordinator.post(reverse("organizations:add"), words)
    row = Organization.objects.get()
    assert answer.headers["Location"] == reverse("organizations:organization", args=[row.key])
    again = coordinator.post(reverse("organizations:add"), words)
    assert (again.status_code, Organization.objects.count()) == (422, 1)
    assert "The code 01A belongs to Lakeside School." in again.content.decode()


def test_another_name_is_noted_on_the_page(coordinator: Client) -> None:
    (row,) = _charters(1)
    address = reverse("organizations:organization", args=[row.key])
    assert coordinator.post(address, {"name": "The Academy", "source": "its website"}).status_code == 302
    assert "The Academy" in coordinator.get(address).content.decode()
    assert coordinator.post(address, {"name": "", "source": ""}).status_code == 422
