"""Giving out one piece of work by hand."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from cecto.classes.models import Cohort
from cecto.coursework.models import Item
from tests.classes import made as classes
from tests.classes.browsing import browser, words_of

pytestmark = pytest.mark.django_db

WORK = {
    "title": "A reading",
    "code": "reading-1",
    "kind": "assignment",
    "minutes": "90",
    "modality": "async",
    "competency": "legal",
    "due_on": "2015-10-01",
    "tags": "joint",
    "tracks": [classes.LEADER],
}


@pytest.fixture
def cohort() -> Cohort:
    return classes.worded()


@pytest.fixture
def client(cohort: Cohort) -> Client:
    return browser()


def page(cohort: Cohort) -> str:
    return f"/console/classes/{cohort.key}/work/add/"


def test_work_is_given_out(client: Client, cohort: Cohort) -> None:
    answer = client.post(page(cohort), WORK)
    assert (answer.status_code, answer["Location"]) == (302, f"/console/classes/{cohort.key}/work/")
    found = Item.objects.get()
    assert (found.title, found.minutes, found.competency, found.due_on, found.accepted_until) == (
        "A reading",
        90,
        "legal",
        date(2015, 10, 1),
        None,
    )
    assert (found.tags, found.tracks, found.required) == (["joint"], [classes.LEADER], False)


def test_a_code_that_is_taken_and_a_day_outside_the_class_are_refused(client: Client, cohort: Cohort) -> None:
    client.post(page(cohort), WORK)
    taken = client.post(page(cohort), WORK)
    outside = client.post(page(cohort), WORK | {"code": "x", "due_on": "2017-01-01"})
    assert (taken.status_code, outside.status_code) == (422, 422)
    assert "has work “reading-1” already." in words_of(taken.content)
    assert "is due on 2017-01-01, outside" in words_of(outside.content)
    assert Item.objects.count() == 1


def test_a_class_without_work_leads_here(client: Client, cohort: Cohort) -> None:
    assert page(cohort) in client.get(f"/console/classes/{cohort.key}/work/").content.decode()
