"""Beginning a class on its page."""

from __future__ import annotations

import pytest
from django.test import Client

from cecto.classes.models import Cohort
from cecto.people.actions import grant_role
from cecto.people.models import Role
from cecto.programs import actions
from cecto.programs.models import Definition
from tests.classes import made
from tests.classes.browsing import browser, words_of
from tests.programs.texts import AT, BY, definition_text, draft, published

pytestmark = pytest.mark.django_db

PAGE = "/console/new-class/"


@pytest.fixture
def director() -> Definition:
    return published("cecto", made.DIRECTOR)


def sent(*definitions: Definition, **more: str) -> dict[str, object]:
    words = {"code": "cecto-2017", "name": "Class of 2017", "first_day": "2016-08-10", "last_day": "2017-06-20"}
    return {"program": "cecto", "tracks": [one.key for one in definitions], **words, **more}


def test_a_class_begins_with_its_tracks(director: Definition) -> None:
    leader = published("cecto", made.LEADER)
    answer = browser().post(PAGE, sent(director, leader))
    cohort = Cohort.objects.get(code="cecto-2017")
    assert (answer.status_code, answer["Location"]) == (302, f"/console/classes/{cohort.key}/people/")
    assert list(cohort.tracks.values_list("track", "title", "definition")) == [
        (made.DIRECTOR, director.title, director.pk),
        (made.LEADER, leader.title, leader.pk),
    ]


def test_a_track_of_another_program_is_refused_and_nothing_is_written(director: Definition) -> None:
    other = published("cgcio", "cio")
    who = made.person("Cora Coordinator")
    client = browser(who=who)
    grant_role(person=who, role=Role.COORDINATOR, program_code="cgcio", by=made.BY, at=made.AT)
    answer = client.post(PAGE, sent(director, other))
    assert answer.status_code == 422
    assert f"{other.title} is not a track of" in words_of(answer.content)
    assert Cohort.objects.count() == 0


def test_a_code_that_is_taken_and_days_that_cannot_be_are_refused(director: Definition) -> None:
    client = browser()
    client.post(PAGE, sent(director))
    taken = words_of(client.post(PAGE, sent(director)).content)
    backward = words_of(client.post(PAGE, sent(director, code="x", last_day="2016-01-01")).content)
    assert "There is a class “cecto-2017” already." in taken
    assert "A class cannot run from 2016-08-10 to 2016-01-01" in backward
    assert Cohort.objects.count() == 1


def test_only_the_definition_published_last_of_ones_own_programs_is_offered(director: Definition) -> None:
    published("cgcio", "cio")
    newer = published("cecto", made.DIRECTOR, version=2)
    page = browser().get(PAGE).content.decode()
    assert [key in page for key in (newer.key, director.key)] == [True, False]
    assert "cgcio:" not in page


def test_without_a_class_the_list_leads_there_for_those_who_may() -> None:
    coordinator, officer = browser(), browser(Role.OFFICER, who=made.person("Olga Officer"))
    assert PAGE in coordinator.get("/console/classes/").content.decode()
    assert PAGE not in officer.get("/console/classes/").content.decode()


def test_without_a_definition_the_page_says_what_to_do(client: Client) -> None:
    assert "No definition is published yet" in words_of(browser().get(PAGE).content)


def test_rules_of_other_years_are_told_before_and_after() -> None:
    dated = definition_text("cecto", made.DIRECTOR).replace(
        "policy:", "classes: {starting: {from: 2013-08-01, before: 2014-08-01}}\npolicy:"
    )
    old = actions.publish_definition(draft=draft(dated), by=BY, at=AT)
    client = browser()
    phrase = "for classes that start from August 1, 2013 through July 31, 2014."
    assert phrase in words_of(client.get(PAGE).content)
    answer = client.post(PAGE, sent(old))
    assert f"The rules of {old.title} are {phrase}" in words_of(client.get(answer["Location"]).content)
    fine = client.post(PAGE, sent(old, code="cecto-2014", first_day="2013-08-10", last_day="2014-06-20"))
    assert "The rules of" not in words_of(client.get(fine["Location"]).content)
