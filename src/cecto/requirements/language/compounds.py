"""The kinds of value made of others: windows, ranges, lists, and mappings with known or free keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cecto.requirements.document import DateRange, Point, Span, Window
from cecto.requirements.language.kinds import DatePoint, Day, Kind, Length, Word
from cecto.requirements.language.yamltree import Items, Scalar, Tree
from cecto.requirements.problems import Report, nearest


@dataclass(frozen=True, slots=True)
class WindowOf:
    """[first day, day after the last]; `cycle`; or {last: 3y, before: award}."""

    def read(self, tree: Tree, report: Report) -> Window | None:
        """The window."""
        if isinstance(tree, Items) and len(tree.items) == 2:
            start, end = (DatePoint().read(item, report) for item in tree.items)
            return Window(start, end) if start and end else None
        if isinstance(tree, Scalar) and tree.text == "cycle":
            return Window(Point("cycle.start"), Point("cycle.end"))
        if not isinstance(tree, Items | Scalar):
            return _last_before(tree, report)
        advice = "Write [class.start, class.end], cycle or {last: 3y, before: award}."
        report.say(tree.at, "This is not a window.", advice)
        return None

    def schema(self) -> dict[str, Any]:
        """A pair, a word or a mapping."""
        point = DatePoint().schema()
        last = {"last": Length().schema(), "before": point}
        return {
            "oneOf": [
                {"type": "array", "items": point, "minItems": 2, "maxItems": 2},
                {"const": "cycle"},
                {"type": "object", "properties": last, "required": list(last), "additionalProperties": False},
            ]
        }


def _last_before(tree: Tree, report: Report) -> Window | None:
    keys: Mapping[str, tuple[Kind, bool]] = {"last": (Length(), True), "before": (DatePoint(), True)}
    found = read_keys(tree, report, keys, "a window")
    if found is None:
        return None
    end: Point = found["before"]
    span: Span = found["last"]
    start = Span(end.earlier.months + span.months, end.earlier.days + span.days)
    return Window(Point(end.anchor, end.on, end.later, start), end)


@dataclass(frozen=True, slots=True)
class Dates:
    """{from: 2015-08-01, before: 2016-08-01}; either may be left out."""

    def read(self, tree: Tree, report: Report) -> DateRange | None:
        """The range."""
        found = read_keys(tree, report, {"from": (Day(), False), "before": (Day(), False)}, "a range of dates")
        return None if found is None else DateRange(found.get("from"), found.get("before"))

    def schema(self) -> dict[str, Any]:
        """A mapping."""
        keys = {"from": Day().schema(), "before": Day().schema()}
        return {"type": "object", "properties": keys, "additionalProperties": False}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; one value alone may stand without brackets."""

    kind: Kind
    alone: bool = True

    def read(self, tree: Tree, report: Report) -> tuple[Any, ...] | None:
        """The values."""
        if isinstance(tree, Items):
            values = [self.kind.read(item, report) for item in tree.items]
            if not values:
                report.say(tree.at, "This list is empty.", "Write at least one value, or leave the key out.")
            return tuple(values) if values and None not in values else None
        if not self.alone:
            report.say(tree.at, "A list belongs here.", "Start each line with `- `.")
            return None
        value = self.kind.read(tree, report)
        return None if value is None else (value,)

    def schema(self) -> dict[str, Any]:
        """An array, or one of its items."""
        one = self.kind.schema()
        many = {"type": "array", "items": one, "minItems": 1}
        return {"anyOf": [one, many]} if self.alone else many


def read_keys(tree: Tree, report: Report, keys: Mapping[str, tuple[Kind, bool]], called: str) -> dict[str, Any] | None:
    """The values of a mapping with these keys (kind, required), or None after reporting what is wrong."""
    if isinstance(tree, Scalar | Items):
        report.say(tree.at, f"This must be {called} with keys: {', '.join(keys)}.")
        return None
    found: dict[str, Any] = {}
    sound = True
    for pair in tree.pairs:
        if pair.key not in keys:
            report.say(pair.at, f"`{pair.key}` is not known in {called}.", nearest(pair.key, keys))
            sound = False
            continue
        value = keys[pair.key][0].read(pair.value, report)
        sound = sound and value is not None
        found[pair.key] = value
    for key, (_, required) in keys.items():
        if required and key not in found:
            report.say(tree.at, f"`{key}` is missing from {called}.", f"Add `{key}:`.")
            sound = False
    return found if sound else None


Make = Callable[[Tree, dict[str, Any]], Any]


def into(made: Callable[..., Any], *, placed: bool = False, **renamed: str) -> Make:
    """Makes a document value of the keys found: renamed where Python needs it."""

    def make(tree: Tree, found: dict[str, Any]) -> Any:
        values = {renamed.get(key, key): value for key, value in found.items()}
        return made(at=tree.at, **values) if placed else made(**values)

    return make


@dataclass(frozen=True, slots=True)
class Shape:
    """A mapping with known keys, made into one of the document's values by `make(tree, found)`."""

    called: str
    keys: Mapping[str, tuple[Kind, bool]]
    make: Make

    def read(self, tree: Tree, report: Report) -> Any:
        """The value made of its keys."""
        found = read_keys(tree, report, self.keys, self.called)
        return None if found is None else self.make(tree, found)

    def schema(self) -> dict[str, Any]:
        """An object with these properties."""
        return {
            "type": "object",
            "title": self.called,
            "properties": {key: kind.schema() for key, (kind, _) in self.keys.items()},
            "required": [key for key, (_, required) in self.keys.items() if required],
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping from codes, chosen by the author, to one kind of value."""

    kind: Kind

    def read(self, tree: Tree, report: Report) -> tuple[tuple[str, Any], ...] | None:
        """The pairs, in the order written."""
        if isinstance(tree, Scalar | Items):
            report.say(tree.at, "A mapping of names belongs here.", "Write `name: value`, one a line.")
            return None
        pairs = [
            (Word().read(Scalar(pair.key, False, pair.at), report), self.kind.read(pair.value, report))
            for pair in tree.pairs
        ]
        return None if any(None in pair for pair in pairs) else tuple((str(name), value) for name, value in pairs)

    def schema(self) -> dict[str, Any]:
        """An object with free names."""
        return {"type": "object", "additionalProperties": self.kind.schema()}
