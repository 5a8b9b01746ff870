"""`CECTO_MAIL` and `CECTO_MAIL_FROM` are understood, or refused in one sentence that never shows the password."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.config.mail_settings import BadMailSetting, MailRoute, mail_route, mail_sender

HOME = Path("/home/cecto")


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("", MailRoute(folder=HOME / "mail")),
        ("file://", MailRoute(folder=HOME / "mail")),
        ("file:///srv/mail%20here", MailRoute(folder=Path("/srv/mail here"))),
        ("smtp://localhost", MailRoute(host="localhost", port=25)),
        ("smtp://relay.example.org:2525", MailRoute(host="relay.example.org", port=2525)),
        ("smtp://mail_relay:25/", MailRoute(host="mail_relay", port=25)),
        ("smtp://[::1]:1025", MailRoute(host="::1", port=1025)),
        ("smtp://u:p@127.0.0.1:1025", MailRoute(host="127.0.0.1", port=1025, user="u", password="p")),
        ("smtp+tls://mail.example.org", MailRoute(host="mail.example.org", port=587, tls=True)),
        (
            "smtp+tls://us%40er:p%2F%23%3Ass@mail.example.org:465",
            MailRoute(host="mail.example.org", port=465, user="us@er", password="p/#:ss", tls=True),
        ),
    ],
)
def test_what_is_understood(text: str, route: MailRoute) -> None:
    assert mail_route(text, home=HOME) == route


def test_port_465_speaks_tls_at_once_and_others_turn_to_it() -> None:
    at_once, later = (mail_route(f"smtp+tls://m.example.org:{port}", home=HOME) for port in (465, 587))
    assert (at_once.tls_at_once, at_once.starttls) == (True, False)
    assert (later.tls_at_once, later.starttls) == (False, True)


@pytest.mark.parametrize(
    "text",
    [
        "mail.example.org",
        "smtps://mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://:25",
        "smtp://mail.example.org:0",
        "smtp://mail.example.org:99999",
        "smtp://mail.example.org:smtp",
        "smtp://mail.example.org/path",
        "smtp://mail.example.org?tls=1",
        "smtp+tls://u:secret#1@mail.example.org",
        "smtp+tls://u:secret/1@mail.example.org",
        "smtp+tls://u:secret?1@mail.example.org",
        "smtp+tls://u:secret%FF@mail.example.org",
        "smtp+tls://u:secret%0Ax@mail.example.org",
        "smtp+tls://u:secrät@mail.example.org",
        "smtp+tls://u:secret x@mail.example.org",
        "smtp+tls://[u:secret@mail.example.org",
        "smtp+tls://secret@mail.example.org",
        "smtp+tls://:secret@mail.example.org",
        "smtp://u:secret@mail.example.org",
        "smtp://mail..\n.example.org",
        "file://elsewhere/srv/mail",
        "file:///srv/mail#x",
    ],
)
def test_what_is_refused_in_one_sentence_without_the_password(text: str) -> None:
    with pytest.raises(BadMailSetting) as refused:
        mail_route(text, home=HOME)
    sentence = str(refused.value)
    assert sentence.startswith("CECTO_MAIL ")
    assert "secr" not in sentence
    assert sentence.count(". ") == 0
    assert "\n" not in sentence


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_password_comes_through_percent_encoded(password: str) -> None:
    url = f"smtp+tls://cecto:{quote(password, safe='')}@mail.example.org"
    assert mail_route(url, home=HOME).password == password


@given(st.text())
def test_whatever_is_written_is_a_route_or_a_sentence(text: str) -> None:
    for begin in ["", "smtp://", "smtp+tls://", "file://"]:
        try:
            mail_route(begin + text, home=HOME)
        except BadMailSetting as refused:
            assert str(refused).startswith("CECTO_MAIL ")  # noqa: PT017 - either is right


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("", "CeCTO <no-reply@cecto.example.org>"),
        ("cecto@example.org", "cecto@example.org"),
        ("CeCTO program <cecto@example.org>", "CeCTO program <cecto@example.org>"),
        ('"SOG, Center" <cecto@example.org>', '"SOG, Center" <cecto@example.org>'),
        ("SOG, Center <cecto@example.org>", '"SOG, Center" <cecto@example.org>'),
        ("Núñez <cecto@example.org>", '"Núñez" <cecto@example.org>'),
    ],
)
def test_who_mail_is_from(text: str, sender: str) -> None:
    assert mail_sender(text, site_host="cecto.example.org") == sender


@pytest.mark.parametrize(
    "text", ["nobody", "a@b.example, c@d.example", "X <a@b.example>\nBcc: c@d.example", "<>", "A\nB <a@b.example>"]
)
def test_who_mail_cannot_be_from(text: str) -> None:
    with pytest.raises(BadMailSetting, match=r"^CECTO_MAIL_FROM must be one email address"):
        mail_sender(text, site_host="cecto.example.org")


def test_a_site_without_a_name_sends_from_localhost() -> None:
    assert mail_sender("", site_host="127.0.0.1") == "CeCTO <no-reply@localhost>"
