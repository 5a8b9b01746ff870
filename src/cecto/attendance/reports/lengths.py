"""Reading lengths of time as systems and people write them, in six languages."""

from __future__ import annotations

import re

from cecto.attendance.reports.headings import bracketed, plain
from cecto.attendance.reports.times import Unreadable, short
from cecto.foundation.folding import folded

MINUTE, HOUR = 60, 3_600
_CLOCK = re.compile(r"^(\d{1,3}):([0-5]?\d):([0-5]\d)(?:[.,]\d+)?$", re.ASCII)
_SHORT_CLOCK = re.compile(r"^(\d{1,3}):([0-5]\d)$", re.ASCII)
_ISO = re.compile(r"^pt(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)(?:\.\d+)?s)?$", re.ASCII)
_NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_PART = re.compile(rf"({_NUMBER})\s*([a-z]+)\.?(?:\s*(?:,|and|und|y|et|e|i|&))?\s*", re.ASCII)
_UNITS = {
    HOUR: (
        "h",
        "hr",
        "hrs",
        "hour",
        "hours",
        "std",
        "stunde",
        "stunden",
        "hora",
        "horas",
        "heure",
        "heures",
        "godz",
        "godzina",
        "godziny",
        "godzin",
        "g",
        "ora",
        "ore",
        "uur",
    ),
    MINUTE: (
        "m",
        "min",
        "mins",
        "minute",
        "minutes",
        "minuto",
        "minutos",
        "minuten",
        "minuta",
        "minuty",
        "minut",
        "minuti",
        "mn",
    ),
    1: (
        "s",
        "sec",
        "secs",
        "second",
        "seconds",
        "seg",
        "segs",
        "segundo",
        "segundos",
        "sek",
        "sekunde",
        "sekunden",
        "seconde",
        "secondes",
        "sekunda",
        "sekundy",
        "sekund",
        "secondi",
    ),
}
_SECONDS = {word: seconds for seconds, words in _UNITS.items() for word in words}


def seconds_of(text: str, heading: str = "", *, bounded: bool = False) -> int:
    """A length in seconds: `128` (minutes), `00:00:32`, `29m 22s`, `1 hr 3 min`, `3,900 s`, `1 Std. 5 Min.`.

    `heading` is what the column is called; it may name the unit of bare numbers, in brackets above all, else they are
    minutes. `3:08` is hours and minutes where `bounded` says that times of the same row limit it, or the heading does;
    alone it could as well be minutes and seconds. Raises Unreadable.
    """
    length = folded(text)
    unit = unit_of(heading)
    if not unit and re.fullmatch(r"0[.,]\d+", length, re.ASCII):
        raise Unreadable(f"“{short(text)}” may be a part of a day, of an hour or of a minute.")
    if re.fullmatch(_NUMBER, length, re.ASCII) and len(length) < 12:
        return round(_number(length) * (unit or MINUTE))
    clock = _CLOCK.match(length)
    if clock:
        return int(clock[1]) * HOUR + int(clock[2]) * MINUTE + int(clock[3])
    brief = _SHORT_CLOCK.match(length)
    if brief:
        return _short_clock(int(brief[1]), int(brief[2]), text, heading, bounded)
    iso = _ISO.match(length)
    if iso and any(iso.groups()):
        return sum(int(part or 0) * size for part, size in zip(iso.groups(), (HOUR, MINUTE, 1), strict=True))
    return _with_units(length, text)


def unit_of(heading: str) -> int:
    """The unit of bare numbers that a heading names, in seconds; 0 when it names none."""
    words = [*re.findall(r"[a-z]{1,12}", bracketed(heading)), *re.findall(r"[a-z]{3,12}", plain(heading))]
    return next((_SECONDS[word] for word in words if word in _SECONDS), 0)


def _short_clock(first: int, second: int, text: str, heading: str, bounded: bool) -> int:
    said = bracketed(heading)
    if ("mm:ss" in said and "h" not in said) or first >= 24:
        return first * MINUTE + second
    if bounded or "h:mm" in said or "hh" in said:
        return first * HOUR + second * MINUTE
    raise Unreadable(f"“{short(text)}” may be hours and minutes or minutes and seconds.")


def _with_units(plain: str, text: str) -> int:
    seconds, place = 0.0, 0
    while place < len(plain) < 60:
        part = _PART.match(plain, place)
        if not part or part[2] not in _SECONDS:
            break
        seconds += _number(part[1]) * _SECONDS[part[2]]
        place = part.end()
    if place == 0 or place < len(plain):
        kind = "a formula, not a length of time" if text.startswith("=") else "not a length of time"
        raise Unreadable(f"“{short(text)}” is {kind}.")
    return round(seconds)


def _number(text: str) -> float:
    """`3,900` and `3.900` are thousands; `3,5` and `3.5` are not."""
    if re.fullmatch(r"[1-9]\d{0,2}(?:[.,]\d{3})+", text):
        return float(re.sub(r"[.,]", "", text))
    return float(text.replace(",", "."))
