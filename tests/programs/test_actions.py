"""Publishing definitions."""

from __future__ import annotations

import hashlib

import pytest
from django.db import Error, transaction

from cecto.foundation.journal.models import JournalEntry
from cecto.programs.actions import PublishRefused, UnknownTimeZone, create_program, publish_definition
from cecto.programs.drafts import Draft
from cecto.programs.models import Definition, Program
from cecto.programs.shipped import ProgramFacts
from tests.programs.texts import AT, BY, EXAMPLES, definition_text, draft, published

pytestmark = pytest.mark.django_db


def test_a_published_definition_keeps_its_text_and_hash() -> None:
    text = definition_text()
    row = publish_definition(draft=draft(text), by=BY, at=AT)
    assert (row.text, row.sha256) == (text, hashlib.sha256(text.encode()).hexdigest())
    assert (row.program.code, row.track, row.catalogue, row.version) == ("cecto", "technology-director", "2015-16", 1)
    assert list(JournalEntry.objects.values_list("action", "subject_key")) == [
        ("programs.create", "cecto"),
        ("programs.publish", row.key),
    ]


def test_a_program_we_ship_introduces_itself() -> None:
    published()
    program = Program.objects.get()
    assert (program.name, program.time_zone) == ("Certified Educational Chief Technology Officer", "America/New_York")


def test_publishing_the_same_text_again_changes_nothing() -> None:
    first, second = published(), published()
    assert first.pk == second.pk
    assert JournalEntry.objects.filter(action="programs.publish").count() == 1


def test_a_version_that_is_taken_is_refused_with_the_next_number() -> None:
    published(version=1)
    published(version=3, hours=120)
    with pytest.raises(PublishRefused, match=r"Write `version: 4` and publish again\.$"):
        published(version=1, hours=200)


def test_what_is_wrong_is_said_with_its_line_and_nothing_is_written() -> None:
    text = definition_text().replace("measure: hours", "mesure: hours")
    with pytest.raises(PublishRefused) as refused:
        publish_definition(draft=draft(text, name="mine.yaml"), by=BY, at=AT)
    assert {(problem.file, problem.line) for problem in refused.value.problems} == {("mine.yaml", 7)}
    assert (Program.objects.count(), Definition.objects.count()) == (0, 0)


def test_an_unknown_program_must_be_introduced() -> None:
    with pytest.raises(PublishRefused, match="There is no program “tetl” here"):
        published("tetl")
    create_program(facts=ProgramFacts("tetl", "Texas Leaders", "America/Chicago"), by=BY, at=AT)
    assert published("tetl").program.name == "Texas Leaders"


def test_a_time_zone_must_exist() -> None:
    with pytest.raises(UnknownTimeZone, match="“Eastern” is not a time zone"):
        create_program(facts=ProgramFacts("x", "X", "Eastern"), by=BY, at=AT)


def test_the_database_refuses_to_change_a_published_definition() -> None:
    row = published()
    with pytest.raises(Error), transaction.atomic():
        Definition.objects.filter(pk=row.pk).update(title="Another")
    assert Definition.objects.get().title == "Hours of cecto"


def _refused(text: str, examples: str) -> list[str]:
    with pytest.raises(PublishRefused) as refused:
        publish_definition(draft=Draft("mine.yaml", text, examples), by=BY, at=AT)
    assert (Program.objects.count(), Definition.objects.count()) == (0, 0)
    return [problem.message for problem in refused.value.problems]


def test_nothing_is_published_without_one_who_meets_it_and_one_who_does_not() -> None:
    lines = EXAMPLES.splitlines(keepends=True)
    only_ada = "".join(line for line in lines if "name: Bo" not in line)
    only_bo = "".join(line for line in lines if "name: Ada" not in line)
    assert _refused(definition_text(), "") == ["The definition has no example persons."]
    assert _refused(definition_text(), only_ada) == ["No example person falls short."]
    assert _refused(definition_text(), only_bo) == ["No example person meets everything."]


def test_nothing_is_published_on_persons_who_come_out_otherwise() -> None:
    [message] = _refused(definition_text(), EXAMPLES.replace("{hours: impossible}", "{hours: open}"))
    assert message.startswith("Bo Lindqvist: hours: expected open, found impossible.")


def test_the_examples_and_the_reason_are_kept_with_what_was_published() -> None:
    row = publish_definition(draft=draft(definition_text()), reason=" The committee asked. ", by=BY, at=AT)
    assert (row.examples, row.reason) == (EXAMPLES, "The committee asked.")


@pytest.mark.parametrize(("key", "longest"), [("track", 60), ("catalogue", 40), ("title", 200)])
def test_what_the_database_cannot_hold_is_refused_in_words(key: str, longest: int) -> None:
    before = {"track": "technology-director", "catalogue": "2015-16", "title": "Hours of cecto"}[key]
    text = definition_text().replace(f"{key}: {before}", f"{key}: {'x' * (longest + 1)}")
    with pytest.raises(PublishRefused, match=f"`{key}` is longer than {longest} letters"):
        publish_definition(draft=draft(text), by=BY, at=AT)
