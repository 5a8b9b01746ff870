"""The parts of a definition as phrases, for `explain`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cecto.requirements import document as doc
from cecto.requirements.sentences import day
from cecto.requirements.sentences import hours as minutes

__all__ = [
    "amount",
    "condition",
    "filter_phrase",
    "link",
    "listed",
    "minutes",
    "ordinal",
    "point",
    "span",
    "window_phrase",
]

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


def listed(words: Iterable[str]) -> str:
    """Words joined with commas and a final or."""
    *first, last = sorted(words)
    return f"{', '.join(first)} or {last}" if first else last


def amount(number: int, noun: str) -> str:
    """A number and its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def filter_phrase(where: doc.Filter | None) -> str:
    """What a filter asks for."""
    if where is None:
        return "everything"
    parts = [f"{key.replace('_', ' ')} {listed(words)}" for key, words in where.words]
    parts += [key if wanted else f"not {key}" for key, wanted in where.flags]
    if where.dates:
        parts.append(_dates(where.dates))
    parts += [filter_phrase(part) for part in where.all_of]
    if where.any_of:
        parts.append("either " + " or ".join(filter_phrase(part) for part in where.any_of))
    if where.none_of:
        parts.append(f"but not {filter_phrase(where.none_of)}")
    return ", ".join(parts)


def _dates(dates: doc.DateRange) -> str:
    start = f"from {day(dates.start)}" if dates.start else ""
    before = f"before {day(dates.before)}" if dates.before else ""
    return " ".join(part for part in (start, before) if part)


def window_phrase(window: doc.Window | None) -> str:
    """When, with a leading space; nothing when always."""
    if window is None:
        return ""
    return f" from {point(window.start)} until {point(window.end)}"


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
    track = f" in the track {asked.track}" if asked.track else ""
    return f"{_RELATIONS[asked.relation]}{track}"


def condition(asked: doc.Condition) -> str:
    """Of whom: a phrase that follows 'those'."""
    parts = [f"linked during the class to {link(asked.partner)}"] if asked.partner else []
    parts += [f"whose {name} is {listed(words)}" for name, words in asked.traits]
    if asked.none_of:
        parts.append(f"not {condition(asked.none_of)}")
    return " and ".join(parts)
