"""Every shipped definition is sound, and says of its example persons what their file expects."""

from __future__ import annotations

import pytest

from cecto import requirements
from cecto.definitions import examples, shipped
from cecto.requirements import Audit, explain, lint, parse
from cecto.requirements.trials.examples import Examples
from cecto.requirements.trials.reading import read_examples
from cecto.requirements.trials.trying import Tried, try_examples

DEFINITIONS = dict(shipped())
LEAST_EXAMPLES = 5


def tried(name: str) -> list[Tried]:
    read: Examples = read_examples(examples(name), name=name + ".examples.yaml")
    return try_examples(requirements.compile(parse(DEFINITIONS[name], name=name)), read)


CASES = [(name, case) for name in DEFINITIONS for case in tried(name)]


@pytest.mark.parametrize("name", DEFINITIONS)
def test_lints_clean(name: str) -> None:
    assert lint(DEFINITIONS[name], name=name + ".yaml") == []


@pytest.mark.parametrize("name", DEFINITIONS)
def test_ships_enough_examples(name: str) -> None:
    assert len(tried(name)) >= LEAST_EXAMPLES


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}-{case.person}" for name, case in CASES])
def test_example_person(name: str, case: Tried) -> None:
    assert case.differences == (), name


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}-{case.person}" for name, case in CASES])
def test_every_result_speaks(name: str, case: Tried) -> None:
    audit = case.audit
    assert isinstance(audit, Audit)
    assert [result.id for result in audit.root.walk() if not result.sentence] == [], name


@pytest.mark.parametrize("name", DEFINITIONS)
def test_explains_every_requirement(name: str) -> None:
    definition = parse(DEFINITIONS[name], name=name)
    text = explain(definition)
    assert [node.id for node in definition.require.walk() if f"(`{node.id}`)" not in text] == []
