"""Units awarded with a credential, in tenths."""

from __future__ import annotations

from collections.abc import Callable

from cecto.requirements.document import AwardUnits, Definition
from cecto.requirements.results import Audit


def awarded_minutes(definition: Definition, value_of: Callable[[str], int]) -> int | None:
    """The minutes for which units are awarded; None when the award has no units of its own.

    A fixed award gives everyone the same; a variable one counts the person's own minutes of the requirement that it
    names, which `value_of` tells.
    """
    units = definition.award.units
    if units is None:
        return None
    return value_of(units.of) if units.variable else units.whole


def tenths_of(units: AwardUnits, minutes: int) -> int:
    """Tenths of the award's unit (a CEU of ten contact hours, say) that so many minutes earn, rounded down."""
    return minutes * 10 // units.per


def awarded_tenths(definition: Definition, audit: Audit) -> int | None:
    """Tenths of the award's unit that this audit earns, rounded down.

    None when the award has no units; 0 while the audit's requirements are not satisfied.
    """
    minutes = awarded_minutes(definition, lambda node: audit.root.find(node).value)
    if minutes is None or definition.award.units is None:
        return None
    return tenths_of(definition.award.units, minutes) if audit.status.satisfied else 0
