"""The `hours` leaf: a sum of credited minutes, read from a pool, in a window, under caps."""

from __future__ import annotations

from cecto.requirements.allocation import Grant, Room, allocation, first_refusal
from cecto.requirements.case import Case, Item
from cecto.requirements.document import Hours
from cecto.requirements.results import Reason, Result
from cecto.requirements.tally import Tally, result, within
from cecto.requirements.windows import bounds


class _Reader:
    """Asks the exceptions, the leaf's window, the pool, and then the leaf's own caps."""

    def __init__(self, case: Case, leaf: Hours) -> None:
        pool = case.rules.pool_of(leaf)
        self.need = pool.bit | case.rules.bits[leaf.id]
        self.changed = case.changes_of(leaf)
        extended = self.changed.extended_to
        self.grants = allocation(case, pool, extended)
        self.start, end = bounds(leaf.window, case.anchors)
        self.end = max(end, extended) if extended else end
        own = case.rules.private.get(leaf.id)
        self.room = Room(own.caps) if own else None

    def candidates(self, items: list[Item]) -> list[Item]:
        """Those that the pool and the leaf ask for, or that an exception accepts."""
        need, accepted = self.need, self.changed.accepted
        return [item for item in items if item.mask & need == need or item.id in accepted]

    def entry(self, item: Item) -> Grant:
        """What counts of a candidate entry."""
        if self.changed.ids:
            changed = self._changed(item)
            if changed is not None:
                return changed
        if not self.start <= item.on < self.end:
            return self._refused(item)
        return self._capped(item, self.grants.entries[item.id])

    def _changed(self, item: Item) -> Grant | None:
        """What exceptions make of the entry; None when they say nothing about it."""
        if item.id in self.changed.excluded:
            return Grant(0, Reason.EXCLUDED, "Excluded by an exception.")
        if item.id in self.changed.accepted:
            return self._accepted(item)
        if item.id in self.changed.revalued:
            refusal = first_refusal(item, self.start, self.end)
            return refusal or Grant(self.changed.revalued[item.id], item.reason, item.because)
        return None

    def _refused(self, item: Item) -> Grant:
        return first_refusal(item, self.start, self.end) or Grant(0, Reason.OUTSIDE_WINDOW)

    def _accepted(self, item: Item) -> Grant:
        if item.void:
            return Grant(0, Reason.REVERSED, "Reversed by a later entry.")
        return Grant(self.changed.revalued.get(item.id, item.minutes), item.reason, item.because)

    def _capped(self, item: Item, grant: Grant) -> Grant:
        if self.room is None:
            return grant
        own = self.room.take(item, grant.minutes)
        return own if own.minutes < grant.minutes else grant

    def coming(self, item: Item) -> int:
        """The minutes a coming activity would add."""
        if item.id not in self.grants.coming or not self.start <= item.on < self.end:
            return 0
        return self._capped(item, self.grants.coming[item.id]).minutes


def measure_hours(case: Case, leaf: Hours) -> Result:
    """The result of an hours leaf; minutes throughout."""
    reader = _Reader(case, leaf)
    tally = Tally()
    for item in reader.candidates(case.items):
        _add(tally, item, reader.entry(item))
    tally.coming = [(item, minutes) for item in reader.candidates(case.coming) if (minutes := reader.coming(item))]
    tally.makeup = _could_be_made_up(case, reader)
    value = tally.total - tally.total % case.rules.definition.policy.rounding.total
    if leaf.at_least is None:
        bare = result(case, leaf, tally, 0, "minutes", value=value)
        return within(bare, leaf.at_most or 0, empty_is_open=leaf.vacuous == "open")
    return result(case, leaf, tally, leaf.at_least, "minutes", value=value)


def _add(tally: Tally, item: Item, grant: Grant) -> None:
    rest = max(item.minutes, item.claim) - grant.minutes
    if grant.minutes:
        tally.use(item, grant.minutes)
    if rest > 0 or not grant.minutes:
        tally.refuse(item, max(rest, 0), grant.reason or Reason.ABSENT, grant.because or "It grants no minutes.")


def _could_be_made_up(case: Case, reader: _Reader) -> int:
    """Missed minutes that a make-up of the same sort could still give back to this leaf."""
    total = 0
    for missed in case.makeups.open():
        entry = missed.entry
        mask = case.rules.matcher.mask(entry.activity, "makeup", True, entry.occurred_on)
        if mask & reader.need == reader.need and reader.start <= entry.occurred_on < reader.end:
            total += missed.left
    return total
