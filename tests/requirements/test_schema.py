"""The published JSON Schema is the vocabulary's, and agrees with the reader."""

from __future__ import annotations

import json
from importlib.resources import files
from io import StringIO
from typing import Any

import jsonschema_rs
import pytest
from ruamel.yaml import YAML

from cecto.definitions import examples, shipped
from cecto.requirements.schema import examples_schema, json_schema

MAKE_IT = "python -m tools.schema"


def loaded(text: str) -> Any:
    yaml = YAML(typ="safe", pure=True)
    document = yaml.load(StringIO(text))
    return json.loads(json.dumps(document, default=str))


def test_the_file_is_current() -> None:
    published = (files("cecto.definitions") / "schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == json_schema(), f"Write it again: {MAKE_IT}"
    published = (files("cecto.definitions") / "examples.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == examples_schema(), f"Write it again: {MAKE_IT}"


@pytest.mark.parametrize(("name", "text"), shipped())
def test_shipped_definitions_validate(name: str, text: str) -> None:
    validator = jsonschema_rs.validator_for(json_schema())
    assert [error.message for error in validator.iter_errors(loaded(text))] == [], name


@pytest.mark.parametrize(
    ("old", "new"),
    [("at_least: 240h", "atleast: 240h"), ("measure: together", "measure: with"), ("version: 1", "version: one")],
)
def test_it_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    text = dict(shipped())["cecto-technology-director-2015-16"]
    assert old in text
    assert not jsonschema_rs.validator_for(json_schema()).is_valid(loaded(text.replace(old, new)))


@pytest.mark.parametrize("name", dict(shipped()))
def test_shipped_examples_validate(name: str) -> None:
    validator = jsonschema_rs.validator_for(examples_schema())
    assert [error.message for error in validator.iter_errors(loaded(examples(name)))] == [], name


@pytest.mark.parametrize(
    ("old", "new"), [("expect:", "expects:"), ("status: met", "status: done"), ("done: all", "done: al")]
)
def test_it_refuses_what_the_reader_of_examples_refuses(old: str, new: str) -> None:
    text = examples("cecto-technology-director-2015-16")
    assert old in text
    assert not jsonschema_rs.validator_for(examples_schema()).is_valid(loaded(text.replace(old, new)))
