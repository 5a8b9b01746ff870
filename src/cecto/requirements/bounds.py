"""How far exceptions may go: none against another, no entry worth more than its session offered or its rule gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cecto.requirements.compiling import Rules
from cecto.requirements.document import Leaf
from cecto.requirements.english.amounts import hours
from cecto.requirements.facts import Entry, ExceptionFact

# After these nothing else is asked of the requirement itself.
_WHOLE = frozenset({"waive", "replace"})
_COUNTED = frozenset({"accept", "revalue"})


def contradiction(fact: ExceptionFact, others: Iterable[ExceptionFact]) -> str:
    """Why an exception cannot be in force beside one of the others, as a sentence; empty if it can."""
    return next((said for other in others if (said := _contradicts(fact, other))), "")


def _contradicts(fact: ExceptionFact, other: ExceptionFact) -> str:
    if fact.entry and fact.entry == other.entry and (fact.kind, other.kind) == ("revalue", "revalue"):
        return "" if fact.to == other.to else "Another exception gives this item another value. Revoke that one first."
    if fact.node != other.node:
        return ""
    if fact.kind in _WHOLE or other.kind in _WHOLE:
        same = (fact.kind, fact.other) == (other.kind, other.other)
        return "" if same else f"{_said(other)} on `{fact.node}` already. Revoke that exception first."
    if not fact.entry or fact.entry != other.entry or "exclude" not in {fact.kind, other.kind}:
        return ""
    if {fact.kind, other.kind} & _COUNTED:
        return f"{_said(other)} on `{fact.node}` for the same item. Revoke that exception first."
    return ""


_SAID = {
    "waive": "A waiver is in force",
    "lower": "A lower target is in force",
    "accept": "An exception counts an item",
    "exclude": "An exception leaves an item out",
    "revalue": "An exception gives an item another value",
    "extend": "A later deadline is in force",
    "replace": "Another requirement is in force",
}


def _said(fact: ExceptionFact) -> str:
    return _SAID[fact.kind]


def over_worth(rules: Rules, fact: ExceptionFact, entries: Sequence[Entry], taken: Iterable[ExceptionFact] = ()) -> str:
    """Why an exception gives an entry more than it may be worth, as a sentence; empty if it does not.

    `entries` are those that stand, `taken` the exceptions that are in force before this one.
    """
    entry = next((each for each in entries if each.id == fact.entry), None) if fact.kind == "revalue" else None
    if entry is None or fact.to is None:
        return ""
    revalued = {each.entry: each.to for each in taken if each.kind == "revalue" and each.to is not None}
    most = worth_at_most(rules, fact.node, entry, entries, revalued)
    if fact.to <= most:
        return ""
    return f"{hours(fact.to)} is more than this item can be worth. It is worth {hours(most)} at most."


def worth_at_most(
    rules: Rules, node: str, entry: Entry, entries: Sequence[Entry], revalued: dict[str, int] | None = None
) -> int:
    """The most minutes that an entry may be worth for a requirement.

    That is what its part of the session offered, less what the person's other entries there are worth; of a make-up,
    what the session offered that it replaces; of anything else, what was posted; or what a rule of value gives it.
    """
    return max(_offered(entry, entries, revalued or {}), _by_rule(rules, node, entry))


def _offered(entry: Entry, entries: Sequence[Entry], revalued: dict[str, int]) -> int:
    if entry.kind == "makeup":
        return sum(
            each.offered
            for each in entries
            if each.kind == "attended" and entry.replaces in {each.activity.key, each.activity.unit}
        )
    if entry.kind != "attended":
        return max(entry.offered, entry.attended)
    there = [each for each in entries if _part(each) == _part(entry)] if entry.activity.meeting else [entry]
    others = sum(revalued.get(each.id, each.attended) for each in there if each.id != entry.id)
    return max(0, sum(each.offered for each in there) - others)


def _part(entry: Entry) -> tuple[str, str]:
    return (entry.activity.meeting, entry.activity.segment) if entry.kind == "attended" else ("", "")


def _by_rule(rules: Rules, node: str, entry: Entry) -> int:
    leaf = rules.nodes.get(node)
    if not isinstance(leaf, Leaf):
        return 0
    mask = rules.matcher.mask(entry.activity, entry.kind, entry.verified, entry.occurred_on)
    found = next((rule for rule in rules.pool_of(leaf).valuation.rules if mask & rule.bit == rule.bit), None)
    return found.minutes or 0 if found else 0
