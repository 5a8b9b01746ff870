"""A time zone as calendars understand it: two yearly rules instead of a list of dates, which some programs skip.

The rules come from the last line of the zone's own file, which says in POSIX's words how clocks change from now on
(RFC 8536, section 3.3).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

# The United States have changed clocks by the present rules since 2007; earlier dates need the list.
RULES_SINCE = datetime(2008, 1, 1, tzinfo=UTC)
_ANCHOR = 1970
_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_RULE = re.compile(r"M(\d+)\.(\d)\.(\d)(?:/(\d+))?")


def time_zone(zone: str, first: datetime | None) -> Timezone:
    """The VTIMEZONE of a zone, right for every instant from `first` on."""
    rules = _footer(zone).split(",")
    changes = [_RULE.fullmatch(rule) for rule in rules[1:]]
    if len(changes) not in {0, 2} or None in changes or (first is not None and first < RULES_SINCE):
        return Timezone.from_tzid(zone)
    winter, summer = _offset(zone, 1), _offset(zone, 7)
    found = Timezone()
    found.add("tzid", zone)
    if not changes:
        found.add_component(_part(TimezoneStandard(), winter, winter, None))
        return found
    to_summer, to_winter = changes
    found.add_component(_part(TimezoneDaylight(), winter, summer, to_summer))
    found.add_component(_part(TimezoneStandard(), summer, winter, to_winter))
    return found


def _footer(zone: str) -> str:
    content = files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
    return content.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")


def _offset(zone: str, month: int) -> timedelta:
    return datetime(2026, month, 15, tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()


def _part(
    part: TimezoneStandard | TimezoneDaylight, before: timedelta, after: timedelta, rule: re.Match[str] | None
) -> TimezoneStandard | TimezoneDaylight:
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    if rule is None:
        part.add("dtstart", datetime(_ANCHOR, 1, 1))  # noqa: DTZ001 - RFC 5545 wants local time here
        return part
    month, week, day, hour = (int(part or 2) for part in rule.groups())
    nth = -1 if week == 5 else week
    part.add("dtstart", _nth_day(month, nth, day) + timedelta(hours=hour))
    part.add("rrule", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": f"{nth}{_DAYS[day]}"})
    return part


def _nth_day(month: int, nth: int, day: int) -> datetime:
    """The nth (or, for -1, the last) such weekday of a month in the anchor year; POSIX counts days from Sunday."""
    every = [datetime(_ANCHOR, month, 1) + timedelta(days=number) for number in range(31)]  # noqa: DTZ001
    found = [one for one in every if one.month == month and one.isoweekday() % 7 == day]
    return found[nth if nth < 0 else nth - 1]
