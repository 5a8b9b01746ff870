"""What an hours leaf lets count of each entry: its pool as exceptions change it, then its window and its own caps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from cecto.requirements.case import Case, Item
from cecto.requirements.compiling import Cap
from cecto.requirements.document import Hours
from cecto.requirements.minutes.allocation import Allocation, allocated, allocation, first_refusal
from cecto.requirements.minutes.caps import Offer, capping
from cecto.requirements.minutes.valuing import Grant
from cecto.requirements.statuses import Reason
from cecto.requirements.windows import bounds


class LeafReader:
    """Reads the entries of one hours leaf, in (occurred, id) order, and then what is coming."""

    def __init__(self, case: Case, leaf: Hours) -> None:
        self._case = case
        self.pool = case.rules.pool_of(leaf)
        self.need = self.pool.bit | case.rules.bits[leaf.id]
        self.changed = case.changes_of(leaf)
        self.grants = allocation(case, self.pool, self.changed)
        self.start, end = bounds(leaf.window, case.anchors)
        self.end = max(end, self.changed.extended_to) if self.changed.extended_to else end
        self._ahead = (self.start, self.end) if case.ahead is case.anchors else bounds(leaf.window, case.ahead)
        self.caps = case.rules.caps.get(leaf.id, ())
        self._either = leaf.allocate == "either"
        self._as_pooled = leaf.window is None

    def candidates(self, items: Iterable[Item]) -> list[Item]:
        """Those that the pool and the leaf ask for, or that an exception accepts."""
        need, accepted = self.need, self.changed.accepted
        return [item for item in items if item.mask & need == need or item.id in accepted]

    @property
    def own_caps(self) -> tuple[Cap, ...]:
        """The caps that hold for this leaf alone: written on it, whether it reads a pool of several or its own."""
        return self.caps or (self.pool.caps if self.pool.name.startswith("leaf ") else ())

    def uncapped(self) -> tuple[list[Offer], list[Offer]]:
        """As `offers`, before any cap that holds for this leaf alone."""
        if self.caps or not self.own_caps:
            return self.offers()
        bare = replace(self.pool, caps=())
        return self._offers(self._case.coming, allocated(self._case, bare, self.changed, self._case.coming))

    def read(self) -> tuple[list[Offer], list[Offer]]:
        """The candidates and what counts of each; then what is coming, and what it would add."""
        return self.capped(*self.offers())

    def offers(self) -> tuple[list[Offer], list[Offer]]:
        """What the pool and the window leave of the candidates, and of what is coming, before the leaf's own caps."""
        return self._offers(self._case.coming, self.grants)

    def at_best(self, supposed: Sequence[Item]) -> int:
        """What the leaf would come to if all that is coming for it, and what is supposed besides, were done."""
        ahead = [*self.candidates(self._case.coming), *supposed]
        entries, coming = self.capped(*self._offers(ahead, allocated(self._case, self.pool, self.changed, ahead)))
        return sum(offer.minutes for _, offer in (*entries, *coming))

    def counts_on(self, day: date) -> bool:
        """Whether the leaf's window and its pool's hold that day."""
        start, end = bounds(self.pool.window, self._case.anchors)
        end = max(end, self.changed.extended_to) if self.changed.extended_to else end
        return max(start, self.start) <= day < min(end, self.end)

    def _offers(self, ahead: Iterable[Item], grants: Allocation) -> tuple[list[Offer], list[Offer]]:
        entries = [(item, self._entry(item, grants)) for item in self.candidates(self._case.entries())]
        coming = [item for item in self.candidates(ahead) if item.id in grants.coming]
        start, end = self._ahead[0], max(self.end, self._ahead[1])
        return entries, [(item, grants.coming[item.id]) for item in coming if start <= item.on < end]

    def capped(self, entries: list[Offer], coming: list[Offer]) -> tuple[list[Offer], list[Offer]]:
        """What the leaf's own caps let through of these."""
        if not self.caps:
            return entries, coming
        room = capping(self.caps, entries, coming, either=self._either)
        counted = [(item, room.take(item, offer)) for item, offer in entries]
        return counted, [(item, room.take(item, offer)) for item, offer in coming]

    def _entry(self, item: Item, grants: Allocation) -> Grant:
        grant = grants.entries[item.id]
        if self._as_pooled or self.start <= item.on < self.end or item.id in self.changed.accepted:
            return grant
        if grant.reason in {Reason.EXCLUDED, Reason.REVERSED}:
            return grant
        return first_refusal(item, self.start, self.end) or Grant(0, Reason.OUTSIDE_WINDOW)
