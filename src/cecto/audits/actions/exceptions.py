"""Exceptions granted to one person, joined by a second office, and revoked."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from cecto.audits.gathering.entries import entry_id
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import newest_version, standing
from cecto.classes.models import Enrollment
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.foundation.papers import Paper, PaperRefused
from cecto.ledger.models import Entry
from cecto.people.models import Person
from cecto.people.seats import seat_of
from cecto.programs.queries import ruleset
from cecto.requirements.compiling import Rules
from cecto.requirements.exceptions import refusal
from cecto.requirements.facts import ExceptionFact


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
    paper: Paper | None = None,
    proposal: str = "",
) -> ExceptionGrant:
    """Grant an enrollment an exception on a requirement, in the name of an office, from today in the program's zone.

    `amount` is minutes or a number, as the node counts. `proposal` ties the exceptions of a whole class together.
    Raises ExceptionRefused when the definition does not allow it, when one like it stands, for oneself, without a
    reason or with a paper that cannot be kept; NotTheirOffice when the person does not hold the office.
    """
    today = at.astimezone(ZoneInfo(enrollment.cohort.program.time_zone)).date()
    seat_of(granted_by, office, program_code=enrollment.cohort.program.code, on=today)
    _refuse_unfounded(enrollment, granted_by, reason)
    grant = ExceptionGrant(
        enrollment=enrollment,
        node=node,
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
    rules = ruleset(newest_version(enrollment, on=today, known_at=at))
    grant.second_office = _second_office(rules, node)
    _refuse_what_the_definition_does_not_allow(rules, grant)
    _refuse_a_second_like_it(grant)
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


def _second_office(rules: Rules, node: str) -> str:
    found = rules.nodes.get(node)
    return found.waivable.second if found and found.waivable else ""


def _refuse_what_the_definition_does_not_allow(rules: Rules, grant: ExceptionGrant) -> None:
    because = refusal(rules, _as_if_joined(grant))
    if because:
        raise ExceptionRefused(because)


def _as_if_joined(grant: ExceptionGrant) -> ExceptionFact:
    return ExceptionFact(
        id=grant.key,
        node=grant.node,
        kind=grant.kind,  # type: ignore[arg-type]
        office=grant.office,
        since=grant.granted_on,
        recorded_at=grant.recorded_at,
        second_office=grant.second_office,
        to=grant.amount,
        entry=entry_id(grant.entry_id),
        extended_to=grant.until,
        other=grant.other_node,
    )


def _refuse_a_second_like_it(grant: ExceptionGrant) -> None:
    if standing(grant.node, grant.kind).filter(enrollment=grant.enrollment, entry=grant.entry).exists():
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
