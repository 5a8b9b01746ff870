"""Facts to a case: what was known and true, valued, matched, and in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from cecto.requirements.case import Case, CycleFacts, Item, known
from cecto.requirements.compiling import Rules
from cecto.requirements.exceptions import bind
from cecto.requirements.facts import Entry, Facts
from cecto.requirements.minutes.makeups import MakeUps
from cecto.requirements.minutes.worth import Worth, worths
from cecto.requirements.scheduling import schedule, supposed_missed
from cecto.requirements.statuses import Reason
from cecto.requirements.windows import resolve


def anchors_of(facts: Facts, cycle: CycleFacts | None, true_on: date) -> dict[str, date]:
    """The dates that windows may name; an award not made yet would be made on the date asked."""
    named = {"cycle.start": cycle.start, "cycle.end": cycle.end} if cycle else {}
    award = facts.awarded_on or true_on
    return named | {"class.start": facts.class_start, "class.end": facts.class_end, "award": award}


def make_case(rules: Rules, facts: Facts, true_on: date, known_at: datetime, cycle: CycleFacts | None = None) -> Case:
    """The case of one audit; of one cycle's renewal when that is given."""
    anchors = anchors_of(facts, cycle, true_on)
    entries, voided = known(facts.entries, true_on, known_at)
    entries = sorted([*entries, *supposed_missed(facts, true_on, known_at)], key=lambda e: (e.occurred_on, e.id))
    standing = [entry for entry in entries if entry.id not in voided]
    changed, ignored = bind(rules, facts, standing, true_on, known_at)
    policy = rules.definition.policy
    until = resolve(policy.makeup.until, anchors) if policy.makeup and policy.makeup.until else None
    makeups = MakeUps(policy.makeup, until, true_on)
    excused = frozenset(a.meeting for a in facts.absences if a.excused and a.recorded_at <= known_at)
    values = worths(entries, policy, excused=excused, void=voided)
    listed, coming = schedule(rules, facts, true_on, known_at)
    makeups.read(standing, values)
    items = [_item(rules, e, values[e.id], e.id in voided, makeups) for e in entries]
    _spend(items, cycle.spent if cycle else frozenset())
    return Case(
        rules=rules,
        facts=facts,
        true_on=true_on,
        known_at=known_at,
        anchors=anchors,
        ahead=_ahead(rules, facts, anchors),
        items=items,
        listed=listed,
        coming=coming,
        makeups=makeups,
        changes=changed,
        ignored=ignored,
        carried=tuple(_carried(rules, facts, cycle)) if cycle else (),
        cycle_end=cycle.end if cycle else None,
        excused=excused,
    )


def _ahead(rules: Rules, facts: Facts, anchors: dict[str, date]) -> dict[str, date]:
    """The same dates for what is still to come, without an award that is not made yet."""
    if facts.awarded_on or not rules.names_award:
        return anchors
    return {name: on for name, on in anchors.items() if name != "award"}


def _carried(rules: Rules, facts: Facts, cycle: CycleFacts) -> Iterator[Item]:
    """What the cycle before left over: the same things, so many minutes of them, on the first day of this one."""
    for entry in facts.entries if cycle.carried else ():
        minutes = cycle.carried.get(entry.id, 0)
        if minutes:
            activity = entry.activity
            mask = rules.matcher.mask(activity, entry.kind, entry.verified, cycle.start)
            key = f"carried {entry.id}"
            yield Item(key, entry, activity, entry.kind, cycle.start, key, minutes, minutes, minutes, mask, mask)


def _spend(items: list[Item], spent: frozenset[str]) -> None:
    for item in items if spent else ():
        if item.id in spent:
            item.void, item.minutes, item.reason, item.because = (
                True,
                0,
                Reason.USED_ELSEWHERE,
                "Counted for the award or for a cycle before.",
            )


def _item(rules: Rules, entry: Entry, value: Worth, void: bool, makeups: MakeUps) -> Item:
    activity, kind, on = entry.activity, entry.kind, entry.occurred_on
    mask = rules.matcher.mask(activity, kind, entry.verified, on)
    item = Item(
        entry.id,
        entry,
        activity,
        kind,
        on,
        activity.unit,
        value.minutes,
        value.claim,
        entry.offered,
        mask,
        mask,
        void,
        value.reason,
        value.because,
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
        item.stands_mask = rules.matcher.mask(missed.activity, "makeup", missed.verified, missed.occurred_on)
