"""Any proven address of a person signs in, and nothing else; nobody takes another's or locks themselves out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.test import Client

from cecto.foundation.journal.actor import Actor
from cecto.people import actions
from cecto.people.addresses import AddressRefused, written_address
from cecto.people.models import Account, Person, PersonEmail, Role
from cecto.people.queries import account_opened_by
from tests.people.authenticator_app import set_up_app
from tests.people.test_sign_in import _code, _sign_in

AT = datetime(2015, 8, 1, 12, 0, tzinfo=UTC)
BY = Actor.command("test")
pytestmark = pytest.mark.django_db


def _someone(name: str = "Ada Núñez", address: str = "ada@example.org") -> Person:
    person = actions.add_person(name=name, email=address, by=BY, at=AT)
    actions.create_account(person=person, by=BY, at=AT)
    return person


def _prove(person: Person, address: str) -> None:
    actions.prove_email(person=person, address=address, by=BY, at=AT)


def _act(act: Any, person: Person, address: str) -> None:
    act(person=person, address=address, by=BY, at=AT)


def _kept(person: Person) -> list[tuple[str, bool, bool]]:
    return [(row.address, row.primary, row.verified_at is not None) for row in person.emails.all()]


@pytest.mark.parametrize("typed", ["ada@example.org", "ADA@EXAMPLE.ORG", " ada@example.org "])
def test_what_opens_an_account(typed: str) -> None:
    ada = _someone(address="Ada@Example.org")
    assert account_opened_by(written_address(typed)) == Account.objects.get(person=ada)


def test_an_unproven_address_gives_nothing_beside_a_proven_one() -> None:
    ada = _someone()
    actions.add_email(person=ada, address="second@example.org", by=BY, at=AT)
    assert account_opened_by("second@example.org") is None
    _prove(ada, "second@example.org")
    assert account_opened_by("second@example.org") == Account.objects.get(person=ada)
    # The one the program had was never shown to be theirs.
    assert account_opened_by("ada@example.org") is None


@pytest.mark.parametrize("lookalike", ["m\u0131ke@example.org", "\u017fam@example.org"])
def test_letters_that_fold_to_others_are_no_address(lookalike: str) -> None:
    with pytest.raises(AddressRefused, match="a letter that email servers do not take"):
        written_address(lookalike)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("\u212aate@example.org", "Kate@example.org"),
        ("ada@schüle.example", "ada@xn--schle-mva.example"),
        ("ada@ＥＸＡＭＰＬＥ.org", "ada@example.org"),
    ],
)
def test_a_domain_is_kept_in_ascii(written: str, kept: str) -> None:
    assert written_address(written) == kept


def test_what_another_has_proven_or_is_known_by_cannot_be_had() -> None:
    ada, bo = _someone(), _someone("Bo Lindqvist", "bo@example.org")
    _prove(ada, "second@example.org")
    for address in ["ada@example.org", "ADA@example.org", "second@example.org"]:
        for act in [actions.add_email, actions.prove_email]:
            with pytest.raises(actions.AddressTaken):
                _act(act, bo, address)
    assert [row[0] for row in _kept(bo)] == ["bo@example.org"]


def test_an_unproven_claim_of_another_holds_nothing_back() -> None:
    ada, bo = _someone(), _someone("Bo Lindqvist", "bo@example.org")
    actions.add_email(person=ada, address="shared@example.org", by=BY, at=AT)
    _prove(bo, "shared@example.org")
    assert ("shared@example.org", False, True) in _kept(bo)
    assert [row[0] for row in _kept(ada)] == ["ada@example.org"]


def test_the_primary_address_is_a_proven_one_and_the_account_goes_with_it() -> None:
    ada = _someone()
    actions.add_email(person=ada, address="second@example.org", by=BY, at=AT)
    with pytest.raises(actions.PeopleRefused, match="not proven yet"):
        _act(actions.make_email_primary, ada, "second@example.org")
    _prove(ada, "second@example.org")
    _act(actions.make_email_primary, ada, "SECOND@example.org")
    assert _kept(ada) == [("second@example.org", True, True), ("ada@example.org", False, False)]
    assert Account.objects.get(person=ada).email == "second@example.org"
    _act(actions.remove_email, ada, "ada@example.org")
    assert account_opened_by("ada@example.org") is None


def test_nobody_is_left_without_a_way_in() -> None:
    ada = _someone()
    with pytest.raises(actions.PeopleRefused, match="primary address"):
        _act(actions.remove_email, ada, "ada@example.org")
    _prove(ada, "second@example.org")
    with pytest.raises(actions.PeopleRefused, match="only proven address"):
        _act(actions.remove_email, ada, "second@example.org")
    assert len(_kept(ada)) == 2


def test_a_second_address_is_proven_by_page_and_signs_in(client: Client, mailoutbox: list[EmailMessage]) -> None:
    ada = _someone()
    _sign_in(client, mailoutbox)  # type: ignore[arg-type]
    assert client.post("/account/", {"address": "home@example.org"}).headers["Location"] == "/account/address/"
    assert mailoutbox[-1].to == ["home@example.org"]
    assert client.post("/account/address/", {"code": "WRONG"}).status_code == 422
    assert client.post("/account/address/", {"code": _code(str(mailoutbox[-1].body)).lower()}).status_code == 302
    assert _kept(ada)[1] == ("home@example.org", False, True)
    client.post("/account/address/primary/", {"address": "home@example.org"})
    client.post("/account/address/remove/", {"address": "ada@example.org"})
    assert _kept(ada) == [("home@example.org", True, True)]
    other = Client()
    other.post("/account/login/", {"login": "HOME@example.org"})
    code = _code(str(mailoutbox[-1].body))
    assert other.post("/account/login/code/confirm/", {"code": code}).headers["Location"] == "/start/"


def test_only_its_owner_hears_that_an_address_is_in_use(client: Client, mailoutbox: list[EmailMessage]) -> None:
    _someone("Bo Lindqvist", "bo@example.org")
    ada = _someone()
    _sign_in(client, mailoutbox)  # type: ignore[arg-type]
    assert client.post("/account/", {"address": "bo@example.org"}).headers["Location"] == "/account/address/"
    assert (mailoutbox[-1].to, mailoutbox[-1].subject) == (["bo@example.org"], "Your email address is already in use")
    for code in ["", "A", "None"]:
        client.post("/account/address/", {"code": code})
    assert [row[0] for row in _kept(ada)] == ["ada@example.org"]


def test_three_wrong_codes_end_it_and_the_right_one_comes_too_late(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    _someone()
    _sign_in(client, mailoutbox)  # type: ignore[arg-type]
    client.post("/account/", {"address": "home@example.org"})
    for _ in range(3):
        client.post("/account/address/", {"code": "WRONG"})
    client.post("/account/address/", {"code": _code(str(mailoutbox[-1].body))})
    assert PersonEmail.objects.count() == 1


def test_the_fourth_code_in_a_minute_is_told_truly(client: Client, mailoutbox: list[EmailMessage]) -> None:
    _someone()
    _sign_in(client, mailoutbox)  # type: ignore[arg-type]
    answers = [client.post("/account/", {"address": f"a{n}@example.org"}) for n in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "Wait a minute, then ask for one new code." in answers[3].content.decode()


def test_an_old_session_is_asked_who_it_is_first(client: Client, mailoutbox: list[EmailMessage]) -> None:
    ada = _someone()
    client.force_login(Account.objects.get(person=ada))
    answer = client.post("/account/", {"address": "thief@example.org"})
    assert answer.headers["Location"].startswith("/account/again/?next=")
    assert mailoutbox == []


def test_use_another_address_starts_anew(client: Client, mailoutbox: list[EmailMessage]) -> None:
    _someone()
    client.post("/account/login/", {"login": "typo@example.org", "next": "/my/"})
    assert client.get("/account/login/").status_code == 302
    answer = client.post("/account/begin-again/", {"next": "/my/"})
    assert answer.headers["Location"] == "/account/login/?next=%2Fmy%2F"
    assert client.get("/account/login/").status_code == 200
    assert _sign_in(client, mailoutbox) == "/start/"  # type: ignore[arg-type]


def test_another_site_is_never_gone_to(client: Client) -> None:
    answer = client.post("/account/begin-again/", {"next": "https://evil.example/"})
    assert answer.headers["Location"] == "/account/login/"


@pytest.mark.parametrize(("ticked", "stays"), [({}, False), ({"remember": "on"}, True)])
def test_remember_does_what_it_says(
    client: Client, mailoutbox: list[EmailMessage], ticked: dict[str, str], stays: bool
) -> None:
    _someone()
    client.post("/account/login/", {"login": "ada@example.org", **ticked})
    client.post("/account/login/code/confirm/", {"code": _code(str(mailoutbox[-1].body))})
    assert bool(client.cookies["sessionid"]["max-age"]) == stays
    assert client.session.get_expire_at_browser_close() != stays


def _add_passkey(person: Person) -> None:
    account = Account.objects.get(person=person)
    Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data={"credential": {}})


def test_a_passkey_is_another_way_in_for_who_has_no_role(client: Client, mailoutbox: list[EmailMessage]) -> None:
    _add_passkey(_someone())
    assert _sign_in(client, mailoutbox) == "/start/"  # type: ignore[arg-type]


def test_whoever_chose_an_app_is_asked_for_it(client: Client, mailoutbox: list[EmailMessage]) -> None:
    set_up_app(_someone())
    assert _sign_in(client, mailoutbox) == "/account/2fa/authenticate/"  # type: ignore[arg-type]


def test_a_role_makes_the_passkey_a_second_step_at_once(client: Client, mailoutbox: list[EmailMessage]) -> None:
    ada = _someone()
    _add_passkey(ada)
    _sign_in(client, mailoutbox)  # type: ignore[arg-type]
    actions.grant_role(person=ada, role=Role.COORDINATOR, program_code="cecto", by=BY, at=AT)
    assert client.get("/console/").headers["Location"].startswith("/account/login/")
    assert _sign_in(client, mailoutbox) == "/account/2fa/authenticate/"  # type: ignore[arg-type]
