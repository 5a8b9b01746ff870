"""Signing in by an e-mailed code, a few times a minute; staff with a second factor."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from cecto.foundation.journal.actor import Actor
from cecto.people import actions
from cecto.people.demo_links import demo_link
from cecto.people.models import Account, Person, PersonEmail, Role
from cecto.people.viewer import Permission
from tests.people.authenticator_app import code_of, set_up_app

AT = datetime(2015, 8, 1, 12, 0, tzinfo=UTC)
BY = Actor.command("test")

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Person:
    person = actions.add_person(name="Ada Núñez", email="Ada@Example.org", by=BY, at=AT)
    actions.create_account(person=person, by=BY, at=AT)
    return person


def _make_coordinator(person: Person) -> None:
    actions.grant_role(person=person, role=Role.COORDINATOR, program_code="cecto", by=BY, at=AT)


def _ask(client: Client, address: str = "ada@example.org") -> str:
    return client.post("/account/login/", {"login": address}).headers.get("Location", "")


def _code(body: str) -> str:
    found = re.search(r"^\s{4}(\S+)$", body, re.MULTILINE)
    assert found
    return found[1]


def _sign_in(client: Client, mailoutbox: list[object]) -> str:
    _ask(client)
    code = _code(mailoutbox[-1].body)  # type: ignore[attr-defined]
    return client.post("/account/login/code/confirm/", {"code": code}).headers.get("Location", "")


def test_someone_with_an_account_signs_in_by_code_and_the_address_is_theirs(
    client: Client, ada: Person, mailoutbox: list[object]
) -> None:
    assert _ask(client) == "/account/login/code/confirm/"
    assert [mail.to for mail in mailoutbox] == [["ada@example.org"]]  # type: ignore[attr-defined]
    assert _sign_in(client, mailoutbox) == "/start/"
    assert client.session["_auth_user_id"] == str(Account.objects.get().pk)
    assert PersonEmail.objects.get().verified_at is not None


def test_a_stranger_is_told_the_same_and_gets_no_code(client: Client, mailoutbox: list[object]) -> None:
    assert _ask(client, "stranger@example.org") == "/account/login/code/confirm/"
    (mail,) = mailoutbox
    assert mail.subject == "No CeCTO account has this e-mail address"  # type: ignore[attr-defined]
    assert client.post("/account/login/code/confirm/", {"code": "ABC-DEF"}).status_code == 200
    assert Account.objects.count() == 0


def test_three_wrong_codes_end_the_attempt(client: Client, ada: Person, mailoutbox: list[object]) -> None:
    _ask(client)
    for _ in range(3):
        client.post("/account/login/code/confirm/", {"code": "WRONG1"})
    code = _code(mailoutbox[-1].body)  # type: ignore[attr-defined]
    client.post("/account/login/code/confirm/", {"code": code})
    assert "_auth_user_id" not in client.session


def test_asking_again_and_again_is_slowed_down_across_browsers(ada: Person, mailoutbox: list[object]) -> None:
    answers = [Client().post("/account/login/", {"login": "ada@example.org"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert "Too many codes requested. Wait a minute, then ask for one new code." in answers[3].content.decode()
    assert len(mailoutbox) == 3


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "password/change/", "password/reset/", "password/set/", "confirm-email/x/"]
)
def test_there_is_nothing_to_sign_up_for_and_no_password(client: Client, path: str) -> None:
    assert client.get(f"/account/{path}").status_code == 404
    assert client.post(f"/account/{path}", {"email": "x@example.org"}).status_code == 404


def test_someone_without_a_role_reaches_the_console_as_a_page_not_open_to_them(client: Client, ada: Person) -> None:
    client.force_login(Account.objects.get())
    assert client.get("/console/organizations/").status_code == 403


def test_staff_without_a_second_factor_are_sent_to_set_it_up(client: Client, ada: Person) -> None:
    _make_coordinator(ada)
    client.force_login(Account.objects.get())
    answer = client.get("/console/organizations/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/2fa/")


def test_roles_do_not_count_anywhere_without_a_second_factor(client: Client, ada: Person) -> None:
    _make_coordinator(ada)
    client.force_login(Account.objects.get())
    before = client.get("/account/2fa/").context["viewer"]
    set_up_app(ada)
    after = client.get("/account/2fa/").context["viewer"]
    assert [looking.may(Permission.RUN_CLASS, "cecto") for looking in (before, after)] == [False, True]
    assert [looking.is_staff for looking in (before, after)] == [True, True]


def test_staff_with_a_second_factor_are_asked_for_it_at_every_sign_in(
    client: Client, ada: Person, mailoutbox: list[object]
) -> None:
    _make_coordinator(ada)
    secret = set_up_app(ada)
    assert _sign_in(client, mailoutbox) == "/account/2fa/authenticate/"
    assert client.get("/console/organizations/").headers["Location"].startswith("/account/login/")
    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session
    code = code_of(secret)
    client.post("/account/2fa/authenticate/", {"code": code})
    assert client.session["_auth_user_id"] == str(Account.objects.get().pk)


def test_recovery_codes_are_shown_right_after_the_app_was_set_up(
    client: Client, ada: Person, mailoutbox: list[object]
) -> None:
    _sign_in(client, mailoutbox)
    client.get("/account/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    code = code_of(secret)
    answer = client.post("/account/2fa/totp/activate/", {"code": code})
    assert answer.headers["Location"] == "/account/2fa/recovery-codes/"
    assert client.get("/account/2fa/recovery-codes/").status_code == 200


def test_what_is_kept_of_a_second_factor_cannot_be_read_in_the_database(ada: Person) -> None:
    secret = set_up_app(ada)
    kept = Authenticator.objects.get().data["secret"]
    assert secret not in kept
    assert get_adapter().decrypt(kept) == secret


def test_a_demo_link_stands_for_both_factors_in_the_demo_only(client: Client, ada: Person, settings: Settings) -> None:
    _make_coordinator(ada)
    link = demo_link(Account.objects.get()).removeprefix(settings.CECTO_URL)
    assert client.get(link).status_code == 404
    settings.CECTO_DEMO = True
    assert client.get(link).headers["Location"] == "/start/"
    assert client.get("/console/organizations/").status_code == 200
    settings.CECTO_DEMO = False
    assert client.get("/console/organizations/").headers["Location"] == "/account/2fa/"


def test_a_demo_link_that_we_did_not_make_is_not_found(client: Client, settings: Settings) -> None:
    settings.CECTO_DEMO = True
    assert client.get("/demo/sign-in/made-up/").status_code == 404
