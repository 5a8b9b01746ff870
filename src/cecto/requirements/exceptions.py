"""Exceptions granted by an office: which are in force, which the definition allows, and what each node sees of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from cecto.requirements.bounds import contradiction, over_worth
from cecto.requirements.compiling import Rules
from cecto.requirements.document import Node
from cecto.requirements.facts import Entry, ExceptionFact, Facts
from cecto.requirements.fitting import misfit
from cecto.requirements.results import Ignored


@dataclass(slots=True)
class Changes:
    """What the exceptions on one node change."""

    ids: list[str] = field(default_factory=list)
    waived: bool = False
    target: int | None = None
    accepted: set[str] = field(default_factory=set)
    excluded: set[str] = field(default_factory=set)
    revalued: dict[str, int] = field(default_factory=dict)
    extended_to: date | None = None
    other: str = ""

    def view(self) -> tuple[object, ...]:
        """What of it changes the entries that count: equal views see a pool alike."""
        revalued = tuple(sorted(self.revalued.items()))
        return self.extended_to, frozenset(self.accepted), frozenset(self.excluded), revalued

    def take(self, others: Changes) -> None:
        """Take in what other exceptions change, each once."""
        self.ids += [each for each in others.ids if each not in self.ids]
        self.waived = self.waived or others.waived
        self.target = min((each for each in (self.target, others.target) if each is not None), default=None)
        self.accepted |= others.accepted
        self.excluded |= others.excluded
        self.revalued |= others.revalued
        self.extended_to = max((each for each in (self.extended_to, others.extended_to) if each), default=None)
        self.other = self.other or others.other

    def lowered(self, target: int) -> int:
        """The target as lowered; never raised."""
        return target if self.target is None else min(target, self.target)


def in_force(exceptions: Iterable[ExceptionFact], true_on: date, known_at: datetime) -> list[ExceptionFact]:
    """Those granted, known and not revoked then, in (since, id) order."""
    standing = [e for e in exceptions if _stands(e, true_on, known_at)]
    standing.sort(key=lambda e: (e.since, e.id))
    return standing


def _stands(fact: ExceptionFact, true_on: date, known_at: datetime) -> bool:
    if fact.recorded_at > known_at or (fact.revoked_at is not None and fact.revoked_at <= known_at):
        return False
    return fact.since <= true_on and (fact.until is None or true_on < fact.until)


def bind(
    rules: Rules, facts: Facts, entries: Sequence[Entry], true_on: date, known_at: datetime
) -> tuple[dict[str, Changes], tuple[Ignored, ...]]:
    """The changes by node id, and the exceptions that the definition does not allow, that contradict an earlier one or
    that give an entry more than it may be worth. `entries` are those that stand.
    """
    bound: dict[str, Changes] = {}
    ignored = []
    taken: list[ExceptionFact] = []
    for fact in in_force(facts.exceptions, true_on, known_at):
        because = refusal(rules, fact) or contradiction(fact, taken) or over_worth(rules, fact, entries, taken)
        if because:
            ignored.append(Ignored(fact.id, because))
        else:
            taken.append(fact)
            _apply(bound.setdefault(fact.node, Changes()), fact)
    return bound, tuple(ignored)


def refusal(rules: Rules, fact: ExceptionFact) -> str:
    """Why the definition does not allow an exception, as a sentence; empty if it does."""
    node = rules.nodes.get(fact.node)
    if node is None:
        return f"There is no requirement `{fact.node}`."
    if fact.cycle and rules.part_of(node.id) != "renewal":
        return f"`{node.id}` is no requirement of a renewal, so an exception on it names no cycle."
    return _refusal(rules, node, fact)


def _refusal(rules: Rules, node: Node, fact: ExceptionFact) -> str:
    may = node.waivable
    if may is None:
        return f"The definition lets no one grant an exception on `{node.id}`."
    if fact.office not in may.by:
        return f"Only {' or '.join(may.by)} may grant an exception on `{node.id}`."
    if may.kinds and fact.kind not in may.kinds:
        return f"An exception on `{node.id}` may only {' or '.join(may.kinds)}."
    if may.second and fact.second_office != may.second:
        return f"An exception on `{node.id}` needs the second signature of {may.second}."
    return _incomplete(rules, node, fact)


def _incomplete(rules: Rules, node: Node, fact: ExceptionFact) -> str:
    if fact.kind in {"lower", "revalue"} and (fact.to is None or fact.to < 0):
        return "It does not say to how much."
    if fact.kind in {"accept", "exclude", "revalue"} and not fact.entry:
        return "It does not say which entry."
    if fact.kind == "extend" and fact.extended_to is None:
        return "It does not say until when."
    if fact.kind == "replace":
        other = rules.nodes.get(fact.other)
        within = {inner.id for inner in other.walk()} if other else set()
        if node.id in within or rules.part_of(fact.other) != rules.part_of(node.id):
            return f"`{fact.other}` cannot stand in for `{node.id}`."
    return misfit(node, fact, dict(rules.definition.pools))


def _apply(changes: Changes, fact: ExceptionFact) -> None:
    changes.ids.append(fact.id)
    if fact.kind == "waive":
        changes.waived = True
    elif fact.kind == "lower" and fact.to is not None:
        changes.target = fact.to if changes.target is None else min(changes.target, fact.to)
    elif fact.kind == "accept":
        changes.accepted.add(fact.entry)
    elif fact.kind == "exclude":
        changes.excluded.add(fact.entry)
    elif fact.kind == "revalue" and fact.to is not None:
        changes.revalued[fact.entry] = fact.to
    elif fact.kind == "extend" and fact.extended_to is not None:
        changes.extended_to = max(changes.extended_to or fact.extended_to, fact.extended_to)
    elif fact.kind == "replace":
        changes.other = fact.other
