"""The words for a whole definition: policy, award, renewal, and what holds them together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cecto.requirements import document as doc
from cecto.requirements.engine import LANGUAGE
from cecto.requirements.language.compounds import Dates, ListOf, Named, Shape, into, read_keys
from cecto.requirements.language.kinds import Choice, DatePoint, Flag, Length, Minutes, Ratio, Text, Whole, Word, scalar
from cecto.requirements.language.node_words import NodeOf
from cecto.requirements.language.vocabulary import ACTIVITY_KINDS, POOL, ConditionOf
from cecto.requirements.language.yamltree import Mapping, Scalar, Tree
from cecto.requirements.problems import Report

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
        "excused": (Choice(("not-credited", "credited")), False),
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


UNIT = Shape(
    "the unit that hours are counted in",
    {"name": (Text(), True), "plural": (Text(), False), "per": (Minutes(), True)},
    lambda _, found: doc.Unit(**{"plural": f"{found['name']}s", **found}),
)
UNITS = Shape(
    "the units awarded",
    {
        "name": (Text(), True),
        "of": (Word(), True),
        "per": (Minutes(), True),
        "variable": (Flag(), True),
        "whole": (Minutes(), False),
    },
    into(doc.AwardUnits),
)
RECORD = Shape(
    "the record of an award",
    {
        "fields": (ListOf(Word()), True),
        "keep_years": (Whole(1, 100), True),
        "release": (Choice(("learner-request-only",)), False),
    },
    into(doc.AwardRecord),
)
AWARD = Shape(
    "the award",
    {
        "credential": (Word(), True),
        "title": (Text(), False),
        "decided_by": (Word(), True),
        "second": (Word(), False),
        "valid": (Validity(), True),
        "units": (UNITS, False),
        "record": (RECORD, False),
        "source": (Text(), False),
    },
    into(doc.Award),
)


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A month and a day, as 07-01."""

    def read(self, tree: Tree, report: Report) -> tuple[int, int] | None:
        """Month and day; 29 February is none, because it is not in every year."""
        word = scalar(tree, report, "a day of the year such as 07-01")
        if word is None:
            return None
        try:
            found = date.fromisoformat(f"2015-{word.text}")
        except ValueError:
            report.say(word.at, f"`{word.text}` is not a day of the year.", "Write month and day, as 07-01.")
            return None
        return found.month, found.day

    def schema(self) -> dict[str, Any]:
        """A string with a pattern."""
        return {"type": "string", "pattern": r"^\d\d-\d\d$"}


CYCLE = Shape(
    "the cycle",
    {
        "length": (Length(), True),
        "fixed": (DayOfYear(), False),
        "year": (Choice(("award-year", "after-award")), False),
    },
    into(doc.Cycle),
)
CARRY = Shape("what is carried", {"over": (Minutes(), False), "back": (Length(), False)}, lambda _, found: found)
LAPSE = Shape(
    "what a lapse means",
    {"status": (Word(), True), "reinstate_within": (Length(), False)},
    into(doc.Lapse),
)


def _renewal(_: Tree, found: dict[str, Any]) -> doc.Renewal:
    return doc.Renewal(**found.pop("carry", {}), **found)


RENEWAL = Shape(
    "the renewal",
    {
        "applies_when": (ConditionOf(), False),
        "cycle": (CYCLE, True),
        "opens": (Length(), False),
        "grace": (Length(), False),
        "carry": (CARRY, False),
        "on_lapse": (LAPSE, True),
        "require": (NodeOf(), True),
        "source": (Text(), False),
    },
    _renewal,
)
DEFINITION = Shape(
    "a definition",
    {
        "language": (Whole(LANGUAGE, LANGUAGE), False),
        "program": (Word(), True),
        "track": (Word(), True),
        "catalogue": (Word(), True),
        "version": (Whole(1), True),
        "title": (Text(), True),
        "source": (Text(), False),
        "reads": (Word(), False),
        "classes": (Shape("the classes", {"starting": (Dates(), True)}, lambda _, found: found["starting"]), False),
        "policy": (POLICY, True),
        "competencies": (Named(Text()), False),
        "pools": (Named(POOL), False),
        "unit": (UNIT, False),
        "positions": (Named(Text()), False),
        "moves": (Named(Word()), False),
        "under_way": (Choice(("stay", "move", "better-of-both")), False),
        "admission": (NodeOf(), False),
        "renewal": (RENEWAL, False),
        "require": (NodeOf(), True),
        "award": (AWARD, True),
    },
    lambda tree, found: doc.Definition(at=tree.at, **found),
)
