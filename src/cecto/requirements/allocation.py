"""Caps: how many minutes of each entry a pool lets through, in (occurred, id) order, and then of what is coming.

A minute that a cap refuses is refused for every requirement that reads the pool. With caps nested or disjoint, this
one pass lets through as much as any choice could.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cecto.requirements.case import Case, Item
from cecto.requirements.compiling import Cap, ReadyPool
from cecto.requirements.results import Reason
from cecto.requirements.windows import bounds


class Grant(NamedTuple):
    """The minutes let through, and why not more."""

    minutes: int
    reason: Reason | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Allocation:
    """The grants of one pool: by entry id, and by the key of what is coming."""

    entries: Mapping[str, Grant]
    coming: Mapping[str, Grant]


def allocation(case: Case, pool: ReadyPool, extended: date | None = None) -> Allocation:
    """What the pool lets through; with `extended`, as if its window ended then. Made once per audit."""
    key = (pool.name, extended)
    known = case.allocations.get(key)
    if not isinstance(known, Allocation):
        known = _allocate(case, pool, extended)
        case.allocations[key] = known
    return known


def _allocate(case: Case, pool: ReadyPool, extended: date | None) -> Allocation:
    start, end = bounds(pool.window, case.anchors)
    end = max(end, extended) if extended else end
    room = Room(pool.caps)
    grants = {}
    for stream in (case.items, case.coming):
        matching = (item for item in stream if item.mask & pool.bit == pool.bit)
        grants[stream is case.coming] = {item.id: _grant(item, start, end, room) for item in matching}
    return Allocation(grants[False], grants[True])


def _grant(item: Item, start: date, end: date, room: Room) -> Grant:
    refusal = first_refusal(item, start, end)
    return refusal or room.take(item, item.minutes)


def first_refusal(item: Item, start: date, end: date) -> Grant | None:
    """Why nothing of the item counts in this window, or None."""
    if item.void:
        return Grant(0, Reason.REVERSED, "Reversed by a later entry.")
    if not start <= item.on < end:
        return Grant(0, Reason.OUTSIDE_WINDOW, outside(item.on, start, end))
    if item.minutes == 0 and item.reason:
        return Grant(0, item.reason, item.because)
    return None


def outside(on: date, start: date, end: date) -> str:
    """Why a date is not in the window."""
    if on < start:
        return f"Before the first day that counts, {written(start)}."
    return f"On or after {written(end)}, when the time that counts had ended."


def written(day: date) -> str:
    """A date as people write it: August 19, 2015."""
    return f"{day:%B} {day.day}, {day.year}"


class Room:
    """What is left under each cap."""

    def __init__(self, caps: Iterable[Cap]) -> None:
        self._caps = tuple(caps)
        self._left = {cap.id: cap.at_most for cap in self._caps}

    def take(self, item: Item, minutes: int) -> Grant:
        """Up to `minutes` of the item, as its caps have room."""
        caps = [cap for cap in self._caps if item.mask & cap.bit == cap.bit] if self._caps else ()
        if not caps:
            return Grant(minutes, item.reason, item.because)
        tightest = min(caps, key=self._room_left)
        if self._left[tightest.id] >= minutes:
            granted, reason, because = minutes, item.reason, item.because
        else:
            granted, reason = self._left[tightest.id], Reason.OVER_CAP
            because = f"Over the cap “{tightest.title}”."
        for cap in caps:
            self._left[cap.id] -= granted
        return Grant(granted, reason, because)

    def _room_left(self, cap: Cap) -> int:
        return self._left[cap.id]
