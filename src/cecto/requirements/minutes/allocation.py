"""Pools: how many minutes of each entry count, by its value and its caps, and then of what is coming.

A minute that a cap refuses is refused for every requirement that reads the pool. What an exception on a requirement
excludes, accepts, revalues or extends changes the pool for that requirement: an entry excluded leaves its room under a
cap, and its certificate, to others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cecto.requirements.case import NO_CHANGES, Case, Item
from cecto.requirements.compiling import ReadyPool
from cecto.requirements.english.amounts import day as written
from cecto.requirements.exceptions import Changes
from cecto.requirements.minutes.caps import Offer, capping
from cecto.requirements.minutes.valuing import Grant, Valuer
from cecto.requirements.statuses import Reason
from cecto.requirements.windows import bounds

EXCLUDED = Grant(0, Reason.EXCLUDED, "Excluded by an exception.")
REVERSED = Grant(0, Reason.REVERSED, "Reversed by a later entry.")


@dataclass(frozen=True, slots=True)
class Allocation:
    """The grants of one pool: by entry id, and by the key of what is coming."""

    entries: Mapping[str, Grant]
    coming: Mapping[str, Grant]


def allocation(case: Case, pool: ReadyPool, changed: Changes = NO_CHANGES) -> Allocation:
    """What the pool lets through, as exceptions on a requirement change it. Made once per audit."""
    key = (f"pool {pool.name}", changed.view() if changed.ids else None)
    known = case.memory.get(key)
    if not isinstance(known, Allocation):
        known = allocated(case, pool, changed, case.coming)
        case.memory[key] = known
    return known


def allocated(case: Case, pool: ReadyPool, changed: Changes, ahead: Iterable[Item]) -> Allocation:
    """As `allocation`, with other things ahead than what is coming."""
    entries, coming = _offered(case, pool, changed, ahead)
    if not pool.caps:
        return Allocation({item.id: offer for item, offer in entries}, {item.id: offer for item, offer in coming})
    room = capping(pool.caps, entries, coming, either=pool.either)
    granted = {item.id: room.take(item, offer) for item, offer in entries}
    return Allocation(granted, {item.id: room.take(item, offer) for item, offer in coming})


def _offered(case: Case, pool: ReadyPool, changed: Changes, ahead: Iterable[Item]) -> tuple[list[Offer], list[Offer]]:
    start, end = _extended(pool, case.anchors, changed)
    valuer = Valuer(pool.valuation)
    if changed.ids:
        asked = [i for i in case.items if i.mask & pool.bit == pool.bit or i.id in changed.accepted]
        entries = [(i, _excepted(i, changed, start, end) or _offer(i, start, end, valuer)) for i in asked]
    else:
        entries = [(i, _offer(i, start, end, valuer)) for i in case.items if i.mask & pool.bit == pool.bit]
    carried = [(i, Grant(i.minutes)) for i in case.carried if i.mask & pool.bit == pool.bit]
    if case.ahead is not case.anchors:
        start, end = _extended(pool, case.ahead, changed)
    return carried + entries, [(i, _offer(i, start, end, valuer)) for i in ahead if i.mask & pool.bit == pool.bit]


def _extended(pool: ReadyPool, anchors: dict[str, date], changed: Changes) -> tuple[date, date]:
    start, end = bounds(pool.window, anchors)
    return start, max(end, changed.extended_to) if changed.extended_to else end


def _offer(item: Item, start: date, end: date, valuer: Valuer) -> Grant:
    return first_refusal(item, start, end) or valuer.value(item)


def _excepted(item: Item, changed: Changes, start: date, end: date) -> Grant | None:
    """What exceptions make of the entry; None when they say nothing about it."""
    if item.id in changed.excluded:
        return EXCLUDED
    if item.id not in changed.accepted and item.id not in changed.revalued:
        return None
    if item.void:
        return gone(item)
    if item.id not in changed.accepted and not start <= item.on < end:
        return first_refusal(item, start, end)
    if item.id in changed.revalued:
        minutes = changed.revalued[item.id]
        return Grant(minutes, brings=minutes)
    return Grant(item.minutes, item.reason, item.because)


def gone(item: Item) -> Grant:
    """Why a void entry counts for nothing: it was reversed, or the award or a cycle before has used it."""
    spent = item.reason is Reason.USED_ELSEWHERE
    return Grant(0, item.reason, item.because) if spent else REVERSED


def first_refusal(item: Item, start: date, end: date) -> Grant | None:
    """Why nothing of the item counts in this window, or None."""
    if item.void:
        return gone(item)
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
