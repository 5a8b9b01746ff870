"""Issuing a class from its page: at once, or a few at a time with the progress shown."""

from __future__ import annotations

import re

import pytest
from django.conf import LazySettings
from django.test import Client

from cecto.classes.models import Cohort
from cecto.credentials import issuing
from cecto.credentials.models import CredentialVersion
from tests.classes.browsing import browser, words_of
from tests.credentials import made
from tests.credentials.made import PASSPHRASE

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _passphrase(settings: LazySettings) -> None:
    settings.CECTO_KEY_PASSPHRASE = PASSPHRASE


def certified(people: int) -> Cohort:
    made.key()
    decisions = [made.decision(f"Ana {chr(65 + number)}li") for number in range(people)]
    return decisions[0].enrollment.cohort


def page_of(cohort: Cohort) -> str:
    return f"/console/classes/{cohort.key}/certificates/"


def fields(html: str) -> dict[str, list[str]]:
    """The hidden fields that a page sends with its next request."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="(total|refused)" value="([^"]*)"', html):
        found.setdefault(name, []).append(value)
    return found


def steps(staff: Client, cohort: Cohort, sent: dict[str, list[str]]) -> list[str]:
    """What htmx is answered until it asks no more: each progress, then where it is led."""
    for _ in range(10):
        answer = staff.post(f"{page_of(cohort)}issue/", sent, headers=HTMX)
        if "HX-Redirect" in answer.headers:
            return [answer.headers["HX-Redirect"]]
        html = answer.content.decode()
        return [words_of(answer.content), *steps(staff, cohort, fields(html))]
    return []


def test_without_scripts_a_class_is_issued_in_one_request() -> None:
    cohort, staff = certified(issuing.STEP + 1), browser()
    assert f"Issue {issuing.STEP + 1} certificates" in words_of(staff.get(page_of(cohort)).content)
    said = staff.post(f"{page_of(cohort)}issue/", follow=True)
    assert f"{issuing.STEP + 1} certificates issued." in words_of(said.content)
    assert CredentialVersion.objects.count() == issuing.STEP + 1


def test_a_few_at_a_time_tell_how_far_it_is() -> None:
    cohort, staff = certified(2 * issuing.STEP + 1), browser()
    *progress, end = steps(staff, cohort, fields(staff.get(page_of(cohort)).content.decode()))
    assert [re.findall(r"\d+ of \d+", words)[0] for words in progress] == ["4 of 9", "8 of 9"]
    assert end == page_of(cohort)
    assert "9 certificates issued." in words_of(staff.get(end).content)
    assert CredentialVersion.objects.count() == 2 * issuing.STEP + 1


def test_left_half_way_the_rest_waits_and_nothing_is_issued_twice() -> None:
    cohort, staff = certified(issuing.STEP + 1), browser()
    staff.post(f"{page_of(cohort)}issue/", {"total": issuing.STEP + 1}, headers=HTMX)
    assert CredentialVersion.objects.count() == issuing.STEP
    assert "Issue 1 certificate" in words_of(staff.get(page_of(cohort)).content)
    said = staff.post(f"{page_of(cohort)}issue/", follow=True)
    assert "1 certificate issued." in words_of(said.content)
    assert CredentialVersion.objects.count() == issuing.STEP + 1


def test_what_is_refused_is_told_once_and_does_not_hold_up_the_rest() -> None:
    cohort, staff = certified(issuing.STEP + 2), browser()
    # No typeface that certificates are printed with has this letter.
    first = cohort.enrollments.order_by("person__sort_name")[0].person
    first.name = "Ana \U00013000"
    first.save(update_fields=["name"])
    *progress, end = steps(staff, cohort, {"total": ["6"]})
    assert len(progress) == 1
    told = words_of(staff.get(end).content)
    assert told.count("\U00013000") >= 1
    assert "5 certificates issued." in told
    assert CredentialVersion.objects.count() == issuing.STEP + 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_without_the_passphrase_nothing_is_signed(settings: LazySettings, headers: dict[str, str]) -> None:
    cohort, staff = certified(1), browser()
    settings.CECTO_KEY_PASSPHRASE = "wrong"
    staff.post(f"{page_of(cohort)}issue/", headers=headers)
    assert "CECTO_KEY_PASSPHRASE" in words_of(staff.get(page_of(cohort)).content)
    assert CredentialVersion.objects.count() == 0
