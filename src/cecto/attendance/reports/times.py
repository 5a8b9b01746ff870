"""Reading times and lengths as the systems and people write them.

Times without a zone are local times of the zone that the caller names; the result is always UTC.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
_DATE = re.compile(r"^(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})(?:[,T ]\s*|$)", re.ASCII)
_TIME = re.compile(
    r"^(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d+)?)?)?\s*"
    r"(?P<half>[ap]m?)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?$",
    re.ASCII,
)
_MONTH_NAME = re.compile(
    r"^(?:(?P<d1>\d{1,2})\s+)?(?P<month>[a-z]{3,9})\.?(?:\s+(?P<d2>\d{1,2}))?,?\s+(?P<year>\d{4})", re.ASCII
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK_LENGTH = re.compile(r"^(\d{1,3}):([0-5]\d):([0-5]\d)$", re.ASCII)
_UNIT_LENGTH = re.compile(
    r"^(?:(\d+)\s*(?:h|hr|hrs|hour|hours))?\s*(?:(\d+)\s*(?:m|min|mins|minute|minutes))?\s*"
    r"(?:(\d+)\s*(?:s|sec|secs|second|seconds))?$",
    re.ASCII,
)


class Unreadable(ValueError):
    """The text is not a time or a length; the message says why, ready to be shown."""


class DayOrder(StrEnum):
    """How a date with numbers only is to be read."""

    MONTH_FIRST = "month/day/year"
    DAY_FIRST = "day/month/year"


@dataclass(frozen=True, slots=True)
class TimeReader:
    """Reads the times of one file: its order of day and month, its zone, and the day when a cell has none."""

    zone: tzinfo
    order: DayOrder = DayOrder.MONTH_FIRST
    on: date | None = None

    def instant(self, text: str) -> datetime:
        """The instant in UTC. A time without a date is on the day of the session. Raises Unreadable."""
        rest, day = self._split_date(_plain(text))
        found = _TIME.match(rest)
        if not found or not (found["minute"] or found["half"]):
            raise Unreadable(_why_not(text))
        if day is None:
            raise Unreadable(f"“{_short(text)}” has no date.")
        return self._in_utc(day, found)

    def _split_date(self, text: str) -> tuple[str, date | None]:
        text = _month_as_number(text)
        found = _DATE.match(text)
        if not found:
            return text, self.on
        return text[found.end() :] or "0:00", self._date(found[1], found[2], found[3])

    def _date(self, first: str, second: str, third: str) -> date:
        if len(first) == 4:
            year, month, day = int(first), int(second), int(third)
        else:
            month, day = int(first), int(second)
            if self.order is DayOrder.DAY_FIRST:
                month, day = day, month
            year = int(third) + 2000 if len(third) <= 2 else int(third)
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise Unreadable(f"The year {year} cannot be right.")
        try:
            return date(year, month, day)
        except ValueError:
            raise Unreadable(f"{first}/{second}/{third} is not a date ({self.order}).") from None

    def _in_utc(self, day: date, found: re.Match[str]) -> datetime:
        local = datetime.combine(day, _clock(found))
        return local.replace(tzinfo=_zone(found["zone"]) or self.zone).astimezone(UTC)


def day_order(texts: Iterable[str], on: date | None) -> DayOrder:
    """How the dates of a file are to be read, from the file itself.

    A number above 12 decides. Failing that, the reading that falls on the session's day; failing that, AM and PM
    or the lack of any date mean month first, as in the United States.
    """
    found = [m for m in (_DATE.match(_plain(text)) for text in texts) if m and len(m[1]) <= 2]
    if any(int(m[1]) > 12 for m in found):
        return DayOrder.DAY_FIRST
    if any(int(m[2]) > 12 for m in found) or on is None:
        return DayOrder.MONTH_FIRST
    readings = {(int(m[1]), int(m[2])) for m in found}
    as_month_first = (on.month, on.day) in readings
    as_day_first = (on.day, on.month) in readings
    return DayOrder.DAY_FIRST if as_day_first and not as_month_first else DayOrder.MONTH_FIRST


def states_zone(text: str) -> bool:
    """True when the time carries its own offset from UTC."""
    found = re.search(r"(?:\d|[ap]m)\s*(z|utc|gmt|[+-]\d{2}:?\d{2})$", _plain(text))
    return found is not None and ":" in text


def seconds_of(text: str) -> int:
    """A length in seconds: `128` (minutes), `00:00:32`, `29m 22s`, `1 hr 3 min`. Raises Unreadable."""
    plain = _plain(text)
    if re.fullmatch(r"\d{1,6}", plain, re.ASCII):
        return int(plain) * 60
    clock = _CLOCK_LENGTH.match(plain)
    if clock:
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3])
    units = _UNIT_LENGTH.match(plain) if len(plain) < 40 else None
    if units and any(units.groups()):
        hours, minutes, seconds = (int(group or 0) for group in units.groups())
        return hours * 3600 + minutes * 60 + seconds
    raise Unreadable(_why_not(text, "a length of time"))


def _plain(text: str) -> str:
    """Lower case, with `a.m.`, `A. M.` and their like written `am`."""
    return re.sub(r"\b([ap])\.?\s?m\b\.?", r"\1m", " ".join(text.split()).casefold())


def _month_as_number(text: str) -> str:
    found = _MONTH_NAME.match(text)
    if not found or found["month"][:3] not in _MONTHS or not (found["d1"] or found["d2"]):
        return text
    month = _MONTHS.index(found["month"][:3]) + 1
    rest = text[found.end() :].lstrip(", ")
    return f"{found['year']}-{month}-{found['d1'] or found['d2']} {rest}".strip()


def _clock(found: re.Match[str]) -> time:
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if found["half"]:
        if not 1 <= hour <= 12:
            raise Unreadable(f"“{found[0]}” is not a time of day.")
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise Unreadable(f"“{found[0]}” is not a time of day.") from None


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text in ("z", "utc", "gmt"):
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    if offset >= timedelta(hours=24):
        raise Unreadable(f"“{text}” is not an offset from UTC.")
    return timezone(-offset if text[0] == "-" else offset)


def _why_not(text: str, wanted: str = "a time") -> str:
    if text.startswith("="):
        return f"“{_short(text)}” is a formula, not {wanted}."
    return f"“{_short(text)}” is not {wanted}."


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
