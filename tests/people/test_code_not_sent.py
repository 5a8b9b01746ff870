"""Who waits for a code that could not be sent is told, soon, and whoever they are in the same words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import Settings

from cecto.foundation.journal.actor import Actor
from cecto.people import actions
from tests.foundation import post_office
from tests.foundation.post_office import HERE, Office, odd_office, open_office

AT = datetime(2015, 8, 1, 12, 0, tzinfo=UTC)
BY = Actor.command("test")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _someone(settings: Settings) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "cecto.foundation.mail.Server", HERE
    settings.EMAIL_TIMEOUT = 1
    person = actions.add_person(name="Ada Núñez", email="ada@example.org", by=BY, at=AT)
    actions.create_account(person=person, by=BY, at=AT)


@pytest.mark.parametrize("address", ["ada@example.org", "stranger@example.org"])
def test_the_page_says_so(client: Client, settings: Settings, address: str) -> None:
    with odd_office(post_office.silent) as settings.EMAIL_PORT:
        answer = client.post("/account/login/", {"login": address})
    assert answer.status_code == 503
    assert "We couldn’t email your code" in answer.content.decode()
    assert client.get("/account/login/code/confirm/").status_code == 302


def test_another_code_that_fails_leaves_the_first_one_good(client: Client, settings: Settings) -> None:
    office = Office()
    with open_office(office) as settings.EMAIL_PORT:
        client.post("/account/login/", {"login": "ada@example.org"})
    answer = client.post("/account/login/code/confirm/", {"action": "resend"})
    assert answer.status_code == 503
    (envelope,) = office.taken
    assert isinstance(envelope.content, bytes)
    code = next(line.strip() for line in envelope.content.decode().splitlines() if line.startswith("    "))
    assert client.post("/account/login/code/confirm/", {"code": code}).headers["Location"] == "/start/"
