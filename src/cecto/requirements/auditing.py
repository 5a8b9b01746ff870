"""The audit: rules and facts, a date and an instant, to a tree of results. A pure function."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
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
from cecto.requirements.preparing import make_case
from cecto.requirements.results import Audit, Result

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
        root=evaluate(case, root, _measure),
        ignored=case.ignored,
        part=part,
        cycle=cycle,
    )


def _measure(case: Case, node: doc.Node) -> Result:
    return MEASURES[type(node)](case, node)
