"""How people write days, times, lengths and formats in a sheet, and what they mean."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify

from cecto.classes.models import Modality
from cecto.foundation.sheets import Unreadable, plain

EARLIEST_YEAR = 2000
LONGEST = 300
LONGEST_ADDRESS = 500
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_SPOKEN_DAY = re.compile(r"(?:[a-z]+,?\s+)?([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})\s+([a-z]+)\.?,?\s+(\d{4})", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})(?::(\d{2}))?(?::00)?\s*([ap])?\.?\s*(?:m\.?)?", re.IGNORECASE)
_LENGTH = re.compile(r"(?:(\d+)\s*h(?:ours?|rs?)?)?\s*(?:(\d+)\s*(?:m(?:in(?:ute)?s?)?)?)?", re.IGNORECASE)

_FORMATS = {
    Modality.F2F: ("f2f", "facetoface", "inperson", "intheroom", "classroom", "onsite"),
    Modality.SYNC: ("sync", "synchronous", "synchronousonline", "liveonline", "onlinelive", "live", "webinar", "zoom"),
    Modality.ASYNC: ("async", "asynchronous", "asynchronousonline", "onlineinowntime", "selfpaced", "ownpace"),
}


def day(text: str) -> date:
    """A date written as 2015-08-11, 8/11/2015 (month first), Aug 11, 2015 or 11 August 2015. Raises Unreadable."""
    found = _parts_of_day(text)
    try:
        read = date(*found) if found else None
    except ValueError:
        raise Unreadable(f"There is no day “{text}”.", "Write the date like 2015-08-11.") from None
    if read is None:
        raise Unreadable(f"“{text}” is not a date.", "Write it like 2015-08-11.")
    if read.year < EARLIEST_YEAR:
        raise Unreadable(f"“{text}” is in {read.year}.", "Write the year the session is held in, with four digits.")
    return read


def _parts_of_day(text: str) -> tuple[int, int, int] | None:
    if found := _ISO_DAY.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NUMERIC_DAY.fullmatch(text):
        return int(found[3]), int(found[1]), int(found[2])
    if found := _SPOKEN_DAY.fullmatch(text):
        return int(found[3]), _month(found[1]), int(found[2])
    if found := _DAY_FIRST.fullmatch(text):
        return int(found[3]), _month(found[2]), int(found[1])
    return None


def _month(word: str) -> int:
    """1 to 12, or 0, which no date accepts."""
    return _MONTHS.index(word[:3].lower()) + 1 if word[:3].lower() in _MONTHS else 0


def clock_time(text: str) -> time:
    """A time of day written as 9:00, 13:30, 9 AM or 1:30 p.m. Raises Unreadable."""
    found = _TIME.fullmatch(text)
    if not found:
        raise Unreadable(f"“{text}” is not a time.", "Write it like 9:00 AM or 13:30.")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise Unreadable(f"There is no time “{text}”.", "Write it like 9:00 AM or 13:30.")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise Unreadable(f"There is no time “{text}”.", "Write it like 9:00 AM or 13:30.") from None


def instant(on: date, at: time, zone: str) -> datetime:
    """That time on that day in a time zone, as an instant in UTC.

    When clocks go back, the earlier of two. Raises Unreadable for a time that clocks skip.
    """
    local = datetime.combine(on, at, ZoneInfo(zone))
    found = local.astimezone(UTC)
    if found.astimezone(ZoneInfo(zone)).time() != at:
        raise Unreadable(
            f"There is no {at:%H:%M} on {on.isoformat()} in {zone}: clocks are set forward over it.",
            "Choose a time before or after the change.",
        )
    return found


def minutes(text: str) -> int:
    """A length written as 90, 90 min, 1h 30m or 2 hours, in minutes. Raises Unreadable."""
    found = _LENGTH.fullmatch(text)
    if not found or not (found[1] or found[2]):
        raise Unreadable(f"“{text}” is not a length.", "Write whole minutes, like 90.")
    return int(found[1] or 0) * 60 + int(found[2] or 0)


def modality(text: str) -> Modality:
    """The format: in the room, live online, or online in own time. Raises Unreadable."""
    for found, names in _FORMATS.items():
        if plain(text) in names:
            return found
    near = get_close_matches(plain(text), [name for names in _FORMATS.values() for name in names], n=1, cutoff=0.75)
    guess = next((found for found, names in _FORMATS.items() if near and near[0] in names), None)
    meant = f"Did you mean {guess} ({guess.label.lower()})? " if guess else ""
    usual = "Write f2f (face to face), sync (live online) or async (own time)."
    raise Unreadable(f"“{text}” is not a format.", meant + usual)


def time_spans(text: str) -> list[tuple[time, time]]:
    """Spans like 12:00-13:00, separated by semicolons or commas. Raises Unreadable."""
    return [_time_span(part) for part in listed(text)]


def _time_span(text: str) -> tuple[time, time]:
    start, dash, end = text.replace("\N{EN DASH}", "-").partition("-")
    if not dash:
        raise Unreadable(f"“{text}” is not a break.", "Write it like 12:00-13:00.")
    return clock_time(start.strip()), clock_time(end.strip())


def breaks(text: str, on: date, zone: str) -> list[tuple[datetime, datetime]]:
    """Breaks like 12:00-13:00 on a day in a time zone, as instants in order. Raises Unreadable."""
    spans = sorted(time_spans(text))
    backward = [span for span in spans if span[1] <= span[0]]
    overlapping = any(later[0] < earlier[1] for earlier, later in pairwise(spans))
    if backward or overlapping:
        raise Unreadable(f"The breaks “{text}” overlap or end before they start.", "Write them like 12:00-13:00.")
    return [(instant(on, since, zone), instant(on, until, zone)) for since, until in spans]


def listed(text: str, separators: str = ";,|") -> list[str]:
    """The parts of a list, without blanks around them and without empty ones."""
    return [part.strip() for part in re.split(f"[{separators}]", text) if part.strip()]


def yes(text: str) -> bool:
    """Whether a cell says yes. Empty says no. Raises Unreadable."""
    word = plain(text)
    if word in {"", "no", "n", "false", "0", "optional"}:
        return False
    if word in {"yes", "y", "true", "1", "x", "required"}:
        return True
    raise Unreadable(f"“{text}” is neither yes nor no.", "Write yes or no.")


def short(text: str) -> str:
    """A title or a place as it is. Raises Unreadable when it is longer than any we keep."""
    if len(text) > LONGEST:
        raise Unreadable(f"It has {len(text)} characters; at most {LONGEST} are kept.", "Shorten it.")
    return text


def word(text: str) -> str:
    """A word of a definition, like security or joint-day. Raises Unreadable."""
    found = slugify(text)[:60]
    if not found:
        raise Unreadable(f"“{text}” is not a word.", "Write a word of the program's definition, like security.")
    return found


def word_list(text: str) -> list[str]:
    """Several words of a definition, in order of the alphabet. Raises Unreadable."""
    return sorted({word(part) for part in listed(text)})


def address(text: str) -> str:
    """A web address as it is. Raises Unreadable."""
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        raise Unreadable(f"“{text}” is not a web address.", "Write it like https://example.org/meeting.") from None
    if len(text) > LONGEST_ADDRESS:
        raise Unreadable(f"The address has {len(text)} characters.", "Use a shorter one.")
    return text


def said(at: datetime, zone: str) -> str:
    """A time of day in a zone as people write it, and as `clock_time` reads it: 9:00 AM."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.hour % 12 or 12}:{local:%M %p}"
