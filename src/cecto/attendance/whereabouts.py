"""Where a person was: minutes and intervals by format. A minute is in one format, in the room before online.

Pure: no database, no clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from cecto.attendance.intervals import Interval, Intervals, intersect, length, subtract, union
from cecto.classes.models import Modality
from cecto.requirements.english.amounts import hours

Formats = tuple[tuple[Modality, int], ...]
Places = Mapping[Modality, Intervals]

# Who is seen in two formats at once was in the earlier of these.
ORDER = (Modality.F2F, Modality.SYNC, Modality.ASYNC)
# The source of check-ins by phone, and what one may be whose person was seen online meanwhile.
CHECK_IN = "check-in"
SENT_HOME = "A photo of the code may have been sent to them: ask whether they were in the room."


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sources that see a person in two formats for the same minutes of instruction; the first wins."""

    first: str
    wins: Modality
    second: str
    loses: Modality
    minutes: int

    @property
    def sentence(self) -> str:
        """In words."""
        seen = f"{self.first} sees them {self.wins.label.lower()}, {self.second} {self.loses.label.lower()}"
        counts = f"For {hours(self.minutes)} {seen}; that counts as {self.wins.label.lower()}."
        return f"{counts} {SENT_HOME}" if self.first == CHECK_IN and self.wins == Modality.F2F else counts


def resolved(
    spans: Iterable[tuple[Modality | None, Interval]], planned: Sequence[tuple[Modality, Intervals]]
) -> dict[Modality, Intervals]:
    """When a person was where, of instruction only; `planned` is where and when that took place, part by part.

    A span without a format was where each part was to be held. Formats may overlap; those of no time are left out.
    """
    found: dict[Modality, list[Interval]] = defaultdict(list)
    for where, span in spans:
        for usual, intervals in planned:
            found[where or usual] += intersect((span,), intervals)
    return {where: union(found[where]) for where in ORDER if found[where]}


def once(places: Iterable[Places]) -> dict[Modality, Intervals]:
    """The same, united, each moment in one format."""
    held = list(places)
    found: dict[Modality, Intervals] = {}
    taken: Intervals = ()
    for where in ORDER:
        whole = union(interval for one in held for interval in one.get(where, ()))
        own = subtract(whole, taken)
        if own:
            found[where] = own
        taken = union((*taken, *whole))
    return found


def formats_in(places: Places, window: Intervals, minutes: int) -> Formats:
    """Minutes divided in proportion to the time in each format inside a window, adding up to the whole.

    `places` must not overlap. Each share is within a minute of its exact part.
    """
    lengths = [(where, length(intersect(places.get(where, ()), window))) for where in ORDER]
    total = sum((time for _, time in lengths), timedelta())
    shares, before, given = [], timedelta(), 0
    for where, time in lengths:
        before += time
        upto = (2 * minutes * before + total) // (2 * total) if total else 0
        shares.append((where, upto - given))
        given = upto
    return tuple((where, share) for where, share in shares if share)


def in_one_format(where: Modality, minutes: int) -> Formats:
    """Minutes all in one format."""
    return ((where, minutes),) if minutes else ()


def at_most(formats: Formats, minutes: int) -> Formats:
    """No more minutes than those, taken in order."""
    found, left = [], minutes
    for where, share in formats:
        found.append((where, min(share, left)))
        left -= min(share, left)
    return tuple((where, share) for where, share in found if share)


def merged(formats: Iterable[Formats]) -> Formats:
    """The sums by format."""
    sums: dict[Modality, int] = defaultdict(int)
    for where, minutes in (pair for one in formats for pair in one):
        sums[where] += minutes
    return tuple((where, sums[where]) for where in ORDER if sums[where])


def in_words(formats: Formats) -> str:
    """`in the room`, or with several `2 h 45 min in the room, 3 h live online`."""
    if len(formats) == 1:
        return str(formats[0][0].label).lower()
    return ", ".join(f"{hours(minutes)} {str(where.label).lower()}" for where, minutes in formats)
