"""Exceptions granted to one person, joined by a second office, and revoked."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from cecto.audits.granting import consider, fact_of
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import standing
from cecto.audits.standing import Award
from cecto.classes.models import Enrollment
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.foundation.papers import Paper, PaperRefused
from cecto.ledger.models import Entry
from cecto.people.models import Person
from cecto.people.seats import seat_of


class ExceptionRefused(Exception):
    """An exception that may not be granted, joined or revoked; the message says why and what to do."""


@transaction.atomic
def grant_exception(
    *,
    enrollment: Enrollment,
    node: str,
    kind: ExceptionGrant.Kind,
    office: str,
    granted_by: Person,
    reason: str,
    by: Actor,
    at: datetime,
    amount: int | None = None,
    entry: Entry | None = None,
    until: date | None = None,
    other_node: str = "",
    award: Award | None = None,
    cycle: int = 0,
    paper: Paper | None = None,
    proposal: str = "",
) -> ExceptionGrant:
    """Grant an enrollment an exception on a requirement, in the name of an office, from today in the program's zone.

    `amount` is minutes or a number, as the node counts. On a renewal's requirement it reaches one `cycle` of the
    `award`, which may not be signed nor past the day until which it can be settled. `proposal` ties the exceptions of a
    whole class together. Raises ExceptionRefused when the definition does not allow it, when it is out of bounds or
    reach, would change nothing or contradicts one that stands, for oneself, without a reason or with a paper that
    cannot be kept; NotTheirOffice when the person does not hold the office.
    """
    today = at.astimezone(ZoneInfo(enrollment.cohort.program.time_zone)).date()
    seat_of(granted_by, office, program_code=enrollment.cohort.program.code, on=today)
    _refuse_unfounded(enrollment, granted_by, reason)
    grant = ExceptionGrant(
        enrollment=enrollment,
        node=node,
        cycle=cycle,
        kind=kind,
        amount=amount,
        entry=entry,
        other_node=other_node,
        until=until,
        office=office,
        granted_by=granted_by,
        reason=reason.strip(),
        evidence_name=paper.name[:300] if paper else "",
        proposal=proposal,
        granted_on=today,
        recorded_at=at,
    )
    _refuse_a_second_like_it(grant)
    (considered,) = consider([award or Award(enrollment)], fact_of(grant), true_on=today, known_at=at)
    grant.second_office = considered.fact.second_office
    if because := considered.because:
        raise ExceptionRefused(because)
    grant.evidence_sha256 = _kept(paper) if paper else ""
    grant.save()
    _journal("audits.grant_exception", grant, by=by, at=at, node=node, kind=str(kind), office=office)
    return grant


@transaction.atomic
def join_exception(*, grant: ExceptionGrant, person: Person, by: Actor, at: datetime) -> ExceptionGrant:
    """The second office joins an exception, which counts from now. Raises ExceptionRefused, NotTheirOffice."""
    program = grant.enrollment.cohort.program
    if not grant.second_office or grant.second_at or grant.revoked_at:
        raise ExceptionRefused("This exception is not waiting for a second office.")
    if person == grant.granted_by:
        raise ExceptionRefused("The second office must be a second person. You granted this exception yourself.")
    seat_of(
        person, grant.second_office, program_code=program.code, on=at.astimezone(ZoneInfo(program.time_zone)).date()
    )
    grant.second, grant.second_at = person, at
    grant.save(update_fields=["second", "second_at"])
    _journal("audits.join_exception", grant, by=by, at=at)
    return grant


@transaction.atomic
def revoke_exception(*, grant: ExceptionGrant, reason: str, by: Actor, at: datetime) -> ExceptionGrant:
    """Take an exception back from now on; what it was stays on record.

    Raises ExceptionRefused when it was revoked before.
    """
    if not reason.strip():
        raise ExceptionRefused("Say why this exception is revoked.")
    changed = ExceptionGrant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=at, revoked_reason=reason)
    if changed != 1:
        raise ExceptionRefused("This exception was revoked before.")
    _journal("audits.revoke_exception", grant, by=by, at=at)
    grant.refresh_from_db()
    return grant


def _kept(paper: Paper) -> str:
    try:
        return paper.keep()
    except PaperRefused as error:
        raise ExceptionRefused(str(error)) from error


def _refuse_unfounded(enrollment: Enrollment, granted_by: Person, reason: str) -> None:
    if not reason.strip():
        raise ExceptionRefused("Say why: an exception needs a reason that an auditor can follow.")
    if granted_by.pk == enrollment.person_id:
        raise ExceptionRefused("Nobody grants an exception to themselves. Ask another holder of the office.")


def _refuse_a_second_like_it(grant: ExceptionGrant) -> None:
    like_it = standing(grant.node, grant.kind).filter(enrollment=grant.enrollment, entry=grant.entry, cycle=grant.cycle)
    if like_it.exists():
        raise ExceptionRefused("Such an exception stands already on this requirement. Revoke it first to change it.")


def _journal(action: str, grant: ExceptionGrant, *, by: Actor, at: datetime, **detail: str) -> None:
    record(
        action,
        by=by,
        at=at,
        subject=("enrollment", grant.enrollment.key),
        class_key=grant.enrollment.cohort.key,
        exception=grant.key,
        **detail,
    )
