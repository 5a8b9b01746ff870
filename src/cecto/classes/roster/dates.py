"""Dates as Americans and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date, datetime

_FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%b %d, %Y")
_WITH_TIME = re.compile(r"^(\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}")


class NotADate(ValueError):
    """A text that is no date, or no date that can be meant; the message says why and what to do."""


def written_date(text: str, *, first: date, last: date) -> date:
    """The date a text means. Raises NotADate when it means none, or one before `first` or after `last`."""
    found = _parsed(text.strip())
    if found is None:
        raise NotADate(f"“{text[:40]}” is not a date. Write it like 2015-08-11 or 8/11/2015.")
    if found.year <= first.year - 50:
        raise NotADate(
            f"{found.isoformat()} cannot be meant: spreadsheets show a year like {found.year} for a date that is "
            f"empty or mistyped. Write a date from {first} to {last}, or leave the cell empty."
        )
    if not first <= found <= last:
        raise NotADate(f"{found.isoformat()} does not lie from {first} to {last}, around the class. Mend the date.")
    return found


def _parsed(text: str) -> date | None:
    with_time = _WITH_TIME.match(text)
    for form in _FORMATS:
        try:
            return datetime.strptime(with_time[1] if with_time else text, form).date()  # noqa: DTZ007 - a date has none
        except ValueError:
            continue
    return None
