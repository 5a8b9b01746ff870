"""Units awarded with a credential, in tenths."""

from __future__ import annotations

from cecto.requirements.document import Definition
from cecto.requirements.results import Audit


def awarded_tenths(definition: Definition, audit: Audit) -> int | None:
    """Tenths of the award's unit (a CEU of ten contact hours, say) that this audit earns, rounded down.

    None when the award has no units; 0 while the audit's requirements are not satisfied. A fixed award gives everyone
    the same; a variable one counts the person's own minutes of the requirement that it names.
    """
    units = definition.award.units
    if units is None:
        return None
    if not audit.status.satisfied:
        return 0
    minutes = audit.root.find(units.of).value if units.variable else units.whole
    return minutes * 10 // units.per
