"""An officer renews an award: one signature, of the office that decides, on the audit of a cycle that was met."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from cecto.audits.queries import enrollments_to_audit
from cecto.audits.snapshot import audit_as_json
from cecto.audits.standing import Award, cycle_of
from cecto.certification.actions import AuditChanged, DecisionRefused, NotEligible
from cecto.certification.models import Decision, Renewal
from cecto.certification.queries import offices_to_sign
from cecto.certification.renewal.queries import RenewalCase, award_decided, renewal_cases
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people.models import OfficeSeat, Person
from cecto.people.seats import seat_of


@transaction.atomic
def sign_renewal(*, decision: Decision, viewed_until: str, person: Person, by: Actor, at: datetime) -> Renewal:
    """Renew an award until the end of the cycle that follows the last one met; a lapsed one is reinstated so.

    `viewed_until` is that day as the officer saw it, in ISO 8601. Raises NotEligible when nothing more was earned (the
    message says what is left), AuditChanged when it is another day by now, DecisionRefused, NotTheirOffice.
    """
    today = at.astimezone(ZoneInfo(decision.enrollment.cohort.program.time_zone)).date()
    seat = _seat_to_renew(decision, person, today)
    Decision.objects.select_for_update().get(pk=decision.pk)
    case, until = _earned(decision, viewed_until, today, at)
    held, audit = cycle_of(_award(decision, case, today), case.cycle, true_on=today, known_at=at)
    renewal = Renewal.objects.create(
        decision=decision,
        cycle=case.cycle,
        reinstated=case.reinstatable,
        valid_until=until,
        audit=audit_as_json(audit, held.facts.exceptions),
        audit_sha256=audit.sha256,
        office=seat.office,
        person=person,
        acting=seat.acting,
        signed_at=at,
    )
    subject, told = ("decision", decision.key), {"cycle": case.cycle, "until": viewed_until, "audit": audit.sha256}
    action = "certification.reinstate" if renewal.reinstated else "certification.renew"
    record(action, by=by, at=at, subject=subject, class_key=decision.enrollment.cohort.key, **told)
    return renewal


def _award(decision: Decision, case: RenewalCase, today: date) -> Award:
    """The award as this renewal leaves it, so that the audit kept with it reads what was made up."""
    award = award_decided(decision)
    late = {case.cycle: today} if case.reinstatable else {}
    return replace(
        award, enrollment=enrollments_to_audit().get(pk=decision.enrollment_id), reinstated={**award.reinstated, **late}
    )


def _seat_to_renew(decision: Decision, person: Person, today: date) -> OfficeSeat:
    """The seat by which a person renews: of the first office that the definition names for the award."""
    if not hasattr(decision, "effect"):
        raise DecisionRefused("This decision is not in effect, so there is nothing to renew.")
    if person.pk == decision.enrollment.person_id:
        raise DecisionRefused("Nobody renews their own certificate. Ask someone who acts for the office.")
    office = offices_to_sign(decision.definition)[0]
    return seat_of(person, office, program_code=decision.enrollment.cohort.program.code, on=today)


def _earned(decision: Decision, viewed_until: str, today: date, at: datetime) -> tuple[RenewalCase, date]:
    found = renewal_cases([decision], true_on=today, known_at=at)
    if not found or found[0].renewable_until is None:
        why = _why_not(found[0]) if found else "The certificate does not end."
        raise NotEligible(f"{decision.enrollment.person.name} cannot be renewed now. {why}".strip())
    until = found[0].renewable_until
    if until.isoformat() != viewed_until:
        raise AuditChanged("What was met has changed since you looked at it. Look at it again, then renew.")
    return found[0], until


def _why_not(case: RenewalCase) -> str:
    """Why an award cannot be renewed as things are."""
    renewal = case.standing.renewal
    if renewal is None:
        return "The program rules ask for no renewal."
    if case.over:
        limit = (renewal.reinstate_until or renewal.grace_until) - timedelta(days=1)
        return f"It lapsed, and could be settled until {limit:%B %-d, %Y}. A new certificate needs a new certification."
    if case.word == "renewed":
        return f"It is renewed until {case.last_day:%B %-d, %Y} already."
    if renewal.standing == "current":
        return f"Cycle {renewal.number} may be renewed from {renewal.opens_on:%B %-d, %Y}."
    if renewal.standing == "not-asked":
        return "The program rules ask this person for no renewal."
    return " ".join(f"{result.title}: {result.sentence}" for result in case.left)
