"""The leaves that count sessions and items: `count` and `each`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cecto.requirements.case import ATTENDED_KINDS, Case, Item
from cecto.requirements.document import Count, Each, Leaf
from cecto.requirements.english.amounts import hours
from cecto.requirements.leaves.judgments import Judgments
from cecto.requirements.leaves.prospects import late_work, prospects, time_left
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

    def with_more(self, minutes: int) -> Counted:
        """The same with so many minutes more credited."""
        return replace(self, credited=self.credited + minutes)

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


def extended_bounds(case: Case, leaf: Leaf, *, ahead: bool = False) -> tuple[date, date]:
    """The leaf's window, as extended by an exception; `ahead` for what is still to come."""
    start, end = bounds(leaf.window, case.ahead if ahead else case.anchors)
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
    return f"Credited {hours(unit.credited)} of {hours(unit.offered)}; it counts from {percent}%."


def coming_once(
    case: Case,
    leaf: Leaf,
    settled: set[str],
    kind: str = "",
    *,
    percent: int | None = None,
    units: Mapping[str, Counted] | None = None,
) -> list[tuple[Item, int]]:
    """What is coming that matches, each unit once, unless it counts already.

    With `percent`, only what could be credited that far, together with what the `units` on record have of it.
    """
    need = case.rules.bits[leaf.id]
    start, end = extended_bounds(case, leaf, ahead=True)
    found: dict[str, list[Item]] = {}
    for item in case.coming:
        fits = item.mask & need == need and start <= item.on < end and (not kind or item.activity.kind == kind)
        if fits and item.unit not in settled:
            found.setdefault(item.unit, []).append(item)
    had = units or {}
    enough = percent is None or (lambda name, items: _if_done(had.get(name), items).enough(percent))
    return [(items[0], 1) for name, items in found.items() if enough is True or enough(name, items)]


def _if_done(had: Counted | None, items: Iterable[Item]) -> Counted:
    """A unit as it would be with what is coming of it."""
    made = Counted(had.unit, [], had.credited, had.offered, had.accepted) if had else Counted("")
    for item in items:
        made.add(item, accepted=item.kind in _WHOLE_KINDS)
    return made


def measure_count(case: Case, leaf: Count) -> Result:
    """The result of a count leaf: sessions or items credited at least that percent."""
    tally = Tally()
    units = live_units(case, leaf, tally)
    counted = {unit.unit for unit in units.values() if settle(tally, unit, leaf.credited)}
    tally.put_in_order(case.items)
    tally.coming = coming_once(case, leaf, counted, percent=leaf.credited, units=units)
    tally.makeup = could_be_made_up(case, leaf, _short(units, counted), leaf.credited)
    taken = counted | {item.unit for item, _ in tally.coming}
    late = {item.unit for item in late_work(case, leaf, case.rules.bits[leaf.id])} - taken
    others = [each for each in prospects(case, leaf) if each.item not in taken | late]
    tally.late = len(late)
    once = late | {each.item for each in others}
    tally.at_best = sum(amount for _, amount in tally.coming) + tally.makeup + len(once)
    tally.more_may_come = any(not each.item for each in others)
    tally.ways = tuple(sorted({each.kind for each in others}))
    tally.tell(noun=_noun(leaf, units.values(), tally.coming))
    if leaf.at_least is None:
        bare = result(case, leaf, tally, 0, "count", value=tally.total)
        return within(bare, leaf.at_most or 0, empty_is_open=leaf.vacuous == "open")
    return result(case, leaf, tally, leaf.at_least, "count", value=tally.total)


def _noun(leaf: Count, units: Iterable[Counted], coming: Iterable[tuple[Item, int]]) -> str:
    """What is counted: sessions, unless nothing of it is one."""
    found = [item for unit in units for item in unit.items] + [item for item, _ in coming]
    kinds = dict(leaf.where.words).get("kind", frozenset()) if leaf.where else frozenset()
    if len(kinds) == 1 and kinds <= _CALLED.keys():
        return _CALLED[min(kinds)]
    if found:
        return "session" if any(item.activity.meeting for item in found) else "item"
    return "item" if kinds and kinds.isdisjoint({"attended", "makeup"}) else "session"


# What one of a kind is called, where nothing else is counted.
_CALLED = {"scored": "exam", "held": "credential", "attested": "signature"}


def _short(units: Mapping[str, Counted], counted: set[str]) -> list[Counted]:
    return [unit for name, unit in units.items() if name not in counted]


def could_be_made_up(case: Case, leaf: Leaf, short: Iterable[Counted], percent: int) -> int:
    """How many of these sessions would be credited that far if all that was missed there were made up."""
    need, matcher = case.rules.bits[leaf.id], case.rules.matcher
    start, end = extended_bounds(case, leaf)
    left: dict[str, int] = {}
    for missed in case.makeups.open():
        entry = missed.entry
        mask = matcher.mask(entry.activity, "makeup", entry.verified, entry.occurred_on)
        if mask & need == need and start <= entry.occurred_on < end:
            left[entry.activity.unit] = left.get(entry.activity.unit, 0) + missed.left
    return sum(unit.with_more(left[unit.unit]).enough(percent) for unit in short if unit.unit in left)


def measure_each(case: Case, leaf: Each) -> Result:
    """The result of an each leaf: everything of that kind that the class offers, and what is missing of it."""
    tally = Tally()
    units = live_units(case, leaf, tally, leaf.of)
    counted = {unit.unit for unit in units.values() if settle(tally, unit, leaf.credited)}
    tally.put_in_order(case.items)
    tally.coming = coming_once(case, leaf, counted, leaf.of, percent=leaf.credited, units=units)
    expected = set(units) | _expected(case, leaf)
    short = expected - counted
    tally.makeup = could_be_made_up(case, leaf, _short(units, counted), leaf.credited)
    overdue = [item for item in late_work(case, leaf, case.rules.bits[leaf.id]) if item.activity.kind == leaf.of]
    tally.late = len({item.unit for item in overdue} & short)
    tally.missing = _titles(case, units, short)
    lost = _titles(case, units, short - {item.unit for item, _ in tally.coming})
    tally.tell(noun="session" if leaf.of in ATTENDED_KINDS else "item", lost=tuple(lost))
    if not expected and leaf.vacuous == "open":
        tally.more_may_come = not time_left(case, leaf).over
        return result(case, leaf, tally, 1, "count", value=0)
    return result(case, leaf, tally, len(expected), "count", value=tally.total)


def _expected(case: Case, leaf: Each) -> set[str]:
    """Units on the class's list that match, past their last day or not."""
    return {item.unit for item in case.listed if _listed(case, leaf, item)}


def _listed(case: Case, leaf: Each, item: Item) -> bool:
    need = case.rules.bits[leaf.id]
    start, end = extended_bounds(case, leaf, ahead=True)
    return item.activity.kind == leaf.of and item.mask & need == need and start <= item.listed_on < end


def _titles(case: Case, units: dict[str, Counted], short: set[str]) -> list[str]:
    titles = {item.unit: item.activity.title or item.unit for item in case.listed}
    titles |= {name: unit.items[0].activity.title or name for name, unit in units.items() if name not in titles}
    return [title for unit, title in sorted(titles.items()) if unit in short]
