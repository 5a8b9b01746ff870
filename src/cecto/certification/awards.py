"""Since when people hold their awards, and the audits of admission and renewal that this tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from cecto.audits.standing import Award, Part, admission_of, award_standing, cycle_of
from cecto.certification.models import Effect
from cecto.certification.renewal.queries import award_decided
from cecto.classes.models import Enrollment


def awards_decided(enrollments: Sequence[Enrollment]) -> list[Award]:
    """The award of each enrollment since its decision took effect; without one, since the ledger says it is held.

    Two queries.
    """
    standing = Effect.objects.filter(decision__enrollment__in=enrollments, decision__withdrawn_at=None)
    effects = standing.select_related("decision").prefetch_related("decision__renewals")
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
