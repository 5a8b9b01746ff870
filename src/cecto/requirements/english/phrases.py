"""The parts of a definition as phrases, for `explain`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cecto.requirements import document as doc
from cecto.requirements.english.sentences import day

# An office's code is in small letters; so short a word in it (dpi, sog) is an abbreviation.
LONGEST_ABBREVIATION = 3

_POINTS = {
    "class.start": "the first day of the class",
    "class.end": "the end of the class",
    "award": "the award",
    "cycle.start": "the start of the cycle",
    "cycle.end": "the end of the cycle",
}
_RELATIONS = {
    "same-organization": "someone of the same organization",
    "same-class": "someone of the same class",
    "mentor": "their mentor",
    "supervisor": "their supervisor",
}


def listed(words: Iterable[str], final: str = "or") -> str:
    """Words joined with commas and a final or, in the order given."""
    *first, last = words
    return f"{', '.join(first)} {final} {last}" if first else last


def office(code: str) -> str:
    """An office or role, as people say it."""
    words = (word.upper() if len(word) <= LONGEST_ABBREVIATION else word for word in code.split("-"))
    return f"the {' '.join(words)}"


def amount(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def window_phrase(window: doc.Window | None) -> str:
    """When, with a leading comma; nothing when always."""
    if window is None:
        return ""
    return f", from {point(window.start)} until {point(window.end)}"


def point(at: doc.Point) -> str:
    """A date by name."""
    name = day(at.on) if at.on else _POINTS[at.anchor]
    if at.later != doc.NO_TIME:
        return f"{span(at.later)} after {name}"
    return f"{span(at.earlier)} before {name}" if at.earlier != doc.NO_TIME else name


def ordinal(month_and_day: tuple[int, int]) -> str:
    """A day of the year: July 1."""
    month, number = month_and_day
    return f"{date(2000, month, number):%B} {number}"


def span(length: doc.Span) -> str:
    """A span in years, months and days."""
    years, months = divmod(length.months, 12)
    parts = [(years, "year"), (months, "month"), (length.days, "day")]
    return " and ".join(amount(number, noun) for number, noun in parts if number) or "no time"


def link(asked: doc.Link) -> str:
    """Whom a partner is."""
    track = f" in the track “{asked.track}”" if asked.track else ""
    return f"{_RELATIONS[asked.relation]}{track}"


def condition(asked: doc.Condition) -> str:
    """Of whom: a phrase that follows 'those'."""
    parts = [f"linked during the class to {link(asked.partner)}"] if asked.partner else []
    parts += [f"whose {name} is {listed(sorted(words))}" for name, words in asked.traits]
    if asked.none_of:
        parts.append(f"not {condition(asked.none_of)}")
    return " and ".join(parts)
