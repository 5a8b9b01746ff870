"""How numbers and times are said on a page."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format, number_format

_NBSP = "\N{NO-BREAK SPACE}"
# Written out because Django's own "P" format says "a.m." and leaves out ":00".
_TIME = "g:i\N{NO-BREAK SPACE}A"
_DAY = "D, M j, Y"


def hours(minutes: int) -> str:
    """Minutes as people say them, to the minute and without breaks: 390 -> "6 h 30 min", 360 -> "6 h", 0 -> "0 h"."""
    whole, rest = divmod(abs(minutes), 60)
    parts = [f"{number_format(whole, use_l10n=True, force_grouping=True)}{_NBSP}h"] if whole or not rest else []
    parts += [f"{rest}{_NBSP}min"] if rest else []
    return ("\N{MINUS SIGN}" if minutes < 0 else "") + _NBSP.join(parts)


def percent(value: int, target: int) -> int:
    """How much of the target, rounded down and between 0 and 100: 99.9% is not yet 100. A target of 0 is reached."""
    if target <= 0:
        return 100
    return max(0, min(100, value * 100 // target))


def in_zone(instant: datetime, zone: str | None = None) -> datetime:
    """The instant on the clock of a zone, by default the program's. Raises ValueError for a naive time."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no time zone.")
    return instant.astimezone(ZoneInfo(zone or settings.TIME_ZONE))


def day(value: date) -> str:
    """A date as "Tue, Aug 11, 2015"."""
    return date_format(value, _DAY)


def instant(value: datetime, zone: str | None = None) -> str:
    """An instant as "Tue, Aug 11, 2015, 9:00 AM EDT"."""
    local = in_zone(value, zone)
    return f"{day(local)}, {date_format(local, _TIME)} {local.tzname()}"


def clock(value: datetime, zone: str | None = None) -> str:
    """The time of day of an instant, where the day is plain: "9:00 AM"."""
    return date_format(in_zone(value, zone), _TIME)


def span(start: datetime, end: datetime, zone: str | None = None) -> str:
    """From one instant to another; the day is said once when it is the same."""
    first, last = in_zone(start, zone), in_zone(end, zone)
    if first.date() != last.date():
        return f"{instant(start, zone)} \N{EN DASH} {instant(end, zone)}"
    times = f"{date_format(first, _TIME)} \N{EN DASH} {date_format(last, _TIME)}"
    return f"{day(first)}, {times} {last.tzname()}"
