"""The doctor finds what was broken on purpose, and nothing in a home that was just made."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from pytest_django import Settings

from cecto.attendance.actions import keep_signed_sheet
from cecto.config.doctor import Level, examine
from cecto.config.mail_settings import MailRoute
from cecto.credentials.actions import escrow_passphrase
from cecto.foundation import evidence
from cecto.foundation.journal.actor import Actor
from cecto.foundation.papers import Paper
from cecto.people.actions import add_person, grant_role
from cecto.people.models import Role
from tests.audits import story
from tests.credentials import made

pytestmark = pytest.mark.django_db
AT = datetime(2015, 8, 1, tzinfo=UTC)
BY = Actor.command("test")


def _made() -> None:
    call_command("init", verbosity=0)
    person = add_person(name="Ada Núñez", email="ada@example.org", by=BY, at=AT)
    grant_role(person=person, role=Role.ADMINISTRATOR, by=BY, at=AT)


def _ids() -> list[str]:
    return [finding.id for finding in examine()]


def test_a_fresh_home_lacks_only_a_mail_server_an_administrator_and_perhaps_an_issuer() -> None:
    call_command("init", verbosity=0)
    assert [one for one in _ids() if one not in {"D10", "D01"}] == ["D17", "D13"]


def test_a_guard_that_was_dropped_is_found_and_the_command_fails() -> None:
    _made()
    name = "ledger_entry_no_update"
    with connection.cursor() as cursor:
        on = ' ON "ledger_entry"' if connection.vendor == "postgresql" else ""
        cursor.execute(f'DROP TRIGGER "{name}"{on}')
    assert "D06" in _ids()
    with pytest.raises(CommandError, match="must be mended"):
        call_command("doctor")


@pytest.mark.parametrize(
    ("mail", "demo", "found"),
    [
        (MailRoute(folder=Path("/srv/mail")), False, ["D17"]),
        (MailRoute(folder=Path("/srv/mail")), True, []),
        (MailRoute(host="mail.example.org", port=25), False, []),
    ],
)
def test_mail_that_reaches_nobody_is_an_error_outside_the_demo(
    settings: Settings, mail: MailRoute, demo: bool, found: list[str]
) -> None:
    call_command("init", verbosity=0)
    settings.CECTO_MAIL, settings.CECTO_DEMO = mail, demo
    settings.DEFAULT_FROM_EMAIL = "CeCTO <no-reply@cecto.example.org>"
    errors = [finding for finding in examine() if finding.id == "D17"]
    assert [finding.id for finding in errors if finding.level is Level.ERROR] == found


def test_every_finding_says_what_it_is_and_what_to_do() -> None:
    call_command("init", verbosity=0)
    found = examine()
    assert found
    assert all(len(finding.message) > 20 and len(finding.hint) > 10 for finding in found)


def test_a_passphrase_that_nobody_else_holds_is_told() -> None:
    _made()
    made.key()
    assert "D16" in _ids()
    escrow_passphrase(passphrase=made.PASSPHRASE, by=BY, at=AT)
    assert "D16" not in _ids()


def test_a_signed_sheet_whose_file_is_gone_is_found() -> None:
    paper = Paper(b"%PDF-1.7 signed", "signed.pdf")
    kept = keep_signed_sheet(meeting=story.tell().opening, paper=paper, by=BY, at=AT).sheet
    assert "D08" not in _ids()
    evidence.erase(kept.sha256)
    assert "D08" in _ids()
