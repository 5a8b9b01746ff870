"""What an hours leaf lets count of each entry: exceptions first, then its window, its pool and its own caps."""

from __future__ import annotations

from cecto.requirements.case import Case, Item
from cecto.requirements.document import Hours
from cecto.requirements.minutes.allocation import Room, allocation, first_refusal
from cecto.requirements.minutes.valuing import Grant
from cecto.requirements.statuses import Reason
from cecto.requirements.windows import bounds


class LeafReader:
    """Reads the entries of one hours leaf, in (occurred, id) order, and then what is coming."""

    def __init__(self, case: Case, leaf: Hours) -> None:
        pool = case.rules.pool_of(leaf)
        self.need = pool.bit | case.rules.bits[leaf.id]
        self.changed = case.changes_of(leaf)
        extended = self.changed.extended_to
        self.grants = allocation(case, pool, extended)
        self.start, end = bounds(leaf.window, case.anchors)
        self.end = max(end, extended) if extended else end
        caps = case.rules.caps.get(leaf.id)
        self._room = Room(caps) if caps else None
        self._as_pooled = not (self.changed.ids or caps or leaf.window)

    def candidates(self, items: list[Item]) -> list[Item]:
        """Those that the pool and the leaf ask for, or that an exception accepts."""
        need, accepted = self.need, self.changed.accepted
        return [item for item in items if item.mask & need == need or item.id in accepted]

    def entries(self, items: list[Item]) -> list[tuple[Item, Grant]]:
        """The candidates among the entries, and what counts of each; ask once, because caps remember."""
        if self._as_pooled:
            grants = self.grants.entries
            return [(item, grants[item.id]) for item in self.candidates(items)]
        return [(item, self._entry(item)) for item in self.candidates(items)]

    def _entry(self, item: Item) -> Grant:
        if self.changed.ids:
            changed = self._changed(item)
            if changed is not None:
                return changed
        if not self.start <= item.on < self.end:
            return self._refused(item)
        return self._capped(item, self.grants.entries[item.id])

    def coming(self, item: Item) -> int:
        """The minutes a coming activity would add."""
        if item.id not in self.grants.coming or not self.start <= item.on < self.end:
            return 0
        return self._capped(item, self.grants.coming[item.id]).minutes

    def _changed(self, item: Item) -> Grant | None:
        """What exceptions make of the entry; None when they say nothing about it."""
        if item.id in self.changed.excluded:
            return Grant(0, Reason.EXCLUDED, "Excluded by an exception.")
        if item.id in self.changed.accepted:
            return self._accepted(item)
        if item.id in self.changed.revalued:
            return self._dated(item) or self._revalued(item)
        return None

    def _dated(self, item: Item) -> Grant | None:
        refusal = first_refusal(item, self.start, self.end)
        return refusal if refusal and refusal.reason in {Reason.REVERSED, Reason.OUTSIDE_WINDOW} else None

    def _refused(self, item: Item) -> Grant:
        return first_refusal(item, self.start, self.end) or Grant(0, Reason.OUTSIDE_WINDOW)

    def _accepted(self, item: Item) -> Grant:
        if item.void:
            return Grant(0, Reason.REVERSED, "Reversed by a later entry.")
        if item.id in self.changed.revalued:
            return self._revalued(item)
        return Grant(item.minutes, item.reason, item.because)

    def _revalued(self, item: Item) -> Grant:
        minutes = self.changed.revalued[item.id]
        return Grant(minutes, brings=minutes)

    def _capped(self, item: Item, grant: Grant) -> Grant:
        return grant if self._room is None else self._room.take(item, grant)
