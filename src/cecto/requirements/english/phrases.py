"""The parts of a definition as phrases."""

from __future__ import annotations

from datetime import date, timedelta

from cecto.requirements import document as doc
from cecto.requirements.english.amounts import day, listed, number

__all__ = ["condition", "link", "listed", "office", "ordinal", "point", "position", "span", "window_phrase"]

# An office's code is in small letters; so short a word in it (dpi, sog) is an abbreviation.
LONGEST_ABBREVIATION = 3

_POINTS = {
    "class.start": "the first day of the class",
    "class.end": "the last day of the class",
    "award": "the award",
    "cycle.start": "the start of the cycle",
    "cycle.end": "the end of the cycle",
}
_RELATIONS = {
    "same-organization": "someone from the same organization",
    "same-class": "someone of the same class",
    "mentor": "their mentor",
    "supervisor": "their supervisor",
}


def office(code: str) -> str:
    """A position as people say it, from its code."""
    words = (word.upper() if len(word) <= LONGEST_ABBREVIATION else word for word in code.split("-"))
    return f"the {' '.join(words)}"


def position(definition: doc.Definition, code: str) -> str:
    """A position as the definition titles it, with its article; from its code when it has no title."""
    title = dict(definition.positions).get(code)
    if title is None:
        return office(code)
    return title if title.lower().startswith(("the ", "a ", "an ")) else f"the {title}"


_WHOLE = {
    (doc.Point("class.start"), doc.Point("class.end")): ", during the class",
    (doc.Point("cycle.start"), doc.Point("cycle.end")): ", during the cycle",
}


def window_phrase(window: doc.Window | None) -> str:
    """When, with a leading comma; nothing when always. Ends are told by their last day."""
    if window is None:
        return ""
    whole = _WHOLE.get((window.start, window.end))
    if whole:
        return whole
    length = _length(window)
    if length is not None:
        return f", in the {span(length)} before {point(window.end)}"
    return f", from {point(window.start)} {_until(window.end)}"


def _length(window: doc.Window) -> doc.Span | None:
    """How long a window is that counts back from its end."""
    start, end = window.start, window.end
    if (start.anchor, start.on, start.later) != (end.anchor, end.on, end.later) or start.earlier == end.earlier:
        return None
    months, days = start.earlier.months - end.earlier.months, start.earlier.days - end.earlier.days
    return doc.Span(months, days)


def _until(end: doc.Point) -> str:
    """Up to the last day that counts: a window ends the day before its end."""
    if end.on and end.later == end.earlier == doc.NO_TIME:
        return f"through {day(end.on - timedelta(days=1))}"
    return f"until {point(end)}" if end.anchor == "award" else f"through {point(end)}"


def point(at: doc.Point) -> str:
    """A date by name."""
    name = day(at.on) if at.on else _POINTS[at.anchor]
    if at.later != doc.NO_TIME:
        return f"{span(at.later)} after {name}"
    return f"{span(at.earlier)} before {name}" if at.earlier != doc.NO_TIME else name


def ordinal(month_and_day: tuple[int, int]) -> str:
    """A day of the year: July 1."""
    month, on = month_and_day
    return f"{date(2000, month, on):%B} {on}"


def span(length: doc.Span) -> str:
    """A span in years, months and days."""
    years, months = divmod(length.months, 12)
    parts = [(years, "year"), (months, "month"), (length.days, "day")]
    return " and ".join(number(count, noun) for count, noun in parts if count) or "no time"


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
