"""A running class moved to a new version: exceptions follow renamed requirements, and which version holds whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from cecto.requirements.auditing import audit
from cecto.requirements.compiling import Rules
from cecto.requirements.document import Definition
from cecto.requirements.facts import Facts
from cecto.requirements.results import Audit
from cecto.requirements.statuses import rank


def moved(facts: Facts, definition: Definition) -> Facts:
    """The facts with exceptions on earlier ids put on the ids that the definition's `moves` gives them."""
    moves = dict(definition.moves)
    if not moves:
        return facts
    exceptions = tuple(
        replace(each, node=moves.get(each.node, each.node), other=moves.get(each.other, each.other))
        for each in facts.exceptions
    )
    return replace(facts, exceptions=exceptions)


def audit_under_way(old: Rules, new: Rules, facts: Facts, *, true_on: date, known_at: datetime) -> Audit:
    """The audit of someone enrolled under `old` when `new` is published, by the new version's `under_way` rule.

    stay: the old version. move: the new one. better-of-both: the one that leaves the person better off, the old one
    when both do. The audit names the version it used by its hash.
    """
    stay = audit(old, facts, true_on=true_on, known_at=known_at)
    if new.definition.under_way == "stay":
        return stay
    move = audit(new, moved(facts, new.definition), true_on=true_on, known_at=known_at)
    if new.definition.under_way == "move":
        return move
    return move if rank(move.status) > rank(stay.status) else stay
