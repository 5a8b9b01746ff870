"""Of whom a node is asked."""

from __future__ import annotations

from cecto.requirements.case import Case
from cecto.requirements.document import Condition
from cecto.requirements.leaves.joint import has_partner


def holds(case: Case, condition: Condition) -> bool:
    """Whether every part of the condition holds for this person."""
    if condition.partner is not None and not has_partner(case, condition.partner):
        return False
    traits = case.facts.traits
    if any(traits.get(name) not in words for name, words in condition.traits):
        return False
    return condition.none_of is None or not holds(case, condition.none_of)
