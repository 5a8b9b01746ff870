"""Why an hour is not counted: every entry with where it counts and why not."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cecto.audits.queries import audit_enrollment, enrollments_to_audit
from cecto.audits.reckoning import Reckoned, reckon
from cecto.ledger.actions import Fact, post
from cecto.ledger.activities import ActivityFacts
from cecto.ledger.models import Entry
from cecto.people.actions import add_email, create_account
from tests.access.browsers import browser_of, signed_in
from tests.audits import story
from tests.audits.story import BEFORE, BY, NEXT_DAY

pytestmark = pytest.mark.django_db


def _reckoned(told: story.Story, on: date = date(2015, 8, 12)) -> list[Reckoned]:
    ana = enrollments_to_audit().get(pk=told.ana.pk)
    return reckon(audit_enrollment(ana, true_on=on, known_at=NEXT_DAY))


def test_an_entry_counts_for_each_requirement_that_takes_it() -> None:
    told = story.tell()
    told.attend()
    found = _reckoned(told)
    assert [(one.entry.activity.title, one.counts) for one in found] == [("Afternoon", True), ("Morning", True)]
    assert all(one.counts_for.startswith("3\xa0h for Nine hours of instruction") for one in found)
    assert sum("A session with your superintendent" in one.counts_for for one in found) >= 1


def test_an_absence_says_so() -> None:
    told = story.tell()
    told.attend(absent=(told.ana.person,))
    assert [(one.counts, "Nine hours of instruction" in one.because) for one in _reckoned(told)] == [(False, True)] * 2


def test_what_no_program_has_words_for_says_so() -> None:
    told = story.tell()
    foreign = ActivityFacts(title="A day elsewhere", kind="study", item_code="elsewhere", facets={})
    fact = Fact(told.ana.person_id, foreign, Entry.Kind.RECOGNIZED, date(2015, 8, 11), 60, 60)
    post([fact], source="study:elsewhere", by=BY, at=BEFORE)
    (one,) = _reckoned(told)
    assert one.counts or one.because


def test_what_came_later_had_not_happened_yet() -> None:
    told = story.tell()
    told.attend()
    assert {one.because for one in _reckoned(told, on=date(2015, 8, 10))} == {"It had not happened yet on that day."}


def _own_browser(told: story.Story) -> Client:
    add_email(person=told.ana.person, address="ana@example.org", by=BY, at=BEFORE)
    create_account(person=told.ana.person, by=BY, at=BEFORE)
    return browser_of(told.ana.person)


def test_staff_and_the_participant_read_the_same(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    told = story.tell()
    told.attend(absent=(told.ana.person,))
    pages = [
        signed_in("coordinator", "cecto").get(reverse("audits:entries", args=[told.ana.key])),
        _own_browser(told).get(reverse("portal:entries", args=[told.ana.key])),
    ]
    assert [len(page.context["table"].rows) for page in pages] == [2, 2]
    assert all("2 entries count for nothing" in " ".join(page.content.decode().split()) for page in pages)


def test_only_what_counts_for_nothing_is_shown_and_downloaded() -> None:
    told = story.tell()
    told.attend()
    browser = signed_in("coordinator", "cecto")
    address = reverse("audits:entries", args=[told.ana.key])
    assert [len(browser.get(address, words).context["table"].rows) for words in ({}, {"only": "uncounted"})] == [2, 0]
    assert browser.get(address, {"download": "csv"}).content.decode().count("Nine hours of instruction") == 2
