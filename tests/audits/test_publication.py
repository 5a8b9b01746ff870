"""Publishing a definition on the page: handed in, read, published with a reason; nothing before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cecto.classes.actions import create_cohort, pin_track
from cecto.classes.models import Cohort
from cecto.foundation import clock
from cecto.foundation.journal.models import JournalEntry
from cecto.programs.models import Program
from cecto.programs.queries import definitions
from tests.access.browsers import signed_in
from tests.audits import story
from tests.audits.story import BEFORE, BY, FIRST_DAY
from tests.classes import made
from tests.programs.texts import EXAMPLES, definition_text

pytestmark = pytest.mark.django_db
HARDER = story.DIRECTORS.replace("version: 1", "version: 2").replace("at_least: 9h", "at_least: 20h")
EASIER = story.DIRECTORS.replace("version: 1", "version: 2").replace("at_least: 9h", "at_least: 5h")
GIVEN = story.draft("").examples
REASON = {"reason": "The committee of May 3."}


@pytest.fixture
def told(settings: Any, tmp_path: Path) -> Iterator[story.Story]:
    """The class of the story, whose opening day is over, looked at the day after."""
    settings.CECTO_DEMO, settings.CECTO_HOME = True, tmp_path
    clock.set_demo_clock(story.NEXT_DAY)
    found = story.tell()
    found.attend()
    yield found
    settings.CECTO_DEMO = False
    clock.set_demo_clock(story.NEXT_DAY)


def _hand_in(browser: Client, text: str, examples: str = GIVEN) -> Any:
    files = {"definition": SimpleUploadedFile("second.yaml", text.encode())}
    if examples:
        files["examples"] = SimpleUploadedFile("persons.yaml", examples.encode())
    return browser.post(reverse("audits:publish"), files)


def _preview(browser: Client, text: str, examples: str = GIVEN) -> str:
    """The address of the preview."""
    answer = _hand_in(browser, text, examples)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def test_handed_in_read_and_published_with_a_reason(told: story.Story) -> None:
    officer = signed_in("officer", "cecto")
    address = _preview(officer, EASIER)
    page = officer.get(address)
    assert "5\N{NO-BREAK SPACE}h" in page.content.decode()
    assert [row[:5] for row in page.context["examples"].rows] == [
        ("Ada Núñez", "Short program", "met", "met", "as-expected"),
        ("Bo Lindqvist", "Short program", "impossible", "impossible", "as-expected"),
    ]
    assert not definitions().filter(version=2).exists()
    assert officer.post(address, {"reason": " "}).status_code == 422
    answer = officer.post(address, REASON)
    row = definitions().get(version=2)
    assert answer.headers["Location"] == reverse("programs:definition", args=[row.key])
    assert (row.text, row.examples, row.reason) == (EASIER, GIVEN, "The committee of May 3.")
    assert JournalEntry.objects.filter(action="programs.publish", subject_key=row.key).get().detail == {
        "sha256": row.sha256
    }
    assert "The committee of May 3." in officer.get(answer.headers["Location"]).content.decode()


def test_the_preview_is_found_again_by_whoever_may_publish_and_by_nobody_else(told: story.Story) -> None:
    address = _preview(signed_in("officer", "cecto"), EASIER)
    assert signed_in("administrator").get(address).status_code == 200
    assert signed_in("coordinator", "cecto").get(address).status_code == 403
    assert signed_in("partner", "cecto").get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_the_same_text_again_is_published_already(told: story.Story) -> None:
    officer = signed_in("officer", "cecto")
    address = _preview(officer, EASIER)
    officer.post(address, REASON)
    page = officer.get(_preview(officer, EASIER.replace("\n", "\r\n")))
    assert "This very text is published already" in page.content.decode()
    assert page.context["form"] is None
    again = officer.post(address, {"reason": "Once more"}, follow=True)
    assert "published already; nothing has changed" in again.content.decode()
    assert [row.reason for row in definitions().filter(version=2)] == ["The committee of May 3."]


def test_what_is_wrong_is_listed_with_line_column_requirement_and_the_nearest_right_thing(told: story.Story) -> None:
    officer = signed_in("officer", "cecto")
    broken = EASIER.replace("measure: hours", "measure: hour")
    page = officer.get(_preview(officer, broken))
    [(where, text, node, wrong, advice)] = page.context["problems"].rows
    line = broken[: broken.index("measure: hour")].count("\n") + 1
    assert where.startswith(f"Definition, line {line}, column ")
    assert (text, node, "hour" in wrong) == ("measure: hour", "hours", True)
    assert advice == "Did you mean `hours`?"
    assert "1 thing to mend before this can be published." in page.content.decode()
    assert page.context["form"] is None
    assert "measure: hour\n" in page.content.decode()


@pytest.mark.parametrize(
    ("text", "examples", "said"),
    [
        (EASIER, "", "The definition has no example persons."),
        (EASIER, GIVEN.replace("{short: impossible}", "{short: open}"), "Bo Lindqvist: short: expected open"),
        (HARDER.replace("version: 2", "version: 1"), GIVEN, "Write `version: 2` and publish again."),
    ],
)
def test_what_keeps_it_from_being_published_is_said_and_refused(
    text: str, examples: str, said: str, told: story.Story
) -> None:
    officer = signed_in("officer", "cecto")
    address = _preview(officer, text, examples)
    page = officer.get(address)
    assert said in page.content.decode()
    assert page.context["form"] is None
    assert officer.post(address, REASON).status_code == 422
    assert definitions().filter(program__code="cecto").count() == 2


def test_officers_see_who_would_change_and_administrators_only_how_many(told: story.Story) -> None:
    officer, administrator = signed_in("officer", "cecto"), signed_in("administrator")
    address = _preview(officer, EASIER)
    [(one, table)] = officer.get(address).context["classes"]
    assert (one.cohort, one.changed, one.worse) == (told.cohort, 1, 0)
    assert [row[0].text for row in table.rows] == ["Ana Ñuñez"]
    numbers = administrator.get(address)
    assert [(one.changed, one.worse, table) for one, table in numbers.context["classes"]] == [(1, 0, None)]
    assert "something changes for 1 person." in numbers.content.decode()
    assert "Ana Ñuñez" not in numbers.content.decode()


def test_who_would_be_worse_off_is_counted(told: story.Story) -> None:
    told.accept(told.ana, 240, FIRST_DAY, at=story.EVENING)
    officer = signed_in("officer", "cecto")
    page = officer.get(_preview(officer, HARDER))
    assert "1 person would be worse off if everyone moved; something changes for 1." in page.content.decode()


def test_a_class_that_ended_more_than_a_year_ago_is_left_out(told: story.Story) -> None:
    clock.set_demo_clock(datetime(2017, 6, 16, 12, tzinfo=UTC))
    officer = signed_in("officer", "cecto")
    assert officer.get(_preview(officer, EASIER)).context["classes"] == []


def test_requirements_that_would_be_lost_are_named(told: story.Story) -> None:
    officer = signed_in("officer", "cecto")
    page = officer.get(_preview(officer, EASIER.replace("id: hours", "id: instruction"))).content.decode()
    assert "`hours` of version 1 is gone" in page
    assert "Publish for good" in page


def test_another_program_s_definition_is_refused_with_the_programs_one_publishes(told: story.Story) -> None:
    officer = signed_in("officer", "cecto")
    answer = _hand_in(officer, definition_text("cgcio", "cio"), EXAMPLES)
    assert answer.status_code == 422
    assert "of the program “cgcio”; you publish those of “cecto”." in answer.content.decode()
    address = _preview(signed_in("administrator"), definition_text("cgcio", "cio"), EXAMPLES)
    assert officer.get(address).status_code == 404


def test_an_administrator_introduces_a_program_with_its_first_definition(told: story.Story) -> None:
    administrator = signed_in("administrator")
    address = _preview(administrator, definition_text("tetl", "director"), EXAMPLES)
    said = REASON | {"program_name": "Texas Leaders", "time_zone": "Central"}
    assert administrator.post(address, REASON).status_code == 422
    refused = administrator.post(address, said)
    assert (refused.status_code, "“Central” is not a time zone" in refused.content.decode()) == (422, True)
    assert not Program.objects.filter(code="tetl").exists()
    assert administrator.post(address, said | {"time_zone": "America/Chicago"}).status_code == 302
    assert Program.objects.get(code="tetl").name == "Texas Leaders"


def test_pasted_text_is_the_text_of_the_file(told: story.Story) -> None:
    officer = signed_in("officer", "cecto")
    pasted = {"definition_text": EASIER.replace("\n", "\r\n"), "examples_text": GIVEN.replace("\n", "\r\n")}
    answer = officer.post(reverse("audits:publish"), pasted)
    officer.post(answer.headers["Location"], REASON)
    assert (definitions().get(version=2).text, definitions().get(version=2).examples) == (EASIER, GIVEN)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose the definition’s file, or paste its text."),
        ({"definition": b"\xff\xfe\x00"}, "not UTF-8 text"),
        ({"definition": b"x" * (1024 * 1024 + 1)}, "larger than 1 MB"),
        ({"definition": b"program: cecto", "definition_text": "program: cecto"}, "not both"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_field(sent: dict[str, bytes | str], said: str) -> None:
    files = {
        key: SimpleUploadedFile("mine.yaml", value) if isinstance(value, bytes) else value
        for key, value in sent.items()
    }
    answer = signed_in("administrator").post(reverse("audits:publish"), files)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(("people", "classes"), [(1, 1), (3, 1), (1, 3)])
def test_the_queries_of_a_preview_depend_on_its_classes_alone(
    people: int, classes: int, told: story.Story, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, people):
        made.enrolled(made.person(f"Person {number}"), told.cohort)
    for number in range(1, classes):
        made.enrolled(made.person(f"Person {number}"), _another_class(told, f"cecto-{number}"))
    officer = signed_in("officer", "cecto")
    address = _preview(officer, EASIER)
    officer.get(address)
    with django_assert_num_queries(20 + 11 * (classes - 1)):
        officer.get(address)


def _another_class(told: story.Story, code: str) -> Cohort:
    track = told.ana.track
    found = create_cohort(
        program=told.cohort.program,
        code=code,
        name=code,
        first_day=FIRST_DAY,
        last_day=told.cohort.last_day,
        by=BY,
        at=BEFORE,
    )
    pin_track(cohort=found, track=track.track, title=track.title, definition=track.definition, by=BY, at=BEFORE)
    return found
