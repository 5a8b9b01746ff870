"""Amounts in words: hours and the program's own units, years, dollars, points, counts, dates, lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cecto.requirements.parts import Unit

NARROW = "\N{NO-BREAK SPACE}"
DAYS_PER_YEAR = 365


def hours(minutes: int) -> str:
    """Minutes as people say them, one form everywhere: 7 h 15 min, 6 h, 45 min, 0 h."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole:,}{NARROW}h"] if whole or not rest else []
    return NARROW.join([*parts, f"{rest}{NARROW}min"] if rest else parts)


def time(minutes: int, unit: Unit | None) -> str:
    """Minutes in the program's own unit, to two decimals and never rounded up (12.5 PDUs); without one, as hours."""
    if unit is None:
        return hours(minutes)
    whole, part = divmod(minutes * 100 // unit.per, 100)
    decimals = f"{part:02d}".rstrip("0")
    number = f"{whole:,}" + (f".{decimals}" if decimals else "")
    return f"{number}{NARROW}{unit.name if number == '1' else unit.plural}"


def years(days: int) -> str:
    """Days of experience as years, of 365 days: 5 years, 4.5 years, 20 days."""
    if days < DAYS_PER_YEAR:
        return number(days, "day")
    tenths = days * 10 // DAYS_PER_YEAR
    text = f"{tenths // 10}" + (f".{tenths % 10}" if tenths % 10 else "")
    return f"{text} {'year' if text == '1' else 'years'}"


def dollars(amount: int) -> str:
    """Whole dollars: $3,900."""
    return f"${amount:,}"


def number(count: int, noun: str, plural: str = "") -> str:
    """A count and its noun: 1 session, 2 sessions."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def day(on: date) -> str:
    """A date as people write it: August 19, 2015."""
    return f"{on:%B} {on.day}, {on.year}"


def listed(words: Iterable[str], final: str = "or") -> str:
    """Words joined with commas and a final word: a; a or b; a, b, or c. In the order given; of none, nothing."""
    *first, last = [*words] or [""]
    if len(first) < 2:
        return f"{first[0]} {final} {last}" if first else last
    return f"{', '.join(first)}, {final} {last}"


def shortened(titles: Iterable[str], most: int = 3) -> str:
    """Three titles, then how many more there are."""
    names = list(titles)
    if len(names) <= most:
        return listed(names, "and")
    return f"{', '.join(names[:most])}, and {len(names) - most} more"


def opening(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]
