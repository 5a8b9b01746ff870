"""One exception for many people at once: granted, joined and revoked as a whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from cecto.audits.actions.exceptions import ExceptionRefused, grant_exception, join_exception, revoke_exception
from cecto.audits.granting import consider_class, fact_of
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import proposed_together
from cecto.classes.models import Enrollment
from cecto.foundation.journal.actor import Actor
from cecto.foundation.keys import new_key
from cecto.foundation.papers import Paper
from cecto.people.models import Person

# What one entry of one person is about cannot be granted to a class.
FOR_MANY = frozenset(
    {
        ExceptionGrant.Kind.WAIVE,
        ExceptionGrant.Kind.LOWER,
        ExceptionGrant.Kind.EXTEND,
        ExceptionGrant.Kind.REPLACE,
    }
)


@transaction.atomic
def grant_to_class(
    *,
    enrollments: Sequence[Enrollment],
    node: str,
    kind: ExceptionGrant.Kind,
    office: str,
    granted_by: Person,
    reason: str,
    by: Actor,
    at: datetime,
    amount: int | None = None,
    until: date | None = None,
    other_node: str = "",
    paper: Paper | None = None,
) -> list[ExceptionGrant]:
    """Grant all of these enrollments the same exception, as one proposal with one reason and one paper.

    Those for whom one like it stands already or whom it would not change, and the granter's own, are left out; who and
    why is asked by `audits.granting.consider_class`. Raises as `grant_exception` does, and then grants nobody anything;
    ExceptionRefused too when nobody is left, or for a kind that is about one entry.
    """
    if kind not in FOR_MANY:
        raise ExceptionRefused("That kind is about one entry of one person. Grant it on the person's record.")
    if not enrollments:
        raise ExceptionRefused("Nobody is left to grant it to: no one is in these tracks today.")
    today = at.astimezone(ZoneInfo(enrollments[0].cohort.program.time_zone)).date()
    draft = ExceptionGrant(
        node=node, kind=kind, amount=amount, until=until, other_node=other_node, office=office, granted_on=today,
        recorded_at=at,
    )  # fmt: skip
    found = consider_class(enrollments, fact_of(draft), granter=granted_by, true_on=today, known_at=at)
    if not found.inside:
        raise ExceptionRefused(f"Nobody is left to grant it to: {_why(found.left_out)}")
    proposal = new_key()
    return [
        grant_exception(
            enrollment=one.enrollment,
            node=node,
            kind=kind,
            office=office,
            granted_by=granted_by,
            reason=reason,
            amount=amount,
            until=until,
            other_node=other_node,
            paper=paper,
            proposal=proposal,
            by=by,
            at=at,
        )
        for one in found.inside
    ]


def _why(left_out: Sequence[tuple[Enrollment, str]]) -> str:
    """Each reason once, with the first it is for."""
    first: dict[str, str] = {}
    for enrollment, because in left_out:
        first.setdefault(because, enrollment.person.name)
    return " ".join(f"{name}: {because}" for because, name in first.items())


@transaction.atomic
def join_proposal(*, proposal: str, person: Person, by: Actor, at: datetime) -> list[ExceptionGrant]:
    """The second office joins all exceptions of a proposal that wait. Raises ExceptionRefused, NotTheirOffice."""
    waiting = [grant for grant in proposed_together(proposal) if grant.waiting]
    if not waiting:
        raise ExceptionRefused("No exception of this proposal is waiting for a second office.")
    return [join_exception(grant=grant, person=person, by=by, at=at) for grant in waiting]


@transaction.atomic
def revoke_proposal(*, proposal: str, reason: str, by: Actor, at: datetime) -> list[ExceptionGrant]:
    """Take back all exceptions of a proposal that stand. Raises ExceptionRefused when none does."""
    live = [grant for grant in proposed_together(proposal) if grant.revoked_at is None]
    if not live:
        raise ExceptionRefused("All exceptions of this proposal were revoked before.")
    return [revoke_exception(grant=grant, reason=reason, by=by, at=at) for grant in live]
