"""How many minutes of each entry count: the one answer that letters, statements and certificates tell."""

from __future__ import annotations

from collections.abc import Mapping

from cecto.audits.queries import EnrollmentAudit, facts_of
from cecto.programs.queries import ruleset
from cecto.requirements.preparing import make_case
from cecto.requirements.results import Result


def counted(seen: EnrollmentAudit) -> Mapping[str, int]:
    """The minutes of each entry, by its id, that the program's hours requirement counts; entries without any are left
    out.

    A definition that asks for no hours is asked what its policy credits: grace, partial credit and make-ups as it says.
    """
    known = {entry.id for entry in seen.facts.entries}
    hours = hours_of(seen.audit.root)
    pairs = [(use.entry, use.amount) for use in hours.used] if hours else _by_policy(seen)
    found: dict[str, int] = {}
    for entry, minutes in pairs:
        if entry in known and minutes > 0:
            found[entry] = found.get(entry, 0) + minutes
    return found


def hours_of(root: Result) -> Result | None:
    """The program's hours: the first requirement that sums minutes."""
    return next((result for result in root.walk() if result.measure == "hours"), None)


def _by_policy(seen: EnrollmentAudit) -> list[tuple[str, int]]:
    rules, of = ruleset(seen.definition), seen.audit
    case = make_case(rules, facts_of(seen), of.true_on, of.known_at)
    return [(item.id, item.minutes) for item in case.items if not item.void]
