"""Of whom a node is asked."""

from __future__ import annotations

from cecto.requirements.case import Case
from cecto.requirements.document import Condition
from cecto.requirements.leaves.joint import has_partner


def holds(case: Case, condition: Condition) -> bool:
    """Whether every part of the condition holds for this person."""
    if condition.partner is not None and not has_partner(case, condition.partner):
        return False
    if any(trait(case, name) not in words for name, words in condition.traits):
        return False
    return condition.none_of is None or not holds(case, condition.none_of)


def trait(case: Case, name: str) -> str:
    """The word for a trait that holds on the date asked: the latest said by then; empty when none was."""
    said = [
        (fact.on, fact.recorded_at, fact.word)
        for fact in case.facts.background
        if (fact.kind, fact.of) == ("trait", name) and fact.recorded_at <= case.known_at and fact.on <= case.true_on
    ]
    return max(said)[2] if said else ""
