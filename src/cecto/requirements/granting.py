"""Whether an exception may be granted to one person today: allowed, in bounds, in reach, and not without effect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cecto.requirements.auditing import audit, audit_admission
from cecto.requirements.bounds import contradiction, over_worth
from cecto.requirements.case import known
from cecto.requirements.compiling import Rules
from cecto.requirements.document import Leaf
from cecto.requirements.english.amounts import day, hours
from cecto.requirements.exceptions import refusal
from cecto.requirements.facts import ExceptionFact, Facts
from cecto.requirements.preparing import anchors_of
from cecto.requirements.renewing import CycleReach, audit_cycle, cycle_reach
from cecto.requirements.results import Audit, Result
from cecto.requirements.windows import EARLIEST, bounds


@dataclass(frozen=True, slots=True)
class Effect:
    """What an exception does to one person: the audit of its part without it and with it."""

    before: Audit
    after: Audit

    @property
    def changes(self) -> bool:
        """Whether the audit says anything else with it."""
        return said(self.before.root) != said(self.after.root)


def effect_of(rules: Rules, facts: Facts, fact: ExceptionFact, *, true_on: date, known_at: datetime) -> Effect:
    """The audit without the exception and with it, in force, of the part of the definition that it is on."""
    others = tuple(each for each in facts.exceptions if each.id != fact.id)
    without, beside = replace(facts, exceptions=others), replace(facts, exceptions=(*others, fact))
    cycle = fact.cycle if rules.part_of(fact.node) == "renewal" else 0
    before, after = (
        audit_part(rules, one, fact.node, cycle, true_on=true_on, known_at=known_at) for one in (without, beside)
    )
    return Effect(before, after)


def audit_part(rules: Rules, facts: Facts, node: str, cycle: int = 0, *, true_on: date, known_at: datetime) -> Audit:
    """The audit of the part of the definition that a requirement is in; of a renewal, of that cycle."""
    if cycle:
        return audit_cycle(rules, facts, cycle, true_on=true_on, known_at=known_at)
    if rules.part_of(node) == "admission":
        made = audit_admission(rules, facts, true_on=true_on, known_at=known_at)
        if made:
            return made
    return audit(rules, facts, true_on=true_on, known_at=known_at)


def ungrantable(rules: Rules, facts: Facts, fact: ExceptionFact, *, true_on: date, known_at: datetime) -> str:
    """Why an exception may not be granted on that day by what is known, as a sentence; empty if it may.

    `fact` as if its second office had signed. Others that still wait for theirs contradict it all the same.
    """
    because = refusal(rules, fact)
    reach = None
    if not because and rules.part_of(fact.node) == "renewal":
        reach = cycle_reach(rules, facts, fact.cycle, known_at=known_at) if fact.cycle else None
        because = _out_of_reach(reach, facts, fact, true_on)
    return because or _out_of_bounds(rules, facts, fact, reach, true_on=true_on, known_at=known_at)


def _out_of_reach(reach: CycleReach | None, facts: Facts, fact: ExceptionFact, true_on: date) -> str:
    if facts.awarded_on is None:
        return "There is no certificate to renew yet. Grant it when there is one."
    if reach is None:
        return f"`{fact.node}` is asked in every cycle of the renewal. Say for which one the exception is."
    if reach.signed:
        return f"Cycle {fact.cycle} was signed on {day(reach.signed.on)}. What it was renewed on stays as it is."
    if true_on < reach.start:
        return f"Cycle {fact.cycle} begins on {day(reach.start)}. Grant it from then on."
    if true_on >= reach.until:
        last = day(reach.until - timedelta(days=1))
        return f"Cycle {fact.cycle} could be settled until {last}. An exception cannot bring the certificate back."
    return ""


def _out_of_bounds(
    rules: Rules, facts: Facts, fact: ExceptionFact, reach: CycleReach | None, *, true_on: date, known_at: datetime
) -> str:
    live = [each for each in facts.exceptions if each.id != fact.id and not each.revoked_at and _beside(each, fact)]
    entries, gone = known(facts.entries, true_on, known_at)
    standing = [entry for entry in entries if entry.id not in gone]
    if fact.entry and fact.kind in {"accept", "exclude", "revalue"} and all(e.id != fact.entry for e in standing):
        return "There is no such item on this person’s record, or it was corrected since. Choose one that is."
    because = contradiction(fact, live) or over_worth(rules, fact, standing, live)
    if because:
        return because
    if fact.kind == "extend":
        return _no_longer(rules, facts, fact, reach, true_on)
    if reach and true_on >= reach.lapses:
        facts = replace(facts, reinstated={**facts.reinstated, fact.cycle: true_on})
    found = effect_of(rules, facts, fact, true_on=true_on, known_at=known_at)
    return "" if found.changes else _without_effect(rules, fact, found.before)


def _beside(one: ExceptionFact, other: ExceptionFact) -> bool:
    return not one.cycle or not other.cycle or one.cycle == other.cycle


def _no_longer(rules: Rules, facts: Facts, fact: ExceptionFact, reach: CycleReach | None, true_on: date) -> str:
    """Why it extends nothing: what it gives ends no later than the time that counts."""
    leaf = rules.nodes[fact.node]
    if not isinstance(leaf, Leaf) or fact.extended_to is None:
        return ""
    anchors = anchors_of(facts, reach.cycle if reach else None, true_on)
    windows = [leaf.window, rules.pool_of(leaf).window]
    ends = [bounds(window, anchors)[1] for window in windows if window]
    end = min(ends, default=EARLIEST)
    if fact.extended_to <= end:
        return f"The time already ends on {day(end - timedelta(days=1))}. Write a later day."
    return ""


def _without_effect(rules: Rules, fact: ExceptionFact, before: Audit) -> str:
    """That it would change nothing, and why where that is plain."""
    found = next((each for each in before.root.walk() if each.id == fact.node), None)
    title = rules.nodes[fact.node].title or fact.node
    if found is None:
        return f"“{title}” is not asked of this person now, so an exception on it would change nothing."
    if found.status.satisfied and fact.kind in {"waive", "replace", "lower"}:
        return f"“{title}” is done already, so this would change nothing."
    if fact.kind == "lower":
        asked = hours(found.target) if found.unit == "minutes" else f"{found.target}"
        return f"“{title}” asks for {asked} now. Write less than that."
    return f"It would change nothing for “{title}”. Choose another item or another kind."


def said(root: Result) -> tuple[object, ...]:
    """What a result says, the exceptions bound to it apart."""
    own = (root.id, root.title, root.status, root.value, root.target, root.used, root.unused)
    return (*own, *(said(child) for child in root.children))
