"""The words for requirements: groups, and one leaf for each way to measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cecto.requirements import document as doc
from cecto.requirements.language.compounds import ListOf, Shape, WindowOf, into, read_keys
from cecto.requirements.language.kinds import Choice, Flag, Kind, Length, Minutes, Ratio, Text, Whole, Word, scalar
from cecto.requirements.language.vocabulary import ACTIVITY_KINDS, LINK, VALUES, WAIVABLE, ConditionOf, FilterOf
from cecto.requirements.language.yamltree import Mapping, Scalar, Tree
from cecto.requirements.problems import Report


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


ON_FAIL = Shape(
    "what follows a failure",
    {"decided_by": (Word(), True), "outcomes": (ListOf(Word()), True)},
    into(doc.OnFail),
)


@dataclass(frozen=True, slots=True)
class UseOf:
    """shared, or {exclusive: group, split: true}."""

    def read(self, tree: Tree, report: Report) -> doc.Exclusive | str | None:
        """The group; the word when shared."""
        if isinstance(tree, Scalar):
            return Choice(("shared",)).read(tree, report)
        found = read_keys(tree, report, self._keys(), "an exclusive use")
        return None if found is None else doc.Exclusive(group=found["exclusive"], split=found["split"])

    def _keys(self) -> dict[str, tuple[Kind, bool]]:
        return {"exclusive": (Word(), True), "split": (Flag(), True)}

    def schema(self) -> dict[str, Any]:
        """The word or a group."""
        keys = {key: kind.schema() for key, (kind, _) in self._keys().items()}
        group = {"type": "object", "properties": keys, "required": list(keys), "additionalProperties": False}
        return {"oneOf": [{"const": "shared"}, group]}


@dataclass(frozen=True, slots=True)
class ScaleOf:
    """The lowest and highest score, as 0-800."""

    def read(self, tree: Tree, report: Report) -> tuple[int, int] | None:
        """Both ends."""
        word = scalar(tree, report, "a scale such as 0-800")
        if word is None:
            return None
        low, _, high = word.text.partition("-")
        if low.isdigit() and high.isdigit() and int(low) < int(high):
            return int(low), int(high)
        report.say(word.at, f"`{word.text}` is not a scale.", "Write the lowest and the highest score, as 0-800.")
        return None

    def schema(self) -> dict[str, Any]:
        """A string with a pattern."""
        return {"type": "string", "pattern": r"^\d+-\d+$"}


COMMON: dict[str, tuple[Kind, bool]] = {
    "id": (Word(), True),
    "title": (Text(), False),
    "source": (Text(), False),
    "when": (ConditionOf(), False),
    "otherwise": (Fallback(), False),
    "waivable": (WAIVABLE, False),
    "on_fail": (ON_FAIL, False),
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
            **VALUES,
            "use": (UseOf(), False),
            "at_least": (Minutes(), False),
            "at_most": (Minutes(), False),
            "vacuous": (Choice(("open", "met")), False),
        },
    ),
    "count": (
        doc.Count,
        {
            "credited": (Ratio(), False),
            "outcome": (Word(), False),
            "scored": (Whole(1), False),
            "at_least": (Whole(1), False),
            "at_most": (Whole(0), False),
            "vacuous": (Choice(("open", "met")), False),
        },
    ),
    "absences": (
        doc.Absences,
        {
            "of": (Choice(("session", "event")), False),
            "credited": (Ratio(), False),
            "excused": (Choice(("in", "out")), False),
            "at_most": (Whole(0), True),
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
LEAVES |= {
    "rate": (
        doc.Rate,
        {
            "denominator": (Choice(("taken", "to-date", "all", "event")), True),
            "excused": (Choice(("in", "out", "as-present")), True),
            "at_least": (Ratio(), True),
        },
    ),
    "score": (
        doc.Score,
        {"of": (Word(), True), "scale": (ScaleOf(), False), "at_least": (Whole(), True), "attempts": (Whole(1), False)},
    ),
    "attest": (doc.Attest, {"document": (Word(), True), "by": (Word(), True), "at_least": (Whole(1), False)}),
    "linked": (doc.Linked, {"with": (LINK, True), "at_least": (Whole(1), False)}),
    "years": (doc.Years, {"of": (Word(), True), "at_least": (Length(), True)}),
    "held": (doc.Held, {"any_of": (ListOf(Word()), True)}),
    "paid": (doc.Paid, {"of": (Word(), False), "at_least": (Whole(1), True)}),
}
# A person linked is no entry: no filter can ask anything of them.
_NOT_READ = {"linked": {"where"}}


def keys_of(measure: str) -> dict[str, tuple[Kind, bool]]:
    """Every key of a requirement that measures so."""
    reads = {key: kind for key, kind in READS.items() if key not in _NOT_READ.get(measure, ())}
    return COMMON | reads | LEAVES[measure][1]


# YAML keys that Python cannot use as names.
_NAMES = {"from": "pool", "with": "link"}
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
        made, _ = LEAVES[measure]
        found = read_keys(tree, report, keys_of(measure), f"a requirement that measures {measure}")
        if found is None:
            return None
        del found["measure"]
        if found.get("use") == "shared":
            del found["use"]
        return made(at=tree.at, **{_NAMES.get(key, key): value for key, value in found.items()})

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
