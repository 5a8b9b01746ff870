"""How a file of example persons is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from cecto.requirements.document import Definition, Unit
from cecto.requirements.language import vocabulary as words
from cecto.requirements.language.compounds import ListOf, Named, Shape, into, read_keys
from cecto.requirements.language.kinds import Choice, Day, Flag, Kind, Length, Minutes, Text, Whole, Word
from cecto.requirements.language.yamltree import Mapping, Scalar, Tree, read_tree
from cecto.requirements.problems import DefinitionErrors, Problem, Report
from cecto.requirements.reading import own_units
from cecto.requirements.results import Status
from cecto.requirements.trials.examples import (
    Brought,
    Did,
    Example,
    ExampleException,
    ExamplePartner,
    Examples,
    Expected,
    Planned,
    Posted,
)
from cecto.requirements.trials.strictness import check_names, check_sense


@dataclass(frozen=True, slots=True)
class Amount:
    """Minutes (6h) or a whole number."""

    def read(self, tree: Tree, report: Report) -> int | None:
        """Either, as an int."""
        bare = isinstance(tree, Scalar) and tree.text.isdigit()
        return (Whole() if bare else Minutes()).read(tree, report)

    def schema(self) -> dict[str, Any]:
        """Either."""
        return {"anyOf": [Whole().schema(), Minutes().schema()]}


@dataclass(frozen=True, slots=True)
class ExpectedOf:
    """A status alone, or {status: met, value: 240h}; `short` is a slack below zero."""

    def read(self, tree: Tree, report: Report) -> Expected | None:
        """The expectation."""
        if not isinstance(tree, Mapping):
            status = _STATUS.read(tree, report)
            return None if status is None else Expected(status=Status(status))
        keys: dict[str, tuple[Kind, bool]] = {"status": (_STATUS, True)}
        keys |= {key: (Amount(), False) for key in _AMOUNTS}
        found = read_keys(tree, report, keys, "an expectation")
        return None if found is None else Expected(**found | {"status": Status(found["status"])})

    def schema(self) -> dict[str, Any]:
        """A word or a mapping."""
        amounts = {key: Amount().schema() for key in _AMOUNTS}
        whole = {"type": "object", "properties": {"status": _STATUS.schema(), **amounts}, "required": ["status"]}
        return {"anyOf": [_STATUS.schema(), whole | {"additionalProperties": False}]}


@dataclass(frozen=True, slots=True)
class DoneOf:
    """all, none, or a list of activity codes."""

    def read(self, tree: Tree, report: Report) -> tuple[str, ...] | str | None:
        """`all`, or the codes."""
        if isinstance(tree, Scalar):
            word = Choice(("all", "none")).read(tree, report)
            return () if word == "none" else word
        codes: tuple[str, ...] | None = ListOf(Word()).read(tree, report)
        return codes

    def schema(self) -> dict[str, Any]:
        """A word or a list."""
        return {"anyOf": [{"enum": ["all", "none"]}, ListOf(Word(), alone=False).schema()]}


_AMOUNTS = ("value", "remaining", "slack", "short")
STANDINGS = ("current", "due", "renewable", "grace", "lapsed", "reinstatable", "not-asked")
_STATUS = Choice(tuple(Status))
_PLANNED: dict[str, tuple[Kind, bool]] = {
    "on": (Day(), True),
    "activity": (Choice(words.ACTIVITY_KINDS), False),
    "minutes": (Minutes(), False),
    "title": (Text(), False),
    "modality": (Choice(words.MODALITIES), False),
    "until": (Day(), False),
    "required": (Flag(), False),
    "tag": (ListOf(Word()), False),
    "recorded_on": (Day(), False),
    **{
        key: (Word(), False)
        for key in ("meeting", "of", "held_by", "provider", "series", "competency", "category", "slot")
    },
}
_POSTED: dict[str, tuple[Kind, bool]] = {
    **_PLANNED,
    "kind": (Choice(words.ENTRY_KINDS), True),
    "id": (Word(), False),
    "reversed_on": (Day(), False),
    "replaces": (Word(), False),
    "outcome": (Word(), False),
    "by": (ListOf(Word()), False),
    "score": (Whole(), False),
    "verified": (Flag(), False),
    "valid_until": (Day(), False),
    "evidence": (Word(), False),
}
_BROUGHT: dict[str, tuple[Kind, bool]] = {
    "kind": (Choice(("years", "held", "paid")), True),
    "on": (Day(), True),
    "of": (Word(), False),
    "length": (Length(), False),
    "dollars": (Whole(), False),
}
_DID: dict[str, tuple[Kind, bool]] = {"done": (DoneOf(), True), "but": (Named(Minutes()), False)}
_PARTNER: dict[str, tuple[Kind, bool]] = {
    **_DID,
    "done": (DoneOf(), False),
    "relation": (Choice(words.RELATIONS), True),
    "since": (Day(), True),
    "until": (Day(), False),
    "track": (Word(), False),
    "person": (Word(), False),
}
_EXCEPTION: dict[str, tuple[Kind, bool]] = {
    "node": (Word(), True),
    "kind": (Choice(words.EXCEPTIONS), True),
    "office": (Word(), True),
    "since": (Day(), True),
    "second": (Word(), False),
    "until": (Day(), False),
    "minutes": (Minutes(), False),
    "number": (Whole(), False),
    "entry": (Word(), False),
    "extended_to": (Day(), False),
    "other": (Word(), False),
    "recorded_on": (Day(), False),
    "revoked_on": (Day(), False),
    "refused": (Flag(), False),
}
_SCHEDULE = Choice(("final", "planning"))


def _did(made: type[Did]) -> Any:
    def make(_: Tree, found: dict[str, Any]) -> Any:
        done = found.get("done", ())
        return made(**found | {"done": None if done == "all" else done})

    return make


def _example(tree: Tree, found: dict[str, Any]) -> Example:
    read: Example = _did(Example)(tree, found)
    return replace(read, at=tree.at)


_PERSON: dict[str, tuple[Kind, bool]] = {
    **_DID,
    "name": (Text(), True),
    "true_on": (Day(), True),
    "known_on": (Day(), False),
    "also": (ListOf(Shape("an entry", _POSTED, into(Posted)), alone=False), False),
    "partners": (ListOf(Shape("a partner", _PARTNER, _did(ExamplePartner)), alone=False), False),
    "exceptions": (ListOf(Shape("an exception", _EXCEPTION, into(ExampleException)), alone=False), False),
    "traits": (Named(Word()), False),
    "awarded_on": (Day(), False),
    "background": (ListOf(Shape("a fact brought", _BROUGHT, into(Brought)), alone=False), False),
    "excused": (ListOf(Word()), False),
    "part": (Choice(("require", "admission", "renewal")), False),
    "standing": (Choice(STANDINGS), False),
    "schedule": (_SCHEDULE, False),
    "expect": (Named(ExpectedOf()), True),
}
EXAMPLES = Shape(
    "a file of examples",
    {
        "class_start": (Day(), True),
        "class_end": (Day(), True),
        "activities": (Named(Shape("an activity", _PLANNED, into(Planned))), False),
        "schedule": (_SCHEDULE, False),
        "persons": (ListOf(Shape("a person", _PERSON, _example), alone=False), True),
    },
    into(Examples),
)


def read_examples(text: str, *, name: str, definition: Definition | None = None, unit: Unit | None = None) -> Examples:
    """The examples written in `text`; raises DefinitionErrors with every problem.

    With a `definition`, names that lead nowhere in it or in the file are problems too; without one, amounts may be
    written in `unit`.
    """
    report = Report(name)
    report.units = own_units(definition.unit if definition else unit)
    tree = read_tree(text, report)
    found: Examples | None = EXAMPLES.read(tree, report) if tree is not None else None
    if definition is not None and found is not None and tree is not None:
        check_names(definition, found, tree, report)
    if found is None or report.problems:
        raise DefinitionErrors(report.problems)
    return found


def senseless(definition: Definition, examples: Examples, text: str, *, name: str) -> list[Problem]:
    """What of examples that can be read no ledger could hold, or no audit of this definition would read."""
    report = Report(name)
    tree = read_tree(text, report)
    if tree is not None:
        check_sense(definition, examples, tree, report)
    return sorted(report.problems)
