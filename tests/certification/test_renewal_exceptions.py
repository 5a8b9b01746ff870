"""Exceptions on what a renewal asks, by page and by command: each reaches one cycle, and no signed one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client

from cecto.audits.models import ExceptionGrant
from cecto.classes.models import Enrollment
from cecto.credentials.models import CredentialVersion
from cecto.credentials.renewing.queries import case_of
from cecto.people.actions import create_account, grant_role
from cecto.people.models import Person, Role
from cecto.programs.drafts import Draft
from tests.access.browsers import browser_of
from tests.classes.browsing import words_of
from tests.credentials.made import AT, BY
from tests.credentials.renewing.made import OFFICER, awarded, officer, studied
from tests.credentials.renewing.test_renewing import renewed
from tests.programs import texts

pytestmark = pytest.mark.django_db
IN_TIME = datetime(2018, 12, 3, 17, tzinfo=UTC)
MAY = "waivable: {by: certification-officer}"


@pytest.fixture(autouse=True)
def _excusable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped CETL, whose officer may grant exceptions on what recertification asks."""
    shipped = texts.shipped_draft

    def draft(name: str) -> Draft:
        found = shipped(name)
        words = found.text.replace("title: Recertification\n", f"title: Recertification\n    {MAY}\n").replace(
            "from: activities, at_least: 60h", f"from: activities, at_least: 60h, {MAY}"
        )
        return found.__class__(found.name, words, found.examples)

    monkeypatch.setattr("tests.credentials.renewing.made.shipped_draft", draft)


def signer() -> tuple[Person, Client]:
    found = officer()
    create_account(person=found, by=BY, at=AT)
    grant_role(person=found, role=Role.OFFICER, program_code="cetl", by=BY, at=AT)
    return found, browser_of(found)


def of(version: CredentialVersion) -> Enrollment:
    return version.credential.decision.enrollment


def standing(version: CredentialVersion, on: date) -> str:
    found = case_of(version.credential, true_on=on, known_at=datetime(2031, 1, 1, tzinfo=UTC))
    assert found is not None
    return found.word


def test_the_renewals_page_leads_to_an_exception_that_reaches_its_cycle_alone() -> None:
    version = awarded()
    who, (_, browser) = of(version), signer()
    with time_machine.travel(IN_TIME, tick=False):
        page = browser.get(f"/console/enrollments/{who.key}/renewal/").content.decode()
        address = f"/console/enrollments/{who.key}/renewal/1/exceptions/recertification/"
        assert address in page
        assert (
            browser.get(f"/console/enrollments/{who.key}/exceptions/recertification/", follow=True).status_code == 200
        )
        assert "renewal cycle 1" in words_of(browser.get(address).content)
        answer = browser.post(address, {"kind": "waive", "office": OFFICER, "reason": "Parental leave"})
        assert answer.status_code == 302
        assert "Waived" in words_of(browser.get(answer["Location"]).content)
    assert ExceptionGrant.objects.get().cycle == 1
    assert standing(version, date(2018, 12, 4)) == "ready to renew"
    found = case_of(version.credential, true_on=date(2022, 3, 1), known_at=datetime(2031, 1, 1, tzinfo=UTC))
    assert found is not None
    assert (found.cycle, found.renewable_until, len(found.left)) == (1, date(2022, 6, 15), 2)


def test_a_signed_cycle_a_coming_one_and_one_past_its_limit_are_refused_on_the_page() -> None:
    version = awarded()
    studied(version)
    person, browser = signer()
    renewed(version, signer=person)
    form = {"kind": "waive", "office": OFFICER, "reason": "Parental leave"}
    address = f"/console/enrollments/{of(version).key}/renewal/{{}}/exceptions/recertification/"
    for now, cycle, why in (
        (datetime(2019, 1, 9, tzinfo=UTC), 1, "Cycle 1 was signed on December 3, 2018."),
        (datetime(2019, 1, 9, tzinfo=UTC), 2, "Cycle 2 begins on June 15, 2019."),
        (datetime(2023, 8, 14, 12, tzinfo=UTC), 2, "Cycle 2 could be settled until August 13, 2023."),
    ):
        with time_machine.travel(now, tick=False):
            answer = browser.post(address.format(cycle), form)
        assert answer.status_code == 422
        assert why in words_of(answer.content)
    assert not ExceptionGrant.objects.exists()


def granted(*more: str) -> str:
    out = StringIO()
    said = ["--class", "cosn-cetl-2023", "--as", "dana@example.org", "--office", OFFICER, "--reason", "Leave"]
    call_command("exception", "grant", *said, "--person", "Consuelo", *more, stdout=out)
    return out.getvalue()


def test_the_command_takes_the_cycle_that_decides_and_the_last_day() -> None:
    version = awarded()
    signer()
    with time_machine.travel(datetime(2019, 6, 20, 12, tzinfo=UTC), tick=False):
        out = granted("--on", "hours", "--kind", "lower", "--hours", "10")
        assert "60 hours of professional activities, renewal cycle 1" in out
        with pytest.raises(CommandError, match="already ends on June 14, 2019"):
            granted("--on", "hours", "--kind", "extend", "--until", "2019-06-14")
        granted("--on", "hours", "--kind", "extend", "--until", "2019-07-01")
    assert ExceptionGrant.objects.get(kind="extend").until == date(2019, 7, 2)
    studied(version, 10, on=date(2019, 7, 1), at=datetime(2019, 7, 1, 20, tzinfo=UTC))
    found = case_of(version.credential, true_on=date(2019, 7, 1), known_at=datetime(2031, 1, 1, tzinfo=UTC))
    assert found is not None
    assert found.renewable_until == date(2022, 6, 15)
