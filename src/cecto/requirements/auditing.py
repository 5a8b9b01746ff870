"""The audit: rules and facts, a date and an instant, to a tree of results. A pure function."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import islice, product
from typing import Any

from cecto.requirements import document as doc
from cecto.requirements.case import Case
from cecto.requirements.combining import evaluate
from cecto.requirements.compiling import Rules
from cecto.requirements.facts import Facts
from cecto.requirements.leaves.absences import measure_absences
from cecto.requirements.leaves.background import (
    measure_attest,
    measure_held,
    measure_linked,
    measure_paid,
    measure_score,
    measure_years,
)
from cecto.requirements.leaves.counts import measure_count, measure_each
from cecto.requirements.leaves.joint import measure_together
from cecto.requirements.leaves.judged import measure_credential, measure_verdict
from cecto.requirements.leaves.rates import measure_rate
from cecto.requirements.leaves.sums import measure_hours
from cecto.requirements.minutes.exclusive import Sharing
from cecto.requirements.preparing import make_case
from cecto.requirements.results import Audit, Result
from cecto.requirements.statuses import rank

MEASURES: dict[type[doc.Node], Callable[[Case, Any], Result]] = {
    doc.Hours: measure_hours,
    doc.Count: measure_count,
    doc.Absences: measure_absences,
    doc.Each: measure_each,
    doc.Together: measure_together,
    doc.Verdict: measure_verdict,
    doc.Credential: measure_credential,
    doc.Rate: measure_rate,
    doc.Score: measure_score,
    doc.Attest: measure_attest,
    doc.Linked: measure_linked,
    doc.Years: measure_years,
    doc.Held: measure_held,
    doc.Paid: measure_paid,
}


def audit(rules: Rules, facts: Facts, *, true_on: date, known_at: datetime) -> Audit:
    """What the definition says of this person, as true on that date and known at that (aware) instant.

    Entries that occurred after `true_on` or were recorded after `known_at` are not seen; the caller gives the
    schedule, relations and absences as known then. Equal arguments give an equal audit, in any order of entries.
    """
    case = make_case(rules, facts, true_on, known_at)
    return finish(case, rules.definition.require)


def audit_admission(rules: Rules, facts: Facts, *, true_on: date, known_at: datetime) -> Audit | None:
    """As `audit`, of what the definition asks for admission; None when it asks nothing."""
    asked = rules.definition.admission
    return None if asked is None else finish(make_case(rules, facts, true_on, known_at), asked, part="admission")


def finish(case: Case, root: doc.Node, *, part: str = "require", cycle: int = 0) -> Audit:
    """The audit of a case against one tree of the definition."""
    definition = case.rules.definition
    return Audit(
        program=definition.program,
        track=definition.track,
        definition=definition.sha256,
        true_on=case.true_on,
        known_at=case.known_at,
        root=_best(case, root),
        ignored=case.ignored,
        part=part,
        cycle=cycle,
        language=definition.language,
    )


# Ways to decide between equally good choices that are tried; two groups of a few choices each stay below it.
_MOST_WAYS = 64


def _best(case: Case, root: doc.Node) -> Result:
    """The result by the first of the equally good choices of its exclusive groups that does most for the whole."""
    best = evaluate(case, root, _measure)
    choices = {group: range(found.choices) for group in case.rules.groups if (found := _shared(case, group))}
    ties = {group: numbers for group, numbers in choices.items() if len(numbers) > 1}
    if not ties or best.status.satisfied:
        return best
    for chosen in islice(product(*ties.values()), 1, _MOST_WAYS):
        case.choices.update(zip(ties, chosen, strict=True))
        other = evaluate(case, root, _measure)
        if rank(other.status) > rank(best.status):
            best = other
        if best.status.satisfied:
            break
    return best


def _shared(case: Case, group: str) -> Sharing | None:
    """The sharing of a group, if the tree has asked for it."""
    found = case.memory.get((f"exclusive {group}", 0))
    return found if isinstance(found, Sharing) else None


def _measure(case: Case, node: doc.Node) -> Result:
    return MEASURES[type(node)](case, node)
