"""Definitions short enough to read, for tests that need a published one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cecto.definitions import examples, shipped
from cecto.foundation.journal.actor import Actor
from cecto.programs import actions
from cecto.programs.drafts import Draft
from cecto.programs.models import Definition

AT = datetime(2015, 7, 1, 12, tzinfo=UTC)
BY = Actor.command("test")


def definition_text(
    program: str = "cecto",
    track: str = "technology-director",
    *,
    version: int = 1,
    hours: int = 240,
    valid: str = "forever",
) -> str:
    """A definition that asks for so many hours and nothing else."""
    return f"""program: {program}
track: {track}
catalogue: 2015-16
version: {version}
title: Hours of {program}
policy: {{source: invented for tests, partial: proportional, late_grace: 0m}}
require: {{id: hours, title: Hours, measure: hours, at_least: {hours}h}}
award: {{credential: {program}, decided_by: program-director, valid: {valid}}}
"""


EXAMPLES = """
class_start: 2015-08-11
class_end: 2016-06-16
activities:
  all-of-it: {on: 2015-09-01, minutes: 240h, modality: f2f}
persons:
  - {name: Ada Núñez, true_on: 2016-06-20, done: all, expect: {hours: met}}
  - {name: Bo Lindqvist, true_on: 2016-06-20, done: all, but: {all-of-it: 1h}, expect: {hours: impossible}}
"""


def written(path: Path, text: str) -> Path:
    """That definition (of hours) in a file, with example persons beside it."""
    path.write_text(text)
    path.with_name(f"{path.stem}.examples.yaml").write_text(EXAMPLES)
    return path


def draft(text: str, *, name: str = "definition.yaml") -> Draft:
    """That definition (of hours), with its example persons."""
    return Draft(name, text, EXAMPLES)


def shipped_draft(name: str) -> Draft:
    """A definition that ships with the product, with its example persons."""
    return Draft(name, dict(shipped())[name], examples(name))


def published(program: str = "cecto", track: str = "technology-director", **more: Any) -> Definition:
    """That definition, published."""
    return actions.publish_definition(draft=draft(definition_text(program, track, **more)), by=BY, at=AT)
