"""What holds for every answer: HEAD as GET, nothing kept of what was shown to someone, 503 when writers are held up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from cecto.config import answering
from cecto.config.sqlite_in_turn.base import DatabaseWrapper
from cecto.foundation import clock
from cecto.people.models import Account, Person

PUBLIC = ["/", "/verify/", "/account/login/", "/nowhere/", "/.well-known/did.json"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_head_is_answered_as_get(client: Client, address: str) -> None:
    got, asked = client.get(address), client.head(address)
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    assert asked["Content-Type"] == got["Content-Type"]


def signed_in() -> Client:
    client = Client()
    person = Person.objects.create(name="Ada Li", sort_name="Li", created_at=clock.now())
    client.force_login(
        Account.objects.create(email="ada@lake.example", person=person), settings.AUTHENTICATION_BACKENDS[0]
    )
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/start/", "/my/", "/nowhere/", "/console/"])
def test_what_someone_signed_in_is_shown_is_kept_nowhere(address: str) -> None:
    assert "no-store" in signed_in().get(address)["Cache-Control"]


@pytest.mark.django_db
def test_what_is_public_may_be_kept(client: Client) -> None:
    assert "no-store" not in client.get("/").get("Cache-Control", "")


@contextmanager
def another_process_writing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It has the database and does not come to an end; whoever waits here gives up after a twentieth of a second."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    other = connection.copy()
    other.connect()
    other.connection.execute("BEGIN IMMEDIATE")
    connection.cursor().execute("PRAGMA busy_timeout = 50")
    yield
    other.close()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has many writers")
@pytest.mark.django_db(transaction=True)
def test_who_waited_too_long_is_told_that_nothing_was_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in()
    with another_process_writing(monkeypatch):
        assert client.get("/my/").status_code == 200
        refused = client.post("/account/logout/")
    assert (refused.status_code, refused["Retry-After"], refused["Cache-Control"]) == (503, "5", "no-store")
    assert "Nothing was changed" in refused.content.decode()
    assert client.post("/account/logout/").status_code == 302


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has many writers")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", [*PUBLIC, "/verify/?code=A1GN-RTDS-HB7W", "/registry/", "/classes/"])
def test_who_only_reads_waits_for_no_writer(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    with another_process_writing(monkeypatch):
        monkeypatch.setattr(DatabaseWrapper, "_begin_within", _nobody_waits)
        assert Client().get(address).status_code in {200, 302, 404}


def _nobody_waits(_: DatabaseWrapper, seconds: float) -> None:
    raise AssertionError(f"a page that is only read would wait for {seconds} s")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has many writers")
@pytest.mark.django_db(transaction=True)
def test_an_attempt_that_cannot_be_counted_is_refused_and_waits_once(
    monkeypatch: pytest.MonkeyPatch, mailoutbox: list[object]
) -> None:
    client = Client()
    with another_process_writing(monkeypatch):
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.5)
        started = time.monotonic()
        refused = client.post("/account/login/", {"email": "ada@lake.example"})
        waited = time.monotonic() - started
    assert (refused.status_code, refused["Retry-After"], mailoutbox) == (503, "5", [])
    assert 0.5 <= waited < 1
    assert client.post("/account/login/", {"email": "ada@lake.example"}).status_code in {200, 302}


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has many writers")
@pytest.mark.django_db(transaction=True)
def test_all_transactions_of_a_request_wait_as_long_as_one(monkeypatch: pytest.MonkeyPatch, rf: RequestFactory) -> None:
    def stubborn(_: HttpRequest) -> HttpResponse:
        for _attempt in range(5):
            with suppress(OperationalError), transaction.atomic():
                pass
        return HttpResponse("saved")

    with another_process_writing(monkeypatch):
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.2)
        started = time.monotonic()
        assert answering.waits_once(stubborn)(rf.post("/")).status_code == 503
        assert 0.2 <= time.monotonic() - started < 0.6
    assert answering.waits_once(stubborn)(rf.post("/")).status_code == 200


def test_an_error_outside_a_page_is_told_apart(rf: RequestFactory) -> None:
    answers = {}
    for error in (OperationalError("database is locked"), OperationalError("no such table"), ValueError("locked")):
        try:
            raise error
        except Exception:
            answers[str(error)] = answering.server_error(rf.get("/")).status_code
    assert answers == {"database is locked": 503, "no such table": 500, "locked": 500}
