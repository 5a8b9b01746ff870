"""Publishing definitions."""

from __future__ import annotations

import hashlib

import pytest
from django.db import Error, transaction

from cecto.foundation.journal.models import JournalEntry
from cecto.programs.actions import PublishRefused, UnknownTimeZone, create_program, publish_definition
from cecto.programs.models import Definition, Program
from cecto.programs.shipped import ProgramFacts
from tests.programs.texts import AT, BY, definition_text, published

pytestmark = pytest.mark.django_db


def test_a_published_definition_keeps_its_text_and_hash() -> None:
    text = definition_text()
    row = publish_definition(text=text, by=BY, at=AT)
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
        publish_definition(text=text, name="mine.yaml", by=BY, at=AT)
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
