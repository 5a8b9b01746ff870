"""How many minutes of each entry count: the one answer that letters, statements and certificates tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cecto.audits.queries import EnrollmentAudit, facts_of
from cecto.audits.standing import renewals_of
from cecto.programs.queries import ruleset
from cecto.requirements.preparing import make_case
from cecto.requirements.results import Audit, Result, Used


def counted_of(audited: Sequence[EnrollmentAudit]) -> list[Mapping[str, int]]:
    """The minutes of each entry of each person that count: for the award, or for a cycle of its renewal; once."""
    return [counted(seen, cycles) for seen, cycles in zip(audited, renewals_of(audited), strict=True)]


def counted(seen: EnrollmentAudit, cycles: Sequence[Audit] = ()) -> Mapping[str, int]:
    """The minutes of each entry, by its id, that the program's hours requirement counts, or one of those cycles of the
    renewal; entries without any are left out.

    A definition that asks for no hours is asked what its policy credits: grace, partial credit and make-ups as it says;
    once somebody renews, what was done after the class counts for that only.
    """
    known = {entry.id for entry in seen.facts.entries}
    hours = hours_of(seen.audit.root)
    pairs = [(use.entry, use.amount) for use in hours.used] if hours else _by_policy(seen, of_class=bool(cycles))
    found: dict[str, int] = {}
    for entry, minutes in pairs:
        if entry in known and minutes > 0:
            found[entry] = found.get(entry, 0) + minutes
    for use in (use for made in cycles for use in _renewing(made)):
        found[use.entry] = max(found.get(use.entry, 0), use.amount)
    return found


def _renewing(cycle: Audit) -> Iterator[Used]:
    """What the requirements in hours of a cycle use; hours carried over were used by the cycle before."""
    hours = (leaf for leaf in cycle.root.walk() if leaf.measure == "hours" and not leaf.ceiling)
    return (use for leaf in hours for use in leaf.used if use.amount > 0)


def hours_of(root: Result) -> Result | None:
    """The program's hours: the first requirement that sums minutes."""
    return next((result for result in root.walk() if result.measure == "hours"), None)


def _by_policy(seen: EnrollmentAudit, *, of_class: bool) -> list[tuple[str, int]]:
    """What the policy credits of each entry; `of_class`: until the class's last day only."""
    rules, of = ruleset(seen.definition), seen.audit
    case = make_case(rules, facts_of(seen), of.true_on, of.known_at)
    return [
        (item.id, item.minutes)
        for item in case.items
        if not item.void and (not of_class or item.on < case.facts.class_end)
    ]
