"""Mail is taken by a real server, or the one who waits hears why not, within the time they were promised."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from cecto.config.mail_settings import mail_route
from cecto.foundation.mail import MailNotSent, deliver
from tests.foundation import post_office
from tests.foundation.post_office import HERE, Office, odd_office, open_office

WITHIN = 1.0
PASSWORD = "ü%/#:@ 7"
IN_URL = "%C3%BC%25%2F%23%3A%40%207"


@pytest.fixture(autouse=True)
def _plain_settings(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "cecto.foundation.mail.Server"


def _use(settings: Settings, url: str) -> None:
    route = mail_route(url, home=Path("/nowhere"))
    settings.EMAIL_HOST, settings.EMAIL_PORT = route.host, route.port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = route.user, route.password
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = route.starttls, route.tls_at_once


def _send() -> None:
    deliver(EmailMessage("Code", "ABC-DEF", "cecto@example.org", ["ada@example.org"]), within=WITHIN)


def test_a_server_that_takes_the_message_has_it(settings: Settings) -> None:
    office = Office()
    with open_office(office) as port:
        _use(settings, f"smtp://{HERE}:{port}")
        _send()
    (envelope,) = office.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("cecto@example.org", ["ada@example.org"])
    assert b"ABC-DEF" in (envelope.content or b"")


@pytest.mark.parametrize("password", [("plain", "plain"), (PASSWORD, IN_URL)])
def test_tls_and_a_password_with_any_character(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: tuple[str, str]
) -> None:
    context, public = post_office.certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    office = Office()
    with open_office(office, tls_context=context, require_starttls=True, auth_required=True) as port:
        _use(settings, f"smtp+tls://us%40er:{password[1]}@{HERE}:{port}")
        _send()
    assert office.signed_in == [("us@er", password[0])]
    assert len(office.taken) == 1


def test_a_certificate_that_nobody_vouches_for_is_refused(settings: Settings, tmp_path: Path) -> None:
    context, _ = post_office.certificate(tmp_path)
    office = Office()
    with open_office(office, tls_context=context, require_starttls=True) as port:
        _use(settings, f"smtp+tls://{HERE}:{port}")
        with pytest.raises(MailNotSent, match="certificate cannot be trusted: self-signed"):
            _send()
    assert office.taken == []


def test_a_server_that_asks_for_tls_or_has_none_is_told_apart(settings: Settings, tmp_path: Path) -> None:
    context, _ = post_office.certificate(tmp_path)
    with open_office(Office(), tls_context=context, require_starttls=True) as port:
        _use(settings, f"smtp://{HERE}:{port}")
        with pytest.raises(MailNotSent, match=r"refused: 530 .*STARTTLS"):
            _send()
    with open_office(Office()) as port:
        _use(settings, f"smtp+tls://{HERE}:{port}")
        with pytest.raises(MailNotSent, match="lacks what we need: STARTTLS"):
            _send()


@pytest.mark.parametrize(
    ("office", "user", "why"),
    [
        (Office(recipient="550 no such person"), "", "does not take mail for this address: 550 no such person"),
        (Office(recipient="451 come back later"), "", "does not take mail for this address: 451 come back later"),
        (Office(data="554 this is spam"), "", "refused: 554 this is spam"),
        (Office(), "ada:wrong@", "refused the user name or password: 535"),
    ],
)
def test_what_the_server_says_is_told(settings: Settings, office: Office, user: str, why: str) -> None:
    with open_office(office, auth_require_tls=False) as port:
        _use(settings, f"smtp://{user}{HERE}:{port}")
        with pytest.raises(MailNotSent, match=why):
            _send()
    assert office.taken == []


@pytest.mark.parametrize(
    ("behave", "why"),
    [
        (post_office.silent, "did not answer in time"),
        (post_office.dripping, "did not answer in time"),
        (post_office.ending_midway, "ended the conversation before it took the message"),
        (post_office.babbling, r"^The mail server refused: 554 \[31mgo away x{1,200}$"),
    ],
)
def test_a_bad_server_never_keeps_anyone(settings: Settings, behave: Callable[[socket.socket], None], why: str) -> None:
    began = time.monotonic()
    with odd_office(behave) as port:
        _use(settings, f"smtp://{HERE}:{port}")
        with pytest.raises(MailNotSent, match=why):
            _send()
    assert time.monotonic() - began < WITHIN + 0.5


def test_how_the_server_parts_changes_nothing(settings: Settings) -> None:
    with odd_office(post_office.never_parting) as port:
        _use(settings, f"smtp://{HERE}:{port}")
        began = time.monotonic()
        _send()
    assert time.monotonic() - began < WITHIN


def test_nobody_there(settings: Settings) -> None:
    _use(settings, f"smtp://{HERE}:{post_office.free_port()}")
    with pytest.raises(MailNotSent, match="cannot be reached: Connection refused"):
        _send()
