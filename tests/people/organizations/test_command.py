"""Organizations at the command line."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cecto.people.models import Organization, OrganizationAlias
from cecto.people.organizations.actions import load_districts
from tests.classes.made import AT, BY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def districts() -> None:
    load_districts(by=BY, at=AT)


def _organization(*words: str) -> str:
    out = StringIO()
    call_command("organization", *words, stdout=out)
    return out.getvalue()


def test_a_district_is_found() -> None:
    assert _organization("find", "wake", "county") == (
        "920  Wake County Schools  (Wake, North Central (District 3), State Board of Education regions)\n"
    )


def test_a_charter_school_is_added_and_another_name_noted() -> None:
    assert _organization("add", "Lakeside School", "--code", "01a") == "Lakeside School was added as: Charter school.\n"
    said = _organization("alias", "01A", "The Lakeside", "--source", "its website")
    assert said == "Lakeside School is also known as The Lakeside.\n"
    assert Organization.objects.get(code="01A").name == "Lakeside School"
    assert OrganizationAlias.objects.filter(name="The Lakeside").count() == 1


@pytest.mark.parametrize(
    "words",
    [
        ("find", "Hogwarts"),
        ("add", "wake county schools"),
        ("alias", "Hogwarts", "x", "--source", "y"),
        ("alias", "920", "Durham Public Schools", "--source", "y"),
    ],
)
def test_what_cannot_be_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        _organization(*words)
    assert Organization.objects.count() == 115
