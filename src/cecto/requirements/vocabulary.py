"""Every key a definition may use: one closed vocabulary, from which both the reader and the JSON Schema are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cecto.requirements import document as doc
from cecto.requirements.compounds import Dates, ListOf, Named, Shape, WindowOf, into, read_keys
from cecto.requirements.kinds import Choice, DatePoint, Flag, Kind, Length, Minutes, Ratio, Text, Whole, Word
from cecto.requirements.problems import Report
from cecto.requirements.yamltree import Mapping, Scalar, Tree

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


def _renamed(found: dict[str, Any], **names: str) -> dict[str, Any]:
    return {names.get(key, key.replace("-", "_")): value for key, value in found.items()}


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
POOL = Shape(
    "a pool",
    {
        "where": (FilterOf(), False),
        "window": (WindowOf(), False),
        "limits": (ListOf(LIMIT, alone=False), False),
        "source": (Text(), False),
    },
    into(doc.Pool, placed=True),
)


@dataclass(frozen=True, slots=True)
class Fallback:
    """not-applicable, or another requirement."""

    def read(self, tree: Tree, report: Report) -> doc.Node | str | None:
        """The node, or the word."""
        if isinstance(tree, Scalar):
            return Choice(("not-applicable",)).read(tree, report)
        return NodeOf().read(tree, report)

    def schema(self) -> dict[str, Any]:
        """The word or a node."""
        return {"oneOf": [{"const": "not-applicable"}, NodeOf().schema()]}


COMMON: dict[str, tuple[Kind, bool]] = {
    "id": (Word(), True),
    "title": (Text(), False),
    "source": (Text(), False),
    "when": (ConditionOf(), False),
    "otherwise": (Fallback(), False),
    "waivable": (WAIVABLE, False),
}
READS: dict[str, tuple[Kind, bool]] = {
    "measure": (Word(), True),
    "where": (FilterOf(), False),
    "window": (WindowOf(), False),
}
LEAVES: dict[str, tuple[type[doc.Leaf], dict[str, tuple[Kind, bool]]]] = {
    "hours": (
        doc.Hours,
        {
            "from": (Word(), False),
            "limits": (ListOf(LIMIT, alone=False), False),
            "at_least": (Minutes(), False),
            "at_most": (Minutes(), False),
            "vacuous": (Choice(("open", "met")), False),
        },
    ),
    "count": (
        doc.Count,
        {
            "credited": (Ratio(), False),
            "at_least": (Whole(1), False),
            "at_most": (Whole(0), False),
            "vacuous": (Choice(("open", "met")), False),
        },
    ),
    "each": (
        doc.Each,
        {
            "of": (Choice(ACTIVITY_KINDS), True),
            "credited": (Ratio(), False),
            "vacuous": (Choice(("open", "met")), False),
        },
    ),
    "together": (doc.Together, {"with": (LINK, True), "both_at_least": (Ratio(), True), "at_least": (Whole(1), True)}),
    "verdict": (doc.Verdict, {"of": (Word(), True), "panel": (Whole(1, 20), False), "outcome": (Word(), False)}),
    "credential": (doc.Credential, {"credential": (Word(), True), "valid": (Flag(), False)}),
}
GROUP_WORDS = ("all", "any", "of")


@dataclass(frozen=True, slots=True)
class NodeOf:
    """A requirement: a leaf says what it measures, a group lists its parts under all, any or of."""

    def read(self, tree: Tree, report: Report) -> doc.Node | None:
        """The node with everything below it."""
        if not isinstance(tree, Mapping):
            report.say(tree.at, "A requirement must be a mapping.", "Write {id: …, measure: …} or {id: …, all: […]}.")
            return None
        named = tree.get("id")
        report.inside.append(named.value.text if named and isinstance(named.value, Scalar) else "")
        try:
            return self._leaf(tree, report) if tree.get("measure") else self._group(tree, report)
        finally:
            report.inside.pop()

    def _leaf(self, tree: Mapping, report: Report) -> doc.Node | None:
        pair = tree.get("measure")
        measure = Choice(tuple(LEAVES)).read(pair.value, report) if pair else None
        if measure is None:
            return None
        made, keys = LEAVES[measure]
        found = read_keys(tree, report, COMMON | READS | keys, f"a requirement that measures {measure}")
        if found is None:
            return None
        del found["measure"]
        return made(at=tree.at, **_renamed(found, **{"from": "pool", "with": "link"}))

    def _group(self, tree: Mapping, report: Report) -> doc.Node | None:
        words = [word for word in GROUP_WORDS if tree.get(word)]
        if len(words) != 1:
            what = "two ways to group" if words else "neither `measure` nor a group"
            report.say(tree.at, f"This requirement has {what}.", "Write one of measure, all, any, of.")
            return None
        keys: dict[str, tuple[Kind, bool]] = COMMON | {words[0]: (ListOf(self, alone=False), True)}
        if words[0] == "of":
            keys |= {"at_least": (Whole(1), True)}
        found = read_keys(tree, report, keys, "a group of requirements")
        if found is None:
            return None
        parts = found.pop(words[0])
        number = found.pop("at_least", len(parts) if words[0] == "all" else 1)
        return doc.Group(at=tree.at, word=words[0], parts=parts, at_least=number, **found)  # type: ignore[arg-type]

    def schema(self) -> dict[str, Any]:
        """A reference, because requirements nest."""
        return {"$ref": "#/$defs/requirement"}


ROUND_TO = Shape(
    "where minutes are rounded",
    {"each": (Minutes(), False), "total": (Minutes(), False)},
    into(doc.Rounding),
)
MAKEUP = Shape(
    "the make-up policy",
    {
        "ratio": (Ratio(), False),
        "kinds": (ListOf(Choice(ACTIVITY_KINDS)), False),
        "until": (DatePoint(), False),
        "within": (Length(), False),
        "source": (Text(), False),
    },
    into(doc.MakeUp),
)


@dataclass(frozen=True, slots=True)
class Partial:
    """proportional, all-or-nothing, or the percent from which the whole is credited."""

    def read(self, tree: Tree, report: Report) -> int | None:
        """Percent: 0 for proportional, 100 for all-or-nothing."""
        if isinstance(tree, Mapping):
            found = read_keys(tree, report, {"threshold": (Ratio(), True)}, "a threshold")
            return None if found is None else found["threshold"]
        word = Choice(("proportional", "all-or-nothing")).read(tree, report)
        return None if word is None else (0 if word == "proportional" else 100)

    def schema(self) -> dict[str, Any]:
        """A word or a threshold."""
        keys = {"threshold": Ratio().schema()}
        threshold = {"type": "object", "properties": keys, "required": ["threshold"], "additionalProperties": False}
        return {"oneOf": [{"enum": ["proportional", "all-or-nothing"]}, threshold]}


POLICY = Shape(
    "the attendance policy",
    {
        "partial": (Partial(), False),
        "late_grace": (Minutes(), False),
        "round_down_to": (ROUND_TO, False),
        "makeup": (MAKEUP, False),
        "source": (Text(), False),
    },
    into(doc.Policy, round_down_to="rounding"),
)


@dataclass(frozen=True, slots=True)
class Validity:
    """forever, or a span."""

    def read(self, tree: Tree, report: Report) -> doc.Span | None:
        """The span; an empty one means forever."""
        if isinstance(tree, Scalar) and tree.text == "forever":
            return doc.Span()
        return Length().read(tree, report)

    def schema(self) -> dict[str, Any]:
        """A word or a span."""
        return {"oneOf": [{"const": "forever"}, Length().schema()]}


AWARD = Shape(
    "the award",
    {
        "credential": (Word(), True),
        "title": (Text(), False),
        "decided_by": (Word(), True),
        "second": (Word(), False),
        "valid": (Validity(), True),
        "grandfather": (Choice(("pinned", "latest", "better-of-both")), False),
        "source": (Text(), False),
    },
    into(doc.Award),
)
DEFINITION = Shape(
    "a definition",
    {
        "program": (Word(), True),
        "track": (Word(), True),
        "catalogue": (Word(), True),
        "version": (Whole(1), True),
        "title": (Text(), True),
        "source": (Text(), False),
        "contact_hour": (Minutes(), False),
        "reads": (Word(), False),
        "classes": (Shape("the classes", {"starting": (Dates(), True)}, lambda _, found: found["starting"]), False),
        "policy": (POLICY, True),
        "competencies": (Named(Text()), False),
        "pools": (Named(POOL), False),
        "moves": (Named(Word()), False),
        "require": (NodeOf(), True),
        "award": (AWARD, True),
    },
    lambda tree, found: doc.Definition(at=tree.at, **found),
)
