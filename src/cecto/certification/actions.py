"""Every write of certification: propose, sign, withdraw, take effect.

An audit never certifies anybody. People do, on an audit, and only on one that has not changed since they saw it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from cecto.attendance.actions import settle_meeting
from cecto.attendance.models import Settlement
from cecto.audits.actions import keep_version
from cecto.audits.models import VersionChange
from cecto.audits.queries import EnrollmentAudit, audit_enrollment, facts_of
from cecto.audits.snapshot import audit_as_json
from cecto.audits.standing import Award
from cecto.audits.supposing import audit_supposing
from cecto.certification.models import Decision, Effect, Signature
from cecto.certification.queries import offices_to_sign, signed_ahead, unmet, unsigned_offices
from cecto.classes.models import Enrollment, Meeting
from cecto.classes.queries import active
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person
from cecto.people.seats import seat_of
from cecto.requirements.results import Audit


class DecisionRefused(Exception):
    """A decision that may not be proposed.

    Signed, withdrawn or put into effect; the message says why and what to do.
    """


class NotEligible(DecisionRefused):
    """A requirement is not satisfied."""


class AuditChanged(DecisionRefused):
    """The audit is no longer the one that was looked at."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who is to be certified, and the hash of the audit that the proposer looked at."""

    enrollment: Enrollment
    viewed_sha256: str


@transaction.atomic
def propose(*, proposal: Proposal, true_on: date, by: Actor, at: datetime, ahead_of: Meeting | None = None) -> Decision:
    """Propose to certify an enrollment on its audit as of a date; with `ahead_of`, as if that session were credited.

    Raises AuditChanged when the audit is not the one viewed, NotEligible when a requirement is unmet (the message lists
    them), DecisionRefused when a decision stands already or the person left the class.
    """
    enrollment = proposal.enrollment
    _refuse_if_decided(enrollment)
    _refuse_if_gone(enrollment, true_on)
    seen = audit_enrollment(enrollment, true_on=true_on, known_at=at)
    if seen.audit.sha256 != proposal.viewed_sha256:
        raise AuditChanged(
            f"The audit of {enrollment.person.name} has changed since you looked at it. Look at it again, then propose."
        )
    rests_on = seen.audit if ahead_of is None else _supposed(seen, ahead_of)
    _refuse_unmet(enrollment, rests_on)
    definition = seen.version_of(rests_on)
    decision = Decision.objects.create(
        enrollment=enrollment,
        definition=definition,
        offices=offices_to_sign(definition),
        true_on=true_on,
        known_at=at,
        audit=audit_as_json(seen.audit, facts_of(seen).exceptions),
        audit_sha256=seen.audit.sha256,
        ahead_of=ahead_of,
        proposed_by=by.key,
        proposed_at=at,
    )
    _journal("certification.propose", decision, by=by, at=at, audit=decision.audit_sha256)
    return decision


@transaction.atomic
def sign(*, decision: Decision, office: str, person: Person, by: Actor, at: datetime) -> Signature:
    """Sign a decision for an office; with the last signature it takes effect, unless it waits for a session.

    Raises DecisionRefused (not this office's to sign, signed already, withdrawn, one's own, left the class),
    AuditChanged, NotTheirOffice; NotEligible when a requirement is no longer met on the day of the last signature.
    """
    _refuse_signing(decision, office, person)
    program = decision.enrollment.cohort.program
    today = at.astimezone(ZoneInfo(program.time_zone)).date()
    _refuse_if_gone(decision.enrollment, today)
    seat = seat_of(person, office, program_code=program.code, on=today)
    _refuse_if_changed(decision, at=at)
    signature = Signature.objects.create(
        decision=decision, office=office, person=person, acting=seat.acting, signed_at=at
    )
    _journal("certification.sign", decision, by=by, at=at, office=office, acting=seat.acting)
    if not unsigned_offices(decision) and not _waits_for_session(decision):
        _put_into_effect(decision, on=today, by=by, at=at)
    return signature


@transaction.atomic
def take_effect(*, decision: Decision, by: Actor, at: datetime) -> Effect:
    """Put a decision that was signed ahead into effect, now that its session is settled with this person credited.

    Raises DecisionRefused when a signature is missing or the session is not settled, NotEligible when it did not go
    as supposed.
    """
    meeting = decision.ahead_of
    if meeting is None or decision.withdrawn_at or hasattr(decision, "effect"):
        raise DecisionRefused("This decision does not wait for a session.")
    if unsigned_offices(decision):
        raise DecisionRefused(f"It is not signed by {' and '.join(unsigned_offices(decision))} yet.")
    if _waits_for_session(decision):
        raise DecisionRefused("The session it waits for is not settled yet. Settle it, then come back.")
    today = at.astimezone(ZoneInfo(decision.enrollment.cohort.program.time_zone)).date()
    _refuse_if_gone(decision.enrollment, today)
    return _put_into_effect(decision, on=today, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Settled:
    """A session's settlement, how many people it certified, and why some who were signed for were not."""

    settlement: Settlement
    certified: int
    refusals: tuple[str, ...]


@transaction.atomic
def settle_and_certify(
    *,
    meeting: Meeting,
    began: datetime | None = None,
    ended: datetime | None = None,
    shown: str = "",
    by: Actor,
    at: datetime,
) -> Settled:
    """Settle a session, and put into effect what was signed ahead of it.

    A decision on someone who was not credited there, or is no longer as they were signed for, stays as it is. Raises
    as `settle_meeting`.
    """
    settlement = settle_meeting(meeting=meeting, began=began, ended=ended, shown=shown, by=by, at=at)
    certified, refusals = 0, []
    for decision in signed_ahead(Meeting.objects.filter(pk=meeting.pk)):
        try:
            take_effect(decision=decision, by=by, at=at)
            certified += 1
        except DecisionRefused as refused:
            refusals.append(str(refused))
    return Settled(settlement, certified, tuple(refusals))


@transaction.atomic
def withdraw(*, decision: Decision, reason: str, by: Actor, at: datetime) -> Decision:
    """Withdraw a decision that is not in effect yet, so that another can be proposed. Raises DecisionRefused."""
    if not reason.strip():
        raise DecisionRefused("Say why this decision is withdrawn.")
    waiting = Decision.objects.filter(pk=decision.pk, withdrawn_at=None, effect=None)
    if waiting.update(withdrawn_at=at, withdrawn_reason=reason.strip()) != 1:
        raise DecisionRefused("Only a decision that is not in effect can be withdrawn. A certificate can be revoked.")
    _journal("certification.withdraw", decision, by=by, at=at, reason=reason.strip())
    decision.refresh_from_db()
    return decision


def _waits_for_session(decision: Decision) -> bool:
    meeting = decision.ahead_of
    return meeting is not None and not Settlement.objects.filter(meeting=meeting, reopening=None).exists()


def _refuse_if_decided(enrollment: Enrollment) -> None:
    if Decision.objects.filter(enrollment=enrollment, withdrawn_at=None).exists():
        raise DecisionRefused(f"A decision on {enrollment.person.name} stands already. Sign it, or withdraw it first.")


def _refuse_if_gone(enrollment: Enrollment, on: date) -> None:
    if not active(Enrollment.objects.filter(pk=enrollment.pk), on).exists():
        raise DecisionRefused(
            f"{enrollment.person.name} is not active in this class on {on:%B %-d, %Y} and cannot be certified."
        )


def _refuse_unmet(enrollment: Enrollment, seen: Audit) -> None:
    if not seen.status.satisfied:
        reasons = " ".join(result.sentence for result in unmet(seen.root))
        raise NotEligible(f"{enrollment.person.name} does not meet every requirement: {reasons}")


def _supposed(seen: EnrollmentAudit, meeting: Meeting) -> Audit:
    supposed = audit_supposing(seen, meeting)
    if supposed is None:
        raise DecisionRefused("That session is not ahead of this person: it is settled, canceled or not theirs.")
    return supposed


def _refuse_signing(decision: Decision, office: str, person: Person) -> None:
    if decision.withdrawn_at:
        raise DecisionRefused("This decision was withdrawn.")
    if office not in decision.offices:
        raise DecisionRefused(f"“{office}” does not sign this decision: {' and '.join(decision.offices)} do.")
    if decision.signatures.filter(office=office).exists():
        raise DecisionRefused(f"“{office}” has signed this decision already.")
    if decision.signatures.filter(person=person).exists():
        raise DecisionRefused("You signed this decision for another office. A second person must sign here.")
    if person.pk == decision.enrollment.person_id:
        raise DecisionRefused("Nobody signs their own certificate. Ask someone who acts for the office.")


def _refuse_if_changed(decision: Decision, *, at: datetime) -> None:
    seen = audit_enrollment(decision.enrollment, true_on=decision.true_on, known_at=at)
    if seen.audit.sha256 != decision.audit_sha256:
        raise AuditChanged(
            f"The audit of {decision.enrollment.person.name} has changed since it was proposed. "
            "Withdraw this decision and propose it again on the audit as it is now."
        )


def _put_into_effect(decision: Decision, *, on: date, by: Actor, at: datetime) -> Effect:
    """Certify on the audit of that very day: all met, and by the version that was signed."""
    found = audit_enrollment(decision.enrollment, true_on=on, known_at=at)
    _refuse_unmet(decision.enrollment, found.audit)
    if found.definition != decision.definition:
        raise AuditChanged(
            f"{decision.enrollment.person.name} is held to another version of the rules since this was proposed. "
            "Withdraw this decision and propose it again."
        )
    seen = found.audit
    effect = Effect.objects.create(
        decision=decision,
        effective_on=on,
        known_at=at,
        audit=audit_as_json(seen, facts_of(found).exceptions),
        audit_sha256=seen.sha256,
        recorded_at=at,
    )
    _keep_rules(decision, effect, by=by, at=at)
    _journal("certification.take_effect", decision, by=by, at=at, audit=seen.sha256)
    return effect


def _keep_rules(decision: Decision, effect: Effect, *, by: Actor, at: datetime) -> None:
    """Where the class was told already to move later, who is certified before does not."""
    track = decision.enrollment.track
    if VersionChange.objects.filter(track=track, start__gt=effect.effective_on).exists():
        award = Award(decision.enrollment, effect.effective_on, definition=decision.definition)
        keep_version(award=award, by=by, at=at)


def _journal(action: str, decision: Decision, *, by: Actor, at: datetime, **detail: object) -> None:
    cohort = decision.enrollment.cohort
    record(action, by=by, at=at, subject=("decision", decision.key), class_key=cohort.key, **detail)
