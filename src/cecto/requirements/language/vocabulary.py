"""The words for entries: filters, conditions, caps, values and pools.

With node_words and definition_words this is the closed vocabulary from which reader and JSON Schema are both made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cecto.requirements import document as doc
from cecto.requirements.language.compounds import Dates, ListOf, Named, Shape, WindowOf, into, read_keys
from cecto.requirements.language.kinds import Choice, Flag, Kind, Minutes, Text, Word
from cecto.requirements.language.yamltree import Scalar, Tree
from cecto.requirements.problems import Report

ENTRY_KINDS = ("attended", "accepted", "makeup", "recognized", "verdict", "held", "attested", "scored")
ACTIVITY_KINDS = (
    "session", "event", "module", "assignment", "project", "study", "document", "exam", "credential", "recording",
    "next-class",
)  # fmt: skip
MODALITIES = ("f2f", "sync", "async")
RELATIONS = ("same-organization", "same-class", "mentor", "supervisor")
EXCEPTIONS = ("waive", "lower", "accept", "exclude", "revalue", "extend", "replace")

# What `where` may ask of an entry: one word or a list that means any of them.
FILTER_WORDS: dict[str, Kind] = {
    "kind": Choice(ENTRY_KINDS),
    "activity": Choice(ACTIVITY_KINDS),
    "modality": Choice(MODALITIES),
    "competency": Word(),
    "category": Word(),
    "slot": Word(),
    "tag": Word(),
    "held_by": Word(),
    "provider": Word(),
    "series": Word(),
    "item": Word(),
}
FILTER_FLAGS = ("verified", "required")


@dataclass(frozen=True, slots=True)
class FilterOf:
    """{competency: security, modality: [f2f, sync], not: {…}, any: [{…}, {…}]}."""

    def read(self, tree: Tree, report: Report) -> doc.Filter | None:
        """The filter."""
        found = read_keys(tree, report, self._keys(), "a filter")
        if found is None:
            return None
        if not found:
            report.say(tree.at, "This filter asks for nothing.", "Leave `where` out to mean every entry.")
            return None
        words = tuple((key, frozenset(found[key])) for key in FILTER_WORDS if key in found)
        flags = tuple((key, found[key]) for key in FILTER_FLAGS if key in found)
        return doc.Filter(
            words=words,
            flags=flags,
            dates=found.get("date"),
            none_of=found.get("not"),
            all_of=found.get("all", ()),
            any_of=found.get("any", ()),
            at=tree.at,
        )

    def _keys(self) -> dict[str, tuple[Kind, bool]]:
        keys: dict[str, tuple[Kind, bool]] = {word: (ListOf(kind), False) for word, kind in FILTER_WORDS.items()}
        keys |= {flag: (Flag(), False) for flag in FILTER_FLAGS}
        keys["date"] = (Dates(), False)
        keys["not"] = (self, False)
        keys["all"] = keys["any"] = (ListOf(self, alone=False), False)
        return keys

    def schema(self) -> dict[str, Any]:
        """A reference, because filters nest."""
        return {"$ref": "#/$defs/filter"}

    def definition(self) -> dict[str, Any]:
        """The schema that the reference names."""
        keys = {key: kind.schema() for key, (kind, _) in self._keys().items()}
        return {"type": "object", "properties": keys, "minProperties": 1, "additionalProperties": False}


LINK = Shape(
    "a link",
    {"relation": (Choice(RELATIONS), True), "track": (Word(), False)},
    into(doc.Link),
)


@dataclass(frozen=True, slots=True)
class ConditionOf:
    """{partner: {relation: same-organization}}, {trait: {chapter: florida}} or {not: {…}}."""

    def read(self, tree: Tree, report: Report) -> doc.Condition | None:
        """The condition."""
        found = read_keys(tree, report, self._keys(), "a condition")
        if found is None:
            return None
        traits = tuple((name, frozenset(words)) for name, words in found.get("trait", ()))
        return doc.Condition(partner=found.get("partner"), traits=traits, none_of=found.get("not"))

    def _keys(self) -> dict[str, tuple[Kind, bool]]:
        return {"partner": (LINK, False), "trait": (Named(ListOf(Word())), False), "not": (self, False)}

    def schema(self) -> dict[str, Any]:
        """A reference, because conditions nest."""
        return {"$ref": "#/$defs/condition"}

    def definition(self) -> dict[str, Any]:
        """The schema that the reference names."""
        keys = {key: kind.schema() for key, (kind, _) in self._keys().items()}
        return {"type": "object", "properties": keys, "minProperties": 1, "additionalProperties": False}


WAIVABLE = Shape(
    "who may grant an exception",
    {"by": (ListOf(Word()), True), "kinds": (ListOf(Choice(EXCEPTIONS)), False), "second": (Word(), False)},
    into(doc.Waivable),
)
LIMIT = Shape(
    "a cap",
    {
        "id": (Word(), True),
        "title": (Text(), True),
        "where": (FilterOf(), True),
        "at_most": (Minutes(), True),
        "source": (Text(), False),
    },
    into(doc.Limit, placed=True),
)


@dataclass(frozen=True, slots=True)
class Logged:
    """A fixed number of minutes, or `logged`: the minutes of the entry."""

    def read(self, tree: Tree, report: Report) -> int | None:
        """The minutes; -1 as logged."""
        if isinstance(tree, Scalar) and tree.text == "logged":
            return -1
        return Minutes().read(tree, report)

    def schema(self) -> dict[str, Any]:
        """A word or a duration."""
        return {"oneOf": [{"const": "logged"}, Minutes().schema()]}


def _value(tree: Tree, found: dict[str, Any]) -> doc.ValueRule:
    minutes = found["hours"] if found["hours"] >= 0 else None
    per, first = found.get("per", "entry"), found.get("first_only", "")
    source = found.get("source", "")
    return doc.ValueRule(where=found["where"], minutes=minutes, per=per, first_only=first, source=source, at=tree.at)


VALUE = Shape(
    "a value rule",
    {
        "where": (FilterOf(), True),
        "hours": (Logged(), True),
        "per": (Choice(("entry", "item", "item-and-year")), False),
        "first_only": (Choice(("item", "series")), False),
        "source": (Text(), False),
    },
    _value,
)
# How a pool, or an hours requirement by itself, turns entries into minutes.
VALUES: dict[str, tuple[Kind, bool]] = {
    "limits": (ListOf(LIMIT, alone=False), False),
    "value": (ListOf(VALUE, alone=False), False),
    "distinct": (ListOf(Choice(("evidence", "item"))), False),
    "allocate": (Choice(("in-order", "flow", "either")), False),
}
POOL = Shape(
    "a pool",
    {
        "title": (Text(), False),
        "where": (FilterOf(), False),
        "window": (WindowOf(), False),
        "source": (Text(), False),
        **VALUES,
    },
    into(doc.Pool, placed=True),
)
