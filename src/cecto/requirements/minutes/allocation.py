"""Pools: how many minutes of each entry count, by its value and its caps, and then of what is coming.

A minute that a cap refuses is refused for every requirement that reads the pool. With caps nested or disjoint, one
pass in (occurred, id) order lets through as much as any choice could; caps that overlap are charged as a flow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cecto.requirements.case import Case, Item
from cecto.requirements.compiling import Cap, ReadyPool
from cecto.requirements.english.sentences import day as written
from cecto.requirements.minutes.flows import Service, Takers
from cecto.requirements.minutes.valuing import Grant, Valuer
from cecto.requirements.statuses import Reason
from cecto.requirements.windows import bounds

Offer = tuple[Item, Grant]


@dataclass(frozen=True, slots=True)
class Allocation:
    """The grants of one pool: by entry id, and by the key of what is coming."""

    entries: Mapping[str, Grant]
    coming: Mapping[str, Grant]


def allocation(case: Case, pool: ReadyPool, extended: date | None = None) -> Allocation:
    """What the pool lets through; with `extended`, as if its window ended then. Made once per audit."""
    key = (pool.name, extended)
    known = case.memory.get(key)
    if not isinstance(known, Allocation):
        known = _allocate(case, pool, extended)
        case.memory[key] = known
    return known


def _allocate(case: Case, pool: ReadyPool, extended: date | None) -> Allocation:
    start, end = bounds(pool.window, case.anchors)
    end = max(end, extended) if extended else end
    valuer = Valuer(pool.valuation)
    entries = [_offer(item, start, end, valuer) for item in _asked(pool, case.items)]
    coming = [_offer(item, start, end, valuer) for item in _asked(pool, case.coming)]
    if not pool.caps:
        return Allocation({item.id: offer for item, offer in entries}, {item.id: offer for item, offer in coming})
    room = FlowRoom(pool.caps, [*entries, *coming]) if pool.flow else Room(pool.caps)
    granted = {item.id: room.take(item, offer) for item, offer in entries}
    return Allocation(granted, {item.id: room.take(item, offer) for item, offer in coming})


def _asked(pool: ReadyPool, items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.mask & pool.bit == pool.bit]


def _offer(item: Item, start: date, end: date, valuer: Valuer) -> Offer:
    return item, first_refusal(item, start, end) or valuer.value(item)


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


def over(cap: Cap) -> str:
    """Why a cap refuses."""
    return f"Over the cap “{cap.title}”."


class Room:
    """What is left under each cap."""

    def __init__(self, caps: Sequence[Cap]) -> None:
        self._caps = caps
        self._left = {cap.id: cap.at_most for cap in caps}
        self._matching: dict[int, list[Cap]] = {}

    def take(self, item: Item, offer: Grant) -> Grant:
        """As much of the offer as the item's caps have room for."""
        caps = self._over(item.mask) if self._caps else ()
        if not caps:
            return offer
        granted, tightest = offer.minutes, caps[0]
        for cap in caps:
            if self._left[cap.id] < granted:
                granted, tightest = self._left[cap.id], cap
        for cap in caps:
            self._left[cap.id] -= granted
        return offer if granted == offer.minutes else offer.cut(granted, Reason.OVER_CAP, over(tightest))

    def _over(self, mask: int) -> list[Cap]:
        """The caps that hold entries of that mask."""
        found = self._matching.get(mask)
        if found is None:
            found = self._matching[mask] = [cap for cap in self._caps if mask & cap.bit == cap.bit]
        return found


class FlowRoom:
    """What is left under caps that overlap: each minute is charged to one of the caps it matches.

    Earlier entries come first, but may be charged to another cap when a later one needs theirs; so the most counts.
    """

    def __init__(self, caps: Sequence[Cap], offers: Iterable[Offer]) -> None:
        self._caps = caps
        self._sorts = sorted({self._charged(item) for item, _ in offers})
        supplies: dict[Takers, int] = {}
        for number, cap in enumerate(caps):
            users = frozenset(n for n, sort in enumerate(self._sorts) if number in sort)
            supplies[users] = supplies.get(users, 0) + cap.at_most
        self._service = Service(supplies)

    def _charged(self, item: Item) -> tuple[int, ...]:
        return tuple(n for n, cap in enumerate(self._caps) if item.mask & cap.bit == cap.bit)

    def take(self, item: Item, offer: Grant) -> Grant:
        """As much of the offer as its caps have room for."""
        charged = self._charged(item)
        if not charged:
            return offer
        granted = self._service.take(self._sorts.index(charged), offer.minutes)
        return offer.cut(granted, Reason.OVER_CAP, " ".join(over(self._caps[number]) for number in charged))
