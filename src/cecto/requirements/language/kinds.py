"""The kinds of single value a definition may hold: how each is read, and what an editor is told about it.

`read` answers None when it has reported a problem. `schema` is JSON Schema (2020-12) for the same values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from cecto.requirements.document import Point, Span
from cecto.requirements.language.yamltree import Items, Scalar, Tree
from cecto.requirements.problems import Report, nearest

# What YAML 1.1 and 1.2 readers turn into something other than text when it is not quoted.
_COERCED = re.compile(
    r"~|null|true|false|yes|no|on|off|y|n"
    r"|[-+]?(0x[0-9a-f_]+|0o?[0-7_]+|[0-9][0-9_]*(\.[0-9_]*)?(e[-+]?[0-9]+)?|\.[0-9]+|\.inf|\.nan)"
    r"|[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?|\d{4}-\d\d?-\d\d?([t ].*)?",
    re.IGNORECASE,
)
_DURATION = re.compile(r"(?:(?P<h>\d{1,6}(?:\.\d{1,2})?)\s?h)?\s?(?:(?P<m>\d{1,7})\s?m)?")
_OWN_UNIT = re.compile(r"(\d{1,6}(?:\.\d{1,2})?)\s+(\S.*)")
_SPAN = re.compile(r"(\d{1,4})([dmy])")
_POINT = re.compile(r"(class\.start|class\.end|award|cycle\.start|cycle\.end)((?:[+-]\d{1,4}[dmy])*)")
_FLOAT = re.compile(r"[-+]?\d*\.\d+(e[-+]?\d+)?", re.IGNORECASE)


class Kind(Protocol):
    """One kind of value."""

    def read(self, tree: Tree, report: Report) -> Any:
        """The value, or None after reporting what is wrong."""

    def schema(self) -> dict[str, Any]:
        """What an editor may know about it."""


def scalar(tree: Tree, report: Report, wanted: str) -> Scalar | None:
    """The tree as one word, or None after saying what was wanted."""
    if isinstance(tree, Scalar):
        return tree
    shape = "list" if isinstance(tree, Items) else "mapping"
    report.say(tree.at, f"This is a {shape}; {wanted} belongs here.")
    return None


@dataclass(frozen=True, slots=True)
class Text:
    """Any text; what YAML would coerce must be quoted."""

    longest: int = 500

    def read(self, tree: Tree, report: Report) -> str | None:
        """The text."""
        word = scalar(tree, report, "text")
        if word is None:
            return None
        if word.plain and _COERCED.fullmatch(word.text):
            report.say(word.at, f"YAML reads {word.text} as something other than text.", f"Write '{word.text}'.")
            return None
        if not word.text.strip() or len(word.text) > self.longest:
            report.say(word.at, f"Text of 1 to {self.longest} characters belongs here.")
            return None
        return word.text

    def schema(self) -> dict[str, Any]:
        """A string."""
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@dataclass(frozen=True, slots=True)
class Word:
    """A code or id: lower-case letters, digits, hyphens, dots or underscores."""

    pattern: str = r"[a-z0-9][a-z0-9._+-]{0,63}"

    def read(self, tree: Tree, report: Report) -> str | None:
        """The word."""
        text = Text().read(tree, report)
        if text is None or re.fullmatch(self.pattern, text):
            return text
        slug = re.sub(r"[^a-z0-9._+-]+", "-", text.lower()).strip("-")
        report.say(tree.at, f"`{text}` is not a code: use a-z, 0-9, - and .", f"Perhaps `{slug}`?" if slug else "")
        return None

    def schema(self) -> dict[str, Any]:
        """A string with a pattern."""
        return {"type": "string", "pattern": f"^{self.pattern}$"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed list of words."""

    words: tuple[str, ...]

    def read(self, tree: Tree, report: Report) -> str | None:
        """The word."""
        word = scalar(tree, report, " or ".join(self.words))
        if word is None or word.text in self.words:
            return word.text if word else None
        report.say(word.at, f"`{word.text}` is not known here.", nearest(word.text, self.words))
        return None

    def schema(self) -> dict[str, Any]:
        """An enumeration."""
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    def read(self, tree: Tree, report: Report) -> bool | None:
        """The truth."""
        word = Choice(("true", "false")).read(tree, report)
        return None if word is None else word == "true"

    def schema(self) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number of at least `least`."""

    least: int = 0
    most: int = 1_000_000

    def read(self, tree: Tree, report: Report) -> int | None:
        """The number."""
        word = scalar(tree, report, "a whole number")
        if word is None:
            return None
        if re.fullmatch(r"\d{1,9}", word.text) and self.least <= int(word.text) <= self.most:
            return int(word.text)
        advice = "Write a ratio as 75%, hours as 7h 30m." if _FLOAT.fullmatch(word.text) else ""
        report.say(word.at, f"`{word.text}` is not a whole number from {self.least} to {self.most:,}.", advice)
        return None

    def schema(self) -> dict[str, Any]:
        """An integer."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Minutes:
    """A duration in hours and minutes, as 240h, 7h 30m, 7.5h or 45m, or in the program's own unit, as 60 PDU."""

    def read(self, tree: Tree, report: Report) -> int | None:
        """The minutes."""
        word = scalar(tree, report, "a duration such as 6h or 45m")
        if word is None:
            return None
        match = _DURATION.fullmatch(word.text.strip())
        minutes = (
            _minutes(match["h"], match["m"]) if match and word.text.strip() else _in_units(word.text, report.units)
        )
        if minutes is None:
            advice = f"Write {word.text}h or {word.text}m." if word.text.isdigit() else "Write 240h, 7h 30m or 45m."
            report.say(word.at, f"`{word.text}` is not a duration in whole minutes.", advice)
        return minutes

    def schema(self) -> dict[str, Any]:
        """A string with a pattern."""
        return {"type": "string", "pattern": r"^\d+(\.\d+)?\s?h(\s?\d+\s?m)?$|^\d+\s?m$|^\d+(\.\d+)? \S+$"}


def _in_units(text: str, units: Mapping[str, int]) -> int | None:
    match = _OWN_UNIT.fullmatch(text.strip())
    if match is None or match[2].lower() not in units:
        return None
    whole, _, part = match[1].partition(".")
    hundredths = int(f"{whole}{part.ljust(2, '0')}") * units[match[2].lower()]
    return None if hundredths % 100 else hundredths // 100


def _minutes(hours: str | None, minutes: str | None) -> int | None:
    whole, _, part = (hours or "0").partition(".")
    hundredths = int(part.ljust(2, "0")) * 60 if part else 0
    return None if hundredths % 100 else int(whole) * 60 + hundredths // 100 + int(minutes or 0)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A whole percent, as 75%."""

    most: int = 100

    def read(self, tree: Tree, report: Report) -> int | None:
        """The percent."""
        word = scalar(tree, report, "a ratio such as 75%")
        if word is None:
            return None
        match = re.fullmatch(r"(\d{1,3})\s?%", word.text)
        if match and int(match[1]) <= self.most:
            return int(match[1])
        report.say(word.at, f"`{word.text}` is not a ratio.", _as_percent(word.text))
        return None

    def schema(self) -> dict[str, Any]:
        """A string with a pattern."""
        return {"type": "string", "pattern": r"^\d{1,3}\s?%$"}


def _as_percent(text: str) -> str:
    if re.fullmatch(r"[01](\.\d\d?)?|\.\d\d?", text):
        return f"Write {round(float(text) * 100)}%."
    return "Write a whole percent, as 75%."


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar date, as 2015-08-01."""

    def read(self, tree: Tree, report: Report) -> date | None:
        """The date."""
        word = scalar(tree, report, "a date such as 2015-08-01")
        if word is None:
            return None
        try:
            return date.fromisoformat(word.text)
        except ValueError:
            report.say(word.at, f"`{word.text}` is not a date.", "Write year-month-day, as 2015-08-01.")
            return None

    def schema(self) -> dict[str, Any]:
        """A string in the date format."""
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class Length:
    """A calendar span, as 30d, 12m or 3y."""

    def read(self, tree: Tree, report: Report) -> Span | None:
        """The span."""
        word = scalar(tree, report, "a span such as 30d, 12m or 3y")
        if word is None:
            return None
        match = _SPAN.fullmatch(word.text)
        if match is None:
            report.say(word.at, f"`{word.text}` is not a span.", "Write 30d, 12m or 3y (days, months, years).")
            return None
        return _span([(match[1], match[2])])

    def schema(self) -> dict[str, Any]:
        """A string with a pattern."""
        return {"type": "string", "pattern": r"^\d{1,4}[dmy]$"}


def _span(parts: list[tuple[str, str]]) -> Span:
    months = sum(int(n) * (12 if unit == "y" else 1) for n, unit in parts if unit != "d")
    return Span(months, sum(int(n) for n, unit in parts if unit == "d"))


@dataclass(frozen=True, slots=True)
class DatePoint:
    """A date, or a named date moved by a span, as class.end+30d."""

    def read(self, tree: Tree, report: Report) -> Point | None:
        """The point."""
        word = scalar(tree, report, "a date such as class.end or class.end+30d")
        if word is None:
            return None
        match = _POINT.fullmatch(word.text)
        if match:
            moves = re.findall(r"([+-])(\d+)([dmy])", match[2])
            later, earlier = ([(n, u) for sign, n, u in moves if sign == way] for way in "+-")
            return Point(match[1], later=_span(later), earlier=_span(earlier))
        day = Day().read(tree, report) if re.match(r"\d{4}-", word.text) else None
        if day is None:
            known = ("class.start", "class.end", "award", "cycle.start", "cycle.end")
            report.say(word.at, f"`{word.text}` is not a date or a named date.", nearest(word.text, known))
            return None
        return Point("date", on=day)

    def schema(self) -> dict[str, Any]:
        """A string with a pattern."""
        return {"type": "string", "pattern": rf"^({_POINT.pattern}|\d{{4}}-\d\d-\d\d)$"}
