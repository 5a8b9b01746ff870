"""What one source says of one award, checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from cecto.people import names
from cecto.people.models import Organization

_WHEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_LONGEST_WORD = 60
# Before this there was no program of this kind.
_EARLIEST = 1980


class AwardRefused(ValueError):
    """A record that cannot be kept; the message says why and what to do."""


class AwardResembles(AwardRefused):
    """A record that may be there already; whoever is sure that it is another award says so."""


@dataclass(frozen=True, slots=True)
class Said:
    """Name, class, track, district, when (a year, month or day in ISO 8601) and the source that says so."""

    name: str
    class_label: str
    track: str
    organization: Organization | None
    awarded: str
    source: str

    def written(self, *, today: date) -> Said:
        """The same in one form. Raises AwardRefused for what is empty, too long, no date or later than today."""
        try:
            return Said(
                names.written(self.name),
                _word(self.class_label, "class"),
                _word(self.track, "track"),
                self.organization,
                when(self.awarded, today=today),
                names.written(self.source, "source"),
            )
        except names.NameRefused as refused:
            raise AwardRefused(str(refused)) from refused


def when(text: str, *, today: date) -> str:
    """A year, month or day that has begun by today, as 2010, 2010-11 or 2010-11-09. Raises AwardRefused."""
    found = _WHEN.fullmatch(text.strip())
    try:
        day = date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None
    except ValueError:
        day = None
    if day is None or day.year < _EARLIEST:
        raise AwardRefused(
            f"“{text.strip()}” is not a date. Write it as exactly as the source says: 2010, 2010-11 or 2010-11-09."
        )
    if day > today:
        raise AwardRefused(f"“{text.strip()}” is still to come. A past award was made by {today}: write when.")
    return text.strip()


def _word(text: str, what: str) -> str:
    found = names.written(text, what)
    if len(found) > _LONGEST_WORD:
        raise AwardRefused(f"The {what} has {len(found)} characters; at most {_LONGEST_WORD} are kept. Shorten it.")
    return found
