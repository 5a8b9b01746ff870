"""From a cell of the class grid to the entries behind it, and from an entry to where it comes from."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from cecto.audits.addresses import record_at
from cecto.audits.queries import audit_enrollment, enrollments_to_audit
from cecto.people.models import Role
from tests.audits import story
from tests.audits.story import EVENING, FIRST_DAY, NEXT_DAY
from tests.classes.browsing import browser

pytestmark = pytest.mark.django_db


def _page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def test_a_cell_leads_to_its_requirement_unfolded_for_the_dates_that_were_asked_for() -> None:
    told = story.tell()
    told.attend()
    client = browser()
    grid = _page(client, f"/console/classes/{told.cohort.key}/?true_on=2015-08-11&known_on=2015-08-12")
    href = record_at(told.ana.key, "hours", {"true_on": "2015-08-11", "known_on": "2015-08-12"})
    assert f'<a href="{href}">' in grid
    record = _page(client, href.partition("#")[0])
    assert re.search(r'id="hours".*?<details[^>]* open>.*?id="joint"', record, re.DOTALL)
    assert "This is where things stood on August 11, 2015." in record


def test_without_a_requirement_nothing_is_unfolded() -> None:
    told = story.tell()
    told.attend()
    record = _page(browser(), record_at(told.ana.key))
    assert " open>" not in record
    assert "This is where things stood" not in record


def test_an_entry_leads_to_its_session_for_who_runs_it_and_to_the_schedule_for_officers() -> None:
    told = story.tell()
    told.attend()
    roster = f"/console/sessions/{told.opening.key}/attendance/people/{told.ana.person.key}/"
    schedule = f"/console/classes/{told.cohort.key}/schedule/"
    coordinator, officer = browser(), browser(Role.OFFICER)
    for path in (record_at(told.ana.key), f"{record_at(told.ana.key)}entries/"):
        assert f'href="{roster}"' in _page(coordinator, path)
        assert f'href="{schedule}#session-{told.opening.key}"' in _page(officer, path)
    assert coordinator.get(roster).status_code == 200
    assert f'id="session-{told.opening.key}"' in _page(officer, schedule)


def test_what_would_help_next_is_called_by_the_title_of_the_session() -> None:
    told = story.tell()
    ana = enrollments_to_audit().get(pk=told.ana.pk)
    hours = audit_enrollment(ana, true_on=FIRST_DAY, known_at=EVENING).audit.root.find("hours")
    assert [closer.title for closer in hours.closers] == ["Opening"]
    told.attend()
    entries = audit_enrollment(ana, true_on=FIRST_DAY, known_at=NEXT_DAY).facts.entries
    assert [entry.activity.title for entry in entries] == ["Morning", "Afternoon"]
