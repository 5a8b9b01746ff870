"""Caps: at most so many minutes of what each holds, and how much of every offer fits.

All caps hold. Nested or separate ones are filled in (occurred, id) order, which lets through as much as any choice
could; those that overlap are packed, so that no minute goes to waste for the order alone. Only caps that say
`allocate: either` hold otherwise: a minute under several of them is charged to one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from cecto.requirements.case import Item
from cecto.requirements.compiling import Cap
from cecto.requirements.minutes.network import Network
from cecto.requirements.minutes.packing import Under, most
from cecto.requirements.minutes.valuing import Grant
from cecto.requirements.statuses import Reason

Offer = tuple[Item, Grant]


class Room(Protocol):
    """What is left under caps. Entries take in (occurred, id) order, then what is coming."""

    def take(self, item: Item, offer: Grant) -> Grant:
        """As much of the offer as the item's caps have room for."""
        ...


def capping(caps: Sequence[Cap], entries: Sequence[Offer], coming: Sequence[Offer], *, either: bool = False) -> Room:
    """The room that these caps leave to these offers."""
    if either:
        return ChargedToOne(caps, [*entries, *coming])
    sorts = sorts_of(caps, entries, coming)
    return InOrder(caps) if laminar(set(sorts.values()), len(caps)) else Packed(caps, entries, sorts)


def holding(caps: Sequence[Cap], mask: int) -> Under:
    """The numbers of the caps that hold what matches these filters."""
    return tuple(n for n, cap in enumerate(caps) if mask & cap.bit == cap.bit)


def sorts_of(caps: Sequence[Cap], *offers: Iterable[Offer]) -> dict[int, Under]:
    """The caps over each of these offers, by the filters that match it: few, however many the offers."""
    masks = {item.mask for some in offers for item, _ in some}
    return {mask: holding(caps, mask) for mask in masks}


def laminar(sorts: Iterable[Under], number: int) -> bool:
    """Whether of any two caps one holds all that is under the other, or nothing is under both."""
    held = [frozenset(sort for sort in sorts if cap in sort) for cap in range(number)]
    pairs = ((one, other) for n, one in enumerate(held) for other in held[n + 1 :])
    return all(not one & other or one <= other or other <= one for one, other in pairs)


def over(cap: Cap) -> str:
    """Why a cap refuses."""
    return f"Over the cap “{cap.title}”."


class InOrder:
    """Caps nested or apart: what comes first is let through first."""

    def __init__(self, caps: Sequence[Cap]) -> None:
        self._caps = caps
        self._left = {cap.id: cap.at_most for cap in caps}
        self._matching: dict[int, list[Cap]] = {}

    def take(self, item: Item, offer: Grant) -> Grant:
        """As much of the offer as the item's caps have room for."""
        caps = self._over(item.mask)
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


class Packed:
    """Caps that overlap: the entries that let most through count, of those under the same caps the first.

    What is coming adds as much as the most rises by it.
    """

    def __init__(self, caps: Sequence[Cap], entries: Sequence[Offer], sorts: Mapping[int, Under]) -> None:
        self._caps = caps
        self._sorts = sorts
        self._most = [cap.at_most for cap in caps]
        self._offered: dict[Under, int] = {}
        for item, offer in entries:
            under = sorts[item.mask]
            if under:
                self._offered[under] = self._offered.get(under, 0) + offer.minutes
        self._left = most(self._offered, self._most) if self._offered else {}
        self._total = sum(self._left.values())
        self._full = self._filled(self._left)

    def _filled(self, granted: dict[Under, int]) -> set[int]:
        charged = [sum(amount for under, amount in granted.items() if n in under) for n in range(len(self._caps))]
        return {n for n, cap in enumerate(self._caps) if charged[n] >= cap.at_most}

    def take(self, item: Item, offer: Grant) -> Grant:
        """As much of the offer as lets most through."""
        under = self._sorts[item.mask]
        if not under or not offer.minutes:
            return offer
        granted = self._rise(under, offer.minutes) if item.entry is None else min(self._left[under], offer.minutes)
        if item.entry is not None:
            self._left[under] -= granted
        because = " ".join(over(self._caps[n]) for n in under if n in self._full or not self._full)
        return offer.cut(granted, Reason.OVER_CAP, because or over(self._caps[under[0]]))

    def _rise(self, under: Under, minutes: int) -> int:
        self._offered[under] = self._offered.get(under, 0) + minutes
        total = sum(most(self._offered, self._most).values())
        rise, self._total = total - self._total, total
        return rise


class ChargedToOne:
    """Caps of which a minute is charged to one: earlier entries come first, and so that the most counts.

    An entry may be charged to another cap when a later one needs the one it had.
    """

    def __init__(self, caps: Sequence[Cap], offers: Iterable[Offer]) -> None:
        self._caps = caps
        self._network = Network()
        self._source, self._sink = self._network.place(), self._network.place()
        rooms = [self._network.place() for _ in caps]
        for cap, room in zip(caps, rooms, strict=True):
            self._network.join(self._source, room, cap.at_most)
        self._ends: dict[Under, int] = {}
        self._full: set[Under] = set()
        self._sorts = sorts_of(caps, offers)
        for under in sorted(set(self._sorts.values())):
            place = self._network.place()
            for number in under:
                self._network.join(rooms[number], place, caps[number].at_most)
            self._ends[under] = self._network.join(place, self._sink, 0)

    def take(self, item: Item, offer: Grant) -> Grant:
        """As much of the offer as one of its caps has room for."""
        under = self._sorts[item.mask]
        if not under:
            return offer
        granted = 0 if under in self._full else self._sent(self._ends[under], offer.minutes)
        if granted < offer.minutes:
            self._full.add(under)  # what has no way now never has one again
        return offer.cut(granted, Reason.OVER_CAP, " ".join(over(self._caps[number]) for number in under))

    def _sent(self, end: int, minutes: int) -> int:
        self._network.widen(end, minutes)
        granted = self._network.send(self._source, self._sink)
        self._network.shut(end)
        return granted
