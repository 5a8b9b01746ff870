"""Decisions in effect and their credentials, in the database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from cecto.certification.models import Decision, Effect, Signature
from cecto.classes.actions import begin_class
from cecto.classes.models import Cohort
from cecto.credentials import actions
from cecto.credentials.models import CredentialVersion, Revocation
from cecto.credentials.signing import IssuerKey, open_issuer_key
from cecto.foundation.journal.actor import Actor
from cecto.people.actions import correct_name
from cecto.programs.actions import publish_definition
from tests.classes import made
from tests.programs.texts import definition_text, draft

BY = Actor.command("test")
AT = datetime(2016, 6, 15, 20, tzinfo=UTC)
LATER = datetime(2016, 9, 1, 12, tzinfo=UTC)
PASSPHRASE = "correct horse battery staple"
ADDRESS = "https://cecto.example.org"


def key() -> IssuerKey:
    """The issuer and its first key, made when there is none yet."""
    actions.establish_issuer(address=ADDRESS, name="N.C. CeCTO program", demo=False, by=BY, at=AT)
    actions.create_key(passphrase=PASSPHRASE, by=BY, at=AT)
    return open_issuer_key(PASSPHRASE)


def audit(minutes: int = 14_535) -> dict[str, Any]:
    """A snapshot with one hours requirement."""
    hours = {
        "id": "hours",
        "title": "Hours",
        "measure": "hours",
        "status": "met",
        "value": minutes,
        "target": 14_400,
        "children": [],
    }
    return {"status": "met", "result": {"id": "all", "measure": "all", "value": 1, "children": [hours]}}


def limited_class(valid: str = "3y") -> Cohort:
    """A class whose award is valid for so long."""
    text = definition_text(valid=valid)
    definition = publish_definition(draft=draft(text), by=BY, at=made.AT)
    return begin_class(
        program=definition.program,
        code="cecto-2016",
        name="cecto Class of 2016",
        first_day=made.FIRST,
        last_day=made.LAST,
        tracks=[("Directors", definition)],
        by=BY,
        at=made.AT,
    )


def decision(name: str = "Zoë Núñez-O’Brien", *, in_effect: bool = True) -> Decision:
    """A decision on someone in the class of 2016, signed by two officers."""
    cohort = Cohort.objects.first() or made.cohort()
    enrollment = made.enrolled(made.person(name), cohort)
    found = Decision.objects.create(
        enrollment=enrollment,
        definition=enrollment.track.definition,
        offices=["program-director", "dpi-liaison"],
        true_on=date(2016, 6, 15),
        known_at=AT,
        audit=audit(),
        audit_sha256="0" * 64,
        proposed_by="test",
        proposed_at=AT,
    )
    for office, officer in [("program-director", "Eleanor Vance"), ("dpi-liaison", "Thomas Okonkwo")]:
        Signature.objects.create(decision=found, office=office, person=made.person(officer), signed_at=AT)
    return take_effect(found) if in_effect else found


def signed_ahead(name: str = "Zoë Núñez-O’Brien") -> Decision:
    """A decision signed by all that waits for graduation day, June 15, 2016."""
    found = decision(name, in_effect=False)
    cohort = found.enrollment.cohort
    known = cohort.meetings.filter(code="graduation").first()
    found.ahead_of = known or made.meeting(cohort, "graduation", made.plan(date(2016, 6, 15), "Graduation"))
    found.save(update_fields=["ahead_of"])
    return found


def take_effect(found: Decision, on: date = date(2016, 6, 15)) -> Decision:
    """Put that decision into effect on a day."""
    Effect.objects.create(
        decision=found, effective_on=on, known_at=AT, audit=audit(), audit_sha256="0" * 64, recorded_at=AT
    )
    return Decision.objects.get(pk=found.pk)


def revoke(
    *, version: CredentialVersion, reason: str, key: IssuerKey, by: Actor, at: datetime, wording: str = ""
) -> Revocation:
    """Revoke a version, by the first and the last officer who signed for it: one alone where one signs."""
    signers = [one.person for one in version.credential.decision.signatures.order_by("id")]
    first, second = signers[0], signers[-1]
    proposal = actions.propose_revocation(version=version, reason=reason, wording=wording, person=first, by=by, at=at)
    return actions.confirm_revocation(proposal=proposal, person=second, key=key, by=by, at=at)


def corrected(
    version: CredentialVersion, *, by_key: IssuerKey | None = None, at: datetime = LATER
) -> CredentialVersion:
    """The next version of that credential, after the name of an officer who signed it was corrected."""
    officer = version.credential.decision.signatures.order_by("id")[0].person
    correct_name(person=officer, name=f"{officer.name} II", by=BY, at=at)
    return actions.correct(credential=version.credential, key=by_key or open_issuer_key(PASSPHRASE), by=BY, at=at)


def issued(name: str = "Zoë Núñez-O’Brien", *, by_key: IssuerKey | None = None) -> CredentialVersion:
    """That person's credential."""
    return actions.issue(decision=decision(name), key=by_key or key(), by=BY, at=AT)
