"""Reading instants as systems and people write them.

A zone that the text states is honored: `Z`, `UTC`, `-04:00`, `EDT`. A time without one is local time of the zone that
the caller names. The result is always UTC. Numbers such as 46309.5 are Excel's days since 1899-12-30, local time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from cecto.attendance.reports.headings import bracketed, plain
from cecto.foundation.folding import folded

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
# How long before a session begins people come: an hour written without AM or PM is not earlier than that.
EARLY_MINUTES = 120
_EXCEL_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_EXCEL_DAYS = (32_874, 73_051)
_DATE = re.compile(r"(?<!\d)(\d{1,4})([/.\-])(\d{1,2})\2(\d{1,4})(?:\.(?=\s))?(?=$|[,;tz\s])\s*[,;t]?\s*", re.ASCII)
_BASIC = re.compile(r"^(\d{4})(\d{2})(\d{2})t(\d{2})(\d{2})(\d{2})?", re.ASCII)
_TIME = re.compile(
    r"^(?P<hour>\d{1,2})(?:(?:[:.]|h)(?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?)?\s*"
    r"(?P<half>[ap]m?)?\s*\(?(?P<zone>z|[a-z]{2,4}|(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?)?\)?$",
    re.ASCII,
)
_DOTTED_CLOCK = re.compile(r"^\d{1,2}\.\d{2}(?:\.\d{2})?$", re.ASCII)
_MONTH_NAME = re.compile(
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th|\.)?[\s\-]+(?:de\s+|of\s+)?)?(?P<month>[a-z]{3,12})\.?"
    r"(?:[\s\-]+(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?![\d:]))?(?:[,\s\-]+(?:de\s+|of\s+)?(?P<year>\d{4}|\d{2}(?![\d:])))?",
    re.ASCII,
)
_MONTHS = (
    *(("jan", "ene", "sty", "gen"), ("feb", "fev", "lut"), ("mar", "maerz", "mrt"), ("apr", "abr", "avr", "kwi")),
    *(("may", "mai", "maj", "mag", "mei"), ("jun", "juin", "cze", "giu"), ("jul", "juil", "lip", "lug")),
    *(("aug", "ago", "aou", "sie"), ("sep", "set", "wrz"), ("oct", "okt", "out", "paz", "ott")),
    *(("nov", "lis"), ("dec", "dic", "dez", "gru")),
)
_WEEKDAYS = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mie|mier|jue|vie|sab|dom|die|mit|don|fre|sam|son|mer|jeu|ven|dim|"
    r"seg|ter|qua|qui|sex|mo|di|mi|do|fr|sa|so|pon|wto|sro|czw|pia|nie)[a-z]*(?:-feira)?(?:,|\.,?(?=\s*\d{1,2}\.?\s+[a-z]))\s*"
)
_HALVES = re.compile(r"\b([ap])\.?\s?m\b\.?")
_JOINTS = re.compile(r"\s+(?:at|um|a las|as|om|o godz\.?|a)\s+(?=\d)|(?<=\d)\s*(?:uhr|hrs?|h|o'clock)\b")
_TWELVE = re.compile(r"\b12\s*(?:n\b|(?=noon|midday|midnight))")
# A sentence in brackets behind a time: “12:03:10 PM (Ada left the meeting)”. The long name of a zone is none.
_REMARK = re.compile(r"(?<=[\dm])\s*\((?![^()]*\btime\b)[^()]*[a-z]{3,}\s[^()]*\)$")
_WORDS = {
    "noon": "12:00",
    "midday": "12:00",
    "mittag": "12:00",
    "mediodia": "12:00",
    "midi": "12:00",
    "midnight": "0:00",
}
_ZONES = {
    "z": UTC,
    "utc": UTC,
    "gmt": UTC,
    **{
        f"{letter}st": timezone(timedelta(hours=hours))
        for letter, hours in (("e", -5), ("c", -6), ("m", -7), ("p", -8))
    },
    **{
        f"{letter}dt": timezone(timedelta(hours=hours))
        for letter, hours in (("e", -4), ("c", -5), ("m", -6), ("p", -7))
    },
    "ast": timezone(timedelta(hours=-4)),
    "adt": timezone(timedelta(hours=-3)),
    "akst": timezone(timedelta(hours=-9)),
    "akdt": timezone(timedelta(hours=-8)),
    "hst": timezone(timedelta(hours=-10)),
    "cet": timezone(timedelta(hours=1)),
    "cest": timezone(timedelta(hours=2)),
    "bst": timezone(timedelta(hours=1)),
    "et": ZoneInfo("America/New_York"),
    "ct": ZoneInfo("America/Chicago"),
    "mt": ZoneInfo("America/Denver"),
    "pt": ZoneInfo("America/Los_Angeles"),
}
_OFFSET = re.compile(r"^(?:utc|gmt)?\s?([+-])(\d{1,2})(?::?(\d{2}))?$")
_ZONE_IN_WORDS = re.compile(r"(?:utc|gmt)(?:\s?[+-]\d{1,2}(?::?\d{2})?)?|\b[ecmp][sd]t\b|\b(?:ak[sd]t|hst)\b")


class Unreadable(ValueError):
    """The text is not a time or a length; the message says why, ready to be shown."""


class DayOrder(StrEnum):
    """How a date with numbers only is to be read."""

    MONTH_FIRST = "month/day/year"
    DAY_FIRST = "day/month/year"
    YEAR_FIRST = "year/month/day"

    def placed(self, first: int, second: int, third: int) -> tuple[int, int, int]:
        """Year, month and day."""
        if self is DayOrder.YEAR_FIRST:
            return first, second, third
        month, day = (first, second) if self is DayOrder.MONTH_FIRST else (second, first)
        return third, month, day


class AmbiguousDates(ValueError):
    """The dates of a file can be read in two ways, and both fall on the day of the session."""


@dataclass(frozen=True, slots=True)
class TimeReader:
    """Reads the times of one file: its order of day and month, its zone, and the day when a cell has none.

    `hours` says that a bare number is an hour, as on paper; `begins` is then the local time at which the session
    begins, and an hour without AM or PM is the one closest to the session.
    """

    zone: tzinfo
    order: DayOrder = DayOrder.MONTH_FIRST
    on: date | None = None
    hours: bool = False
    begins: time | None = None

    def instant(self, text: str, *, on: date | None = None) -> datetime:
        """The instant in UTC. A time without a date is on `on`, else on the day of the session. Raises Unreadable."""
        serial = _serial(text)
        if serial is not None:
            return self._of_serial(serial, text, on)
        plain = cleaned(text)
        rest, day = (plain, None) if _DOTTED_CLOCK.match(plain) else self._split_date(plain)
        found = _TIME.match(_WORDS.get(rest, rest))
        if not found or not (found["minute"] or found["half"] or rest in _WORDS or self.hours):
            raise Unreadable(_why_not(text))
        day = day or on or self.on
        if day is None:
            raise Unreadable(f"“{short(text)}” has no date.")
        return self._in_utc(day, found)

    def day(self, text: str) -> date | None:
        """The local date in a text that may have a time behind it; None without one. Raises Unreadable."""
        serial = _serial(text)
        if serial is not None and serial >= 1:
            return (_EXCEL_EPOCH + timedelta(days=serial)).date()
        return self._split_date(cleaned(text))[1]

    def _of_serial(self, serial: float, text: str, on: date | None) -> datetime:
        moment = _EXCEL_EPOCH + timedelta(seconds=round(serial * 86_400))
        if serial >= 1:
            return moment.replace(tzinfo=self.zone).astimezone(UTC)
        day = on or self.on
        if day is None:
            raise Unreadable(f"“{short(text)}” has no date.")
        return datetime.combine(day, moment.time(), self.zone).astimezone(UTC)

    def _split_date(self, text: str) -> tuple[str, date | None]:
        basic = _BASIC.match(text)
        if basic:
            clock = f"{basic[4]}:{basic[5]}:{basic[6] or '00'}"
            return clock + text[basic.end() :], _date(int(basic[1]), int(basic[2]), int(basic[3]), text)
        named = self._named_date(text)
        if named:
            return named
        found = _DATE.search(text)
        if not found:
            return text, None
        rest = (text[: found.start()] + " " + text[found.end() :]).strip(" ,;")
        return rest or "0:00", self._date(found)

    def _named_date(self, text: str) -> tuple[str, date] | None:
        for found in _MONTH_NAME.finditer(text):
            month, day = month_of(found["month"]), found["d1"] or found["d2"]
            year = found["year"] or (str(self.on.year) if self.on else "")
            if month and day and year:
                rest = (text[: found.start()] + " " + text[found.end() :]).strip(" ,;-")
                return rest or "0:00", _date(_whole_year(year), month, int(day), text)
        return None

    def _date(self, found: re.Match[str]) -> date:
        first, second, third = found[1], found[3], found[4]
        if len(first) > 2:
            return _date(int(first), int(second), int(third), found[0])
        year, month, day = self.order.placed(int(first), int(second), int(third))
        try:
            return _date(_whole_year(str(year)), month, day, found[0])
        except Unreadable as error:
            if "year" in str(error):
                raise
            raise Unreadable(f"{first}/{second}/{third} is not a date ({self.order}).") from None

    def _in_utc(self, day: date, found: re.Match[str]) -> datetime:
        clock = _clock(found)
        if self.hours and not found["half"]:
            clock = _nearest(clock, self.begins or time(9))
        local = datetime.combine(day, clock)
        return local.replace(tzinfo=zone_of(found["zone"]) or self.zone).astimezone(UTC)


def day_order(texts: Iterable[str], on: date | None) -> DayOrder:
    """How the dates of a column are to be read, from the whole column and the day of the session.

    Of the ways in which every date exists, the one is taken that has dates on the session's day. Without one that
    has, the American way where it is possible. Raises AmbiguousDates where two ways have dates on that day and
    differ in what they say.
    """
    found = (_DATE.search(cleaned(text)) for text in texts)
    dates = sorted({(int(m[1]), int(m[3]), int(m[4])) for m in found if m and len(m[1]) <= 2})
    read = {order: [_date_or_none(*order.placed(*numbers)) for numbers in dates] for order in DayOrder}
    possible = {order: days for order, days in read.items() if all(days)}
    of_day = [order for order, days in possible.items() if on is not None and on in days]
    if len(of_day) > 1 and len({tuple(possible[order]) for order in of_day}) > 1:
        raise AmbiguousDates(f"The dates may be {of_day[0]} or {of_day[1]}, and both occur on {on}.")
    if of_day:
        return of_day[0]
    some_of_day = [order for order in DayOrder if on is not None and on in read[order]]
    return next(iter((*some_of_day, *possible)), DayOrder.MONTH_FIRST)


def states_zone(text: str) -> bool:
    """True when the time carries its own offset from UTC."""
    found = re.search(r"(?:\d|[ap]m)\s*\(?(z|[a-z]{2,4}|(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?)\)?$", cleaned(text))
    return found is not None and ":" in text and _known_zone(found[1])


def zone_in(heading: str) -> tzinfo | None:
    """The zone that a heading states, as in `Join Time (UTC)` or `UtcEventTimestamp`."""
    found = _ZONE_IN_WORDS.search(bracketed(heading))
    if found:
        return zone_of(found[0])
    return UTC if {"utc", "gmt"} & set(plain(heading).split()) else None


def month_of(word: str) -> int | None:
    """The month that a word begins, in six languages; January is 1."""
    longest = (
        (len(start), month) for month, starts in enumerate(_MONTHS, 1) for start in starts if word.startswith(start)
    )
    return max(longest, default=(0, None))[1]


def cleaned(text: str) -> str:
    """Lower case, without weekday and filling words, with `a.m.`, `A. M.` and their like written `am`."""
    plain = _TWELVE.sub(lambda found: "noon" if "n" in found[0] else "", _HALVES.sub(r"\1m", folded(text)))
    plain = _REMARK.sub("", plain)
    return _JOINTS.sub(" ", _WEEKDAYS.sub("", plain)).strip()


def zone_of(text: str | None) -> tzinfo | None:
    """The zone of an offset or an abbreviation. Raises Unreadable for one that is neither."""
    if not text:
        return None
    if text in _ZONES:
        return _ZONES[text]
    found = _OFFSET.match(text)
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0)) if found else timedelta(days=1)
    if found is None or offset >= timedelta(hours=24):
        raise Unreadable(f"“{text}” is not a time zone that we know.")
    return timezone(-offset if found[1] == "-" else offset)


def short(text: str) -> str:
    """A text as messages show it."""
    return text if len(text) <= 40 else f"{text[:40]}…"


def _known_zone(text: str) -> bool:
    return text in _ZONES or _OFFSET.match(text) is not None


def _serial(text: str) -> float | None:
    """A number that Excel wrote for a day, or for a time of day."""
    if not re.fullmatch(r"\d{1,5}[.,]\d{1,16}|\d{5}", text, re.ASCII):
        return None
    number = float(text.replace(",", "."))
    low, high = _EXCEL_DAYS
    is_clock = number < 1 and re.fullmatch(r"0[.,]\d{3,}", text) is not None
    return number if low <= number < high or is_clock or text in ("0.5", "0.25", "0.75") else None


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return _date(_whole_year(str(year)), month, day, "")
    except Unreadable:
        return None


def _whole_year(text: str) -> int:
    return int(text) + 2000 if len(text) <= 2 else int(text)


def _date(year: int, month: int, day: int, text: str) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Unreadable(f"The year {year} cannot be right.")
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable(f"“{short(text)}” is not a date.") from None


def _clock(found: re.Match[str]) -> time:
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    if found["half"] and hour <= 12:
        if hour < 1:
            raise Unreadable(f"“{found[0]}” is not a time of day.")
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise Unreadable(f"“{found[0]}” is not a time of day.") from None


def _nearest(clock: time, begins: time) -> time:
    """Of an hour and the same hour past noon, the one that a session that begins then may mean."""
    if not 1 <= clock.hour <= 12:
        return clock
    choices = (clock.replace(hour=clock.hour % 12), clock.replace(hour=clock.hour % 12 + 12))
    first = begins.hour * 60 + begins.minute - EARLY_MINUTES
    return min(choices, key=lambda choice: (choice.hour * 60 + choice.minute - first) % (24 * 60))


def _why_not(text: str, wanted: str = "a time") -> str:
    if text.startswith("="):
        return f"“{short(text)}” is a formula, not {wanted}."
    return f"“{short(text)}” is not {wanted}."
