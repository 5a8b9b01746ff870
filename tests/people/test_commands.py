"""People at the command line: the first administrator comes from here."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from cecto.config.commands import run
from cecto.people.models import Account, OfficeSeat, Person, RoleGrant

pytestmark = pytest.mark.django_db


def _cecto(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def _first_administrator() -> str:
    return _cecto("grant", "--name", "Ada Núñez", "--email", "ada@example.org", "--role", "administrator")


def test_the_first_administrator_comes_from_the_command_line() -> None:
    assert _first_administrator() == "Ada Núñez can sign in with ada@example.org. Next: cecto serve\n"
    words = ("--role", "officer", "--office", "dpi-liaison", "--program", "cecto")
    _cecto("grant", "--email", "ADA@example.org", *words)
    assert _cecto("person", "roles") == "Ada Núñez: Administrator\nAda Núñez: Certification officer of cecto\n"
    assert OfficeSeat.objects.get().office == "dpi-liaison"
    assert Person.objects.count() == 1


def test_a_lost_second_factor_is_forgotten() -> None:
    _first_administrator()
    Authenticator.objects.create(user=Account.objects.get(), type=Authenticator.Type.TOTP, data={})
    said = _cecto("person", "new-second-factor", "ada@example.org")
    assert said == "Ada Núñez sets up a second factor at the next sign-in.\n"
    assert Authenticator.objects.count() == 0


@pytest.mark.parametrize(
    "words",
    [
        ("grant", "--email", "nobody@example.org", "--role", "administrator"),
        ("grant", "--email", "ada@example.org"),
        ("grant", "--email", "ada@example.org", "--role", "officer"),
        ("grant", "--email", "nowhere", "--name", "Bo", "--role", "administrator"),
        ("person", "new-second-factor", "nobody@example.org"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(words: tuple[str, ...]) -> None:
    _first_administrator()
    with pytest.raises(CommandError):
        _cecto(*words)
    assert (Person.objects.count(), RoleGrant.objects.count(), OfficeSeat.objects.count()) == (1, 1, 0)


def test_addresses_are_kept_by_command() -> None:
    _first_administrator()
    who = ("person", "address", "ada@example.org")
    _cecto(*who, "prove", "ada@example.org")
    assert _cecto(*who, "add", "Home@example.org") == "ada@example.org: primary, proven\nHome@example.org: not proven\n"
    _cecto(*who, "prove", "home@example.org")
    _cecto(*who, "primary", "home@example.org")
    told = json.loads(_cecto("person", "address", "Ada Núñez", "remove", "ada@example.org", "--format", "json"))
    assert [(row["address"], row["primary"]) for row in told["addresses"]] == [("Home@example.org", True)]
    assert Account.objects.get().email == "home@example.org"


@pytest.mark.parametrize(
    ("act", "address", "code"),
    [
        ("primary", "home@example.org", 1),
        ("prove", "home@example.org", 1),
        ("remove", "ada@example.org", 1),
        ("add", "nowhere", 2),
        ("borrow", "home@example.org", 2),
    ],
)
def test_what_cannot_be_done_to_an_address(act: str, address: str, code: int) -> None:
    _first_administrator()
    assert run(["person", "address", "ada@example.org", act, address]) == code
    assert Person.objects.get().emails.get().address == "ada@example.org"
