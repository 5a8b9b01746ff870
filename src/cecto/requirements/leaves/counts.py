"""The leaves that count sessions and items: `count` and `each`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from cecto.requirements.case import ATTENDED_KINDS, Case, Item
from cecto.requirements.document import Count, Each, Leaf
from cecto.requirements.leaves.judgments import Judgments
from cecto.requirements.leaves.tally import Tally, result, within
from cecto.requirements.minutes.allocation import first_refusal
from cecto.requirements.results import Reason, Result
from cecto.requirements.windows import bounds


@dataclass(slots=True)
class Counted:
    """One meeting or item: its live entries, and how much of what was offered is credited."""

    unit: str
    items: list[Item] = field(default_factory=list)
    credited: int = 0
    offered: int = 0
    accepted: bool = False

    def add(self, item: Item, *, accepted: bool) -> None:
        """Take in one entry."""
        self.items.append(item)
        self.credited += item.minutes
        self.offered += item.offered
        self.accepted = self.accepted or accepted

    def enough(self, percent: int) -> bool:
        """Whether it was accepted, or credited at all and to that percent."""
        return self.accepted or (self.credited > 0 and self.credited * 100 >= percent * self.offered)


# Kinds that count by being there, whatever minutes they carry.
_WHOLE_KINDS = frozenset({"accepted", "recognized", "verdict", "held", "attested", "scored"})


def live_units(case: Case, leaf: Leaf, tally: Tally, kind: str = "") -> dict[str, Counted]:
    """The meetings and items with entries that match, refusing to `tally` those void, late or excluded."""
    need = case.rules.bits[leaf.id]
    changed = case.changes_of(leaf)
    start, end = extended_bounds(case, leaf)
    says = Judgments(case, leaf)
    units: dict[str, Counted] = {}
    for item in case.items:
        accepted = item.id in changed.accepted
        if not accepted and (item.stands_mask & need != need or not _of(item, kind)):
            continue
        if item.id in changed.excluded:
            tally.refuse(item, 1, Reason.EXCLUDED, "Excluded by an exception.")
            continue
        refusal = first_refusal(item, start, end) if not accepted or item.void else None
        if refusal is None and not accepted:
            refusal = says.refusal(item)
        if refusal and refusal.reason not in _COUNTS_AS_ZERO:
            tally.refuse(item, 1, refusal.reason or Reason.ABSENT, refusal.because)
            continue
        unit = units.setdefault(item.unit, Counted(item.unit))
        unit.add(item, accepted=accepted or item.kind in _WHOLE_KINDS)
    return units


# These entries belong to a session that may still be credited by its other segments.
_COUNTS_AS_ZERO = frozenset({Reason.ABSENT, Reason.BELOW_THRESHOLD, Reason.ROUNDED, Reason.MAKEUP})


def _of(item: Item, kind: str) -> bool:
    if not kind:
        return True
    if kind in ATTENDED_KINDS:
        return item.kind in {"attended", "makeup"} and (item.kind == "makeup" or item.activity.kind == kind)
    return item.kind == "accepted" and item.activity.kind == kind


def extended_bounds(case: Case, leaf: Leaf) -> tuple[date, date]:
    """The leaf's window, as extended by an exception."""
    start, end = bounds(leaf.window, case.anchors)
    extended = case.changes_of(leaf).extended_to
    return start, max(end, extended) if extended else end


def settle(tally: Tally, unit: Counted, percent: int) -> bool:
    """Count the unit once, by its first entry, or refuse it with the reason; the other entries count nothing."""
    first, *others = unit.items
    if unit.enough(percent):
        tally.use(first, 1)
    else:
        tally.refuse(first, 1, first.reason or Reason.BELOW_THRESHOLD, _shortfall(unit, percent))
    for item in others:
        tally.refuse(item, 0, Reason.DUPLICATE, "Part of the same session or item.")
    return unit.enough(percent)


def _shortfall(unit: Counted, percent: int) -> str:
    if unit.credited == 0:
        return "Nothing credited there."
    return f"Credited {unit.credited} of {unit.offered} minutes; it counts from {percent}%."


def coming_once(case: Case, leaf: Leaf, settled: set[str], kind: str = "") -> list[tuple[Item, int]]:
    """What is coming that matches, each unit once, unless it counts already."""
    need = case.rules.bits[leaf.id]
    start, end = extended_bounds(case, leaf)
    found: dict[str, Item] = {}
    for item in case.coming:
        fits = item.mask & need == need and start <= item.on < end and (not kind or item.activity.kind == kind)
        if fits and item.unit not in settled:
            found.setdefault(item.unit, item)
    return [(item, 1) for item in found.values()]


def measure_count(case: Case, leaf: Count) -> Result:
    """The result of a count leaf: sessions or items credited at least that percent."""
    tally = Tally()
    units = live_units(case, leaf, tally)
    counted = {unit.unit for unit in units.values() if settle(tally, unit, leaf.credited)}
    tally.put_in_order(case.items)
    tally.coming = coming_once(case, leaf, counted)
    tally.makeup = could_be_made_up(case, set(units) - counted)
    if leaf.at_least is None:
        bare = result(case, leaf, tally, 0, "count", value=tally.total)
        return within(bare, leaf.at_most or 0, empty_is_open=leaf.vacuous == "open")
    return result(case, leaf, tally, leaf.at_least, "count", value=tally.total)


def could_be_made_up(case: Case, short: set[str]) -> int:
    """How many of these sessions make-ups could still stand for."""
    return len({missed.entry.activity.unit for missed in case.makeups.open()} & short)


def measure_each(case: Case, leaf: Each) -> Result:
    """The result of an each leaf: everything of that kind that the class offers, and what is missing of it."""
    tally = Tally()
    units = live_units(case, leaf, tally, leaf.of)
    counted = {unit.unit for unit in units.values() if settle(tally, unit, leaf.credited)}
    tally.put_in_order(case.items)
    tally.coming = coming_once(case, leaf, counted, leaf.of)
    expected = set(units) | _expected(case, leaf)
    short = expected - counted
    tally.makeup = could_be_made_up(case, short)
    tally.missing = _titles(case, units, short)
    if not expected and leaf.vacuous == "open":
        return result(case, leaf, tally, 1, "count", value=0, more_may_come=True)
    return result(case, leaf, tally, len(expected), "count", value=tally.total)


def _expected(case: Case, leaf: Each) -> set[str]:
    """Units on the class's list that match, past their last day or not."""
    return {item.unit for item in case.listed if _listed(case, leaf, item)}


def _listed(case: Case, leaf: Each, item: Item) -> bool:
    need = case.rules.bits[leaf.id]
    start, end = extended_bounds(case, leaf)
    return item.activity.kind == leaf.of and item.mask & need == need and start <= item.on < end


def _titles(case: Case, units: dict[str, Counted], short: set[str]) -> list[str]:
    titles = {item.unit: item.activity.title or item.unit for item in case.listed}
    titles |= {name: unit.items[0].activity.title or name for name, unit in units.items() if name not in titles}
    return [title for unit, title in sorted(titles.items()) if unit in short]
