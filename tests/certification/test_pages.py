"""The docket as officers see it: tables whose rows fit their headings, and forms that do what they say."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from cecto.certification.models import Decision, Signature
from cecto.people.actions import add_email, create_account, grant_role
from cecto.people.models import Person, Role
from tests.audits import story
from tests.audits.story import BEFORE, BY

pytestmark = pytest.mark.django_db
LATER = datetime(2015, 9, 1, 10, tzinfo=UTC)


def _officer(office: str) -> tuple[Person, Client]:
    person = story.officer(office.title(), office)
    add_email(person=person, address=f"{office}@example.org", by=BY, at=BEFORE)
    account = create_account(person=person, by=BY, at=BEFORE)
    grant_role(person=person, role=Role.OFFICER, program_code="cecto", by=BY, at=BEFORE)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return person, client


def test_every_row_of_the_docket_has_as_many_cells_as_its_heading() -> None:
    told = story.tell()
    told.attend(absent=(told.ana.person,))
    _, client = _officer("program-director")
    page = client.get(f"/console/classes/{told.cohort.key}/docket/").content.decode()
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert tables
    for table in tables:
        head, *rows = re.findall(r"<tr>.*?</tr>", table, re.DOTALL)
        assert {len(re.findall(r"<t[hd]", row)) for row in rows} == {len(re.findall("<th", head))}


def test_proposing_and_signing_from_the_page() -> None:
    told = story.tell()
    told.attend()
    person, client = _officer("program-director")
    docket = f"/console/classes/{told.cohort.key}/docket/"
    (choice,) = re.findall(r'name="chosen" value="([^"]+)"', client.get(docket).content.decode())
    assert client.post(f"{docket}proposals/", {"chosen": choice}).status_code == 302
    decision = Decision.objects.get()
    assert decision.enrollment == told.sue
    (waiting,) = re.findall(r'name="chosen" value="([^"]+)"', client.get(docket).content.decode())
    assert client.post(f"{docket}signatures/", {"chosen": waiting}).status_code == 302
    assert Signature.objects.get().person == person


def test_choosing_nobody_or_a_stale_audit_changes_nothing() -> None:
    told = story.tell()
    told.attend()
    _, client = _officer("program-director")
    docket = f"/console/classes/{told.cohort.key}/docket/"
    page = client.post(f"{docket}proposals/", {}, follow=True).content.decode()
    assert "Choose at least one person" in page
    page = client.post(f"{docket}proposals/", {"chosen": f"{told.sue.key} {'0' * 64}"}, follow=True).content.decode()
    assert "has changed since you looked at it" in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize(("at", "told_of_it"), [(datetime(2015, 8, 11, 10, tzinfo=UTC), True), (LATER, False)])
def test_who_finds_nobody_to_propose_is_told_of_proposing_ahead_of_a_session(at: datetime, told_of_it: bool) -> None:
    told = story.tell()
    with time_machine.travel(at, tick=False):
        _, client = _officer("program-director")
        page = client.get(f"/console/classes/{told.cohort.key}/docket/").content.decode()
    assert ("choose it above" in page) is told_of_it
