"""Since when people hold their awards, and the audits of admission and renewal that this tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from cecto.audits.bound import Bound, in_force_of
from cecto.audits.queries import EnrollmentAudit, EnrollmentFacts, audit_many, enrollments_to_audit, facts_of
from cecto.audits.standing import Award, Part, admission_of, award_standing, cycle_of, facts_with_award
from cecto.certification.models import Effect
from cecto.certification.renewal.queries import award_decided
from cecto.classes.models import Enrollment
from cecto.foundation import clock
from cecto.programs.models import Program
from cecto.requirements import Facts


def awards_decided(enrollments: Sequence[Enrollment]) -> list[Award]:
    """The award of each enrollment since its decision took effect; without one, since the ledger says it is held.

    Two queries.
    """
    standing = Effect.objects.filter(decision__enrollment__in=enrollments, decision__withdrawn_at=None)
    effects = standing.select_related("decision__definition").prefetch_related("decision__renewals")
    found = {effect.decision.enrollment_id: effect.decision for effect in effects}
    return [award_decided(found[one.pk], one) if one.pk in found else Award(one) for one in enrollments]


def award_of(enrollment: Enrollment) -> Award:
    """The enrollment's award; as `awards_decided`."""
    (found,) = awards_decided([enrollment])
    return found


def admission_part(enrollment: Enrollment, *, true_on: date, known_at: datetime) -> Part | None:
    """What the definition asks for admission, and how far the person is; None when it asks nothing."""
    found = admission_of(enrollment, true_on=true_on, known_at=known_at)
    return Part(*found) if found else None


def renewal_part(enrollment: Enrollment, *, cycle: int | None = None, true_on: date, known_at: datetime) -> Part | None:
    """A cycle of the person's award, the one that decides unless numbered; None when none is asked or held."""
    award = award_of(enrollment)
    stands = award_standing(award, true_on=true_on, known_at=known_at)
    if stands.renewal is None:
        return None
    if cycle is None:
        return Part(stands.held, stands.renewal.audit, stands.renewal)
    return Part(*cycle_of(award, cycle, true_on=true_on, known_at=known_at), stands.renewal)


def parts_of(
    people: Sequence[Enrollment], *, renewal: bool, cycle: int | None = None, true_on: date, known_at: datetime
) -> list[Part]:
    """The admission, or the renewal, of everyone who is asked for it. Raises ValueError for a cycle that cannot be."""
    parts = [
        renewal_part(one, cycle=cycle, true_on=true_on, known_at=known_at)
        if renewal
        else admission_part(one, true_on=true_on, known_at=known_at)
        for one in people
    ]
    return [part for part in parts if part is not None]


def idle_exceptions(*, known_at: datetime) -> Iterator[Bound]:
    """Every exception in force that changes nothing today, in its program's own day; by program, then by name."""
    for program in Program.objects.order_by("code"):
        people = enrollments_to_audit().filter(cohort__program=program, exceptions__revoked_at=None)
        held = people.filter(exceptions__isnull=False).distinct()
        today = clock.today(program.time_zone)
        seen = list(audit_many(held, true_on=today, known_at=known_at))
        for found in in_force_of(seen, _with_award).values():
            yield from (one for one in found if one.idle)


def _with_award(seen: EnrollmentAudit) -> Facts:
    held = EnrollmentFacts(seen.enrollment, seen.definition, facts_of(seen))
    return facts_with_award(held, award_of(seen.enrollment), seen.audit.true_on)
