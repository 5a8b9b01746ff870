"""One person's facts, made ready for one audit: what was known and true, valued, matched and in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from cecto.requirements.compiling import Rules
from cecto.requirements.document import Node
from cecto.requirements.exceptions import Changes, bind
from cecto.requirements.facts import Activity, Coming, Entry, EntryKind, Facts
from cecto.requirements.makeups import MakeUps
from cecto.requirements.results import Ignored, Reason
from cecto.requirements.windows import resolve
from cecto.requirements.worth import Worth, worth

ATTENDED_KINDS = frozenset({"session", "event"})
NO_CHANGES = Changes()


@dataclass(slots=True)
class Item:
    """One candidate: an entry, or something coming (`entry` is None), valued and matched.

    `on` is the date windows judge: of a make-up, the date of what it replaces. `unit` is the meeting or item it
    counts for. `void` says it was reversed. `mask` holds the filters that match; `stands_mask` those that match
    what a make-up stands for.
    """

    id: str
    entry: Entry | None
    activity: Activity
    kind: EntryKind
    on: date
    unit: str
    minutes: int
    claim: int
    offered: int
    mask: int
    stands_mask: int
    void: bool = False
    reason: Reason | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """One renewal cycle: its dates, the entries that the cycle before has used, and the minutes carried over."""

    start: date
    end: date
    spent: frozenset[str] = frozenset()
    carried: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Case:
    """Everything the leaves read, made once per audit.

    `listed` is all that the class offers and has not settled or accepted; `coming` is what of it is still possible.
    """

    rules: Rules
    facts: Facts
    true_on: date
    known_at: datetime
    anchors: dict[str, date]
    items: list[Item]
    listed: list[Item]
    coming: list[Item]
    makeups: MakeUps
    changes: dict[str, Changes]
    ignored: tuple[Ignored, ...]
    excused: frozenset[str]
    carried: Mapping[str, int]
    record_open: bool  # a renewal cycle still running: hours may come that no schedule knows
    memory: dict[tuple[str, date | None], object] = field(default_factory=dict)

    def changes_of(self, node: Node) -> Changes:
        """What exceptions change about a node."""
        return self.changes.get(node.id, NO_CHANGES)


def anchors_of(facts: Facts, cycle: CycleFacts | None) -> dict[str, date]:
    """The dates that windows may name."""
    named = {"cycle.start": cycle.start, "cycle.end": cycle.end} if cycle else {}
    named |= {"class.start": facts.class_start, "class.end": facts.class_end}
    if facts.awarded_on:
        named["award"] = facts.awarded_on
    return named


def known(entries: Iterable[Entry], true_on: date, known_at: datetime) -> tuple[list[Entry], set[str]]:
    """The entries that are no reversals, as true and known then in (occurred, id) order, and the ids reversed."""
    seen = [e for e in entries if e.recorded_at <= known_at and e.occurred_on <= true_on]
    reversed_ids = {e.reverses for e in seen if e.reverses}
    kept = [e for e in seen if not e.reverses]
    kept.sort(key=lambda e: (e.occurred_on, e.id))
    return kept, reversed_ids


def make_case(rules: Rules, facts: Facts, true_on: date, known_at: datetime, cycle: CycleFacts | None = None) -> Case:
    """The case of one audit; of one cycle's renewal when that is given."""
    anchors = anchors_of(facts, cycle)
    changed, ignored = bind(rules, facts, true_on, known_at)
    entries, voided = known(facts.entries, true_on, known_at)
    policy = rules.definition.policy
    until = resolve(policy.makeup.until, anchors) if policy.makeup and policy.makeup.until else None
    makeups = MakeUps(policy.makeup, until, true_on)
    worths = {e.id: worth(e, policy) for e in entries}
    listing = sorted(facts.coming, key=lambda coming: (coming.on, coming.activity.key))
    listed = [_coming_item(rules, coming) for coming in listing]
    makeups.read((e for e in entries if e.id not in voided), worths)
    items = [_item(rules, e, worths[e.id], e.id in voided, makeups) for e in entries]
    _spend(items, cycle.spent if cycle else frozenset())
    return Case(
        rules=rules,
        facts=facts,
        true_on=true_on,
        known_at=known_at,
        anchors=anchors,
        items=items,
        listed=listed,
        coming=[item for item, coming in zip(listed, listing, strict=True) if still_possible(coming, true_on)],
        makeups=makeups,
        changes=changed,
        ignored=ignored,
        carried=cycle.carried if cycle else {},
        record_open=cycle is not None and true_on < cycle.end,
        excused=frozenset(a.meeting for a in facts.absences if a.excused and a.recorded_at <= known_at),
    )


def _spend(items: list[Item], spent: frozenset[str]) -> None:
    for item in items if spent else ():
        if item.id in spent:
            item.minutes, item.reason, item.because = 0, Reason.USED_ELSEWHERE, "Counted for the cycle before."


def _item(rules: Rules, entry: Entry, value: Worth, void: bool, makeups: MakeUps) -> Item:
    activity = entry.activity
    mask = rules.matcher.mask(activity, entry.kind, entry.verified, entry.occurred_on)
    item = Item(
        id=entry.id,
        entry=entry,
        activity=activity,
        kind=entry.kind,
        on=entry.occurred_on,
        unit=activity.unit,
        minutes=value.minutes,
        claim=value.claim,
        offered=entry.offered,
        mask=mask,
        stands_mask=mask,
        void=void,
        reason=value.reason,
        because=value.because,
    )
    if entry.kind == "makeup" and not void:
        _stand_in(rules, item, entry, makeups)
    return item


def _stand_in(rules: Rules, item: Item, entry: Entry, makeups: MakeUps) -> None:
    allowed = makeups.allowed(entry)
    missed = makeups.missed_by(entry)
    if allowed.minutes < item.minutes:
        item.minutes, item.reason, item.because = allowed.minutes, Reason.MAKEUP, allowed.because
    if missed is not None:
        item.on, item.unit = missed.occurred_on, missed.activity.unit
        item.offered = 0
        item.stands_mask = rules.matcher.mask(missed.activity, missed.kind, missed.verified, missed.occurred_on)


def still_possible(coming: Coming, true_on: date) -> bool:
    """Whether it can still be credited: a session until it is settled, work until its last day."""
    if coming.activity.kind in ATTENDED_KINDS:
        return True
    return true_on <= (coming.until or coming.on)


def _coming_item(rules: Rules, coming: Coming) -> Item:
    activity = coming.activity
    kind: EntryKind = "attended" if activity.kind in ATTENDED_KINDS else "accepted"
    mask = rules.matcher.mask(activity, kind, True, coming.on)
    step = rules.definition.policy.rounding.each
    minutes = coming.minutes - coming.minutes % step
    return Item(
        id=activity.key,
        entry=None,
        activity=activity,
        kind=kind,
        on=coming.on,
        unit=activity.unit,
        minutes=minutes,
        claim=minutes,
        offered=coming.minutes,
        mask=mask,
        stands_mask=mask,
    )
