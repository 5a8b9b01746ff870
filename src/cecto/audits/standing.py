"""Before and after the class: what is asked for admission, and where an award stands in its cycles of renewal.

Both are computed each time, by the version of the definition that holds the person; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from cecto.audits.queries import EnrollmentAudit, EnrollmentFacts, facts_held, held_by
from cecto.classes.models import Enrollment
from cecto.programs.models import Definition
from cecto.programs.queries import ruleset
from cecto.requirements import RenewalAudit, audit_admission, audit_cycle, audit_renewal
from cecto.requirements.compiling import Rules
from cecto.requirements.facts import Facts, Signed
from cecto.requirements.renewing import audits_so_far
from cecto.requirements.results import Audit


@dataclass(frozen=True, slots=True)
class Award:
    """An enrollment and the day its award took effect; None asks the ledger since when the credential is held.

    `awarded_at` is the instant of that decision. `reinstated`: after which cycle it had lapsed, by number, and on which
    day it was reinstated. `signed`: which cycles were renewed on, by number, and when. `definition`: the version that
    the decision rests on.
    """

    enrollment: Enrollment
    awarded_on: date | None = None
    reinstated: Mapping[int, date] = field(default_factory=dict)
    awarded_at: datetime | None = None
    signed: Mapping[int, Signed] = field(default_factory=dict)
    definition: Definition | None = None


_decided: list[Callable[[Sequence[Enrollment]], list[Award]]] = []


def awards_are_asked_of(ask: Callable[[Sequence[Enrollment]], list[Award]]) -> None:
    """Let the feature that decides, which stands after audits, say what it has decided; once, at start-up."""
    _decided[:] = [ask]


def awards_of(enrollments: Sequence[Enrollment]) -> list[Award]:
    """The award of each enrollment, in order: by decision, else since when the ledger says that it is held."""
    return _decided[0](enrollments) if _decided else [Award(one) for one in enrollments]


def renewals_of(audited: Sequence[EnrollmentAudit]) -> list[tuple[Audit, ...]]:
    """The audits of the renewal cycles of each, up to the one that decides. No queries where nobody renews."""
    renewing = [one for one in audited if ruleset(one.versions[-1].definition).definition.renewal]
    awards = awards_of([one.enrollment for one in renewing]) if renewing else []
    found = {one.enrollment.pk: _cycles(one, award) for one, award in zip(renewing, awards, strict=True)}
    return [found.get(one.enrollment.pk, ()) for one in audited]


def _cycles(seen: EnrollmentAudit, award: Award) -> tuple[Audit, ...]:
    held, true_on = held_by(seen), seen.audit.true_on
    facts = facts_with_award(held, award, true_on)
    return audits_so_far(ruleset(held.definition), facts, true_on=true_on, known_at=seen.audit.known_at)


@dataclass(frozen=True, slots=True)
class AwardStanding:
    """Where one award stands. `renewal` is None when the definition asks for no renewal, or nothing was awarded yet."""

    held: EnrollmentFacts
    awarded_on: date | None
    renewal: RenewalAudit | None


@dataclass(frozen=True, slots=True)
class Part:
    """The audit of a part besides the class itself; of a renewal, where the award stands besides."""

    held: EnrollmentFacts
    audit: Audit
    renewal: RenewalAudit | None = None


def admission_of(enrollment: Enrollment, *, true_on: date, known_at: datetime) -> tuple[EnrollmentFacts, Audit] | None:
    """The audit of what the definition asks for admission, with the facts it read; None when it asks nothing."""
    (held,) = facts_held([enrollment], true_on=true_on, known_at=known_at)
    made = audit_admission(ruleset(held.definition), held.facts, true_on=true_on, known_at=known_at)
    return (held, made) if made else None


def award_standings(awards: Sequence[Award], *, true_on: date, known_at: datetime) -> list[AwardStanding]:
    """Where each award stands on a date by what was known at an instant: current, due, renewable, grace, lapsed, or
    not asked; or lapsed, with what was missing made up. In the order given, in a constant number of queries.

    Read the enrollments by `audits.queries.enrollments_to_audit`. The cycles count from the day of the first award, so
    give the day the decision took effect, whatever was renewed since: a cycle that was met leads on to the next.
    """
    found = facts_held([award.enrollment for award in awards], true_on=true_on, known_at=known_at)
    return [
        _standing(held, award, true_on=true_on, known_at=known_at) for held, award in zip(found, awards, strict=True)
    ]


def award_standing(award: Award, *, true_on: date, known_at: datetime) -> AwardStanding:
    """Where one award stands; as `award_standings`."""
    (found,) = award_standings([award], true_on=true_on, known_at=known_at)
    return found


def cycle_of(award: Award, number: int, *, true_on: date, known_at: datetime) -> tuple[EnrollmentFacts, Audit]:
    """The audit of one cycle of an award, numbered from 1, with the facts it read.

    Raises ValueError when the definition asks for no renewal, nothing was awarded, or there is no such cycle.
    """
    (held,) = facts_held([award.enrollment], true_on=true_on, known_at=known_at)
    rules = ruleset(held.definition)
    return held, audit_cycle(rules, facts_with_award(held, award, true_on), number, true_on=true_on, known_at=known_at)


def _standing(held: EnrollmentFacts, award: Award, *, true_on: date, known_at: datetime) -> AwardStanding:
    rules, facts = ruleset(held.definition), facts_with_award(held, award, true_on)
    return AwardStanding(held, facts.awarded_on, audit_renewal(rules, facts, true_on=true_on, known_at=known_at))


def facts_with_award(held: EnrollmentFacts, award: Award, true_on: date) -> Facts:
    """The facts with what is known of the award, so that its cycles can be audited."""
    since = award.awarded_on or _held_since(ruleset(held.definition), held.facts, true_on)
    return replace(
        held.facts,
        awarded_on=since,
        awarded_at=award.awarded_at,
        reinstated=award.reinstated,
        signed=award.signed,
    )


def _held_since(rules: Rules, facts: Facts, true_on: date) -> date | None:
    """Since when the ledger says that the definition's own credential is held: awards older than this system."""
    gone = {entry.reverses for entry in facts.entries}
    days = [
        entry.occurred_on
        for entry in facts.entries
        if entry.kind == "held" and entry.verified and not entry.reverses and entry.id not in gone
        if entry.activity.item == rules.definition.award.credential and entry.occurred_on <= true_on
    ]
    return min(days, default=None)
