"""Awards that end: CoSN's, renewed every three years, awarded on June 15, 2016."""

from __future__ import annotations

from datetime import UTC, date, datetime

from cecto.certification.models import Decision, Signature
from cecto.classes.actions import begin_class
from cecto.classes.models import Cohort, Enrollment, Modality
from cecto.coursework.credit.actions import Study, recognize_study
from cecto.credentials import actions
from cecto.credentials.models import CredentialVersion
from cecto.credentials.signing import open_issuer_key
from cecto.people.actions import add_email, seat_officer
from cecto.people.models import Person
from cecto.programs.actions import publish_definition
from tests.classes import made as classes
from tests.credentials import made
from tests.credentials.made import AT, BY, PASSPHRASE
from tests.programs.texts import shipped_draft

OFFICER = "certification-officer"
IN_TIME = datetime(2018, 12, 3, 17, tzinfo=UTC)
ENDS, NEXT = date(2019, 6, 15), date(2022, 6, 15)


def cohort(name: str = "cosn-cetl-2023") -> Cohort:
    """A class whose award is renewed in cycles, of a shipped definition."""
    found = Cohort.objects.filter(code=name).first()
    if found:
        return found
    definition = publish_definition(draft=shipped_draft(name), by=BY, at=classes.AT)
    return begin_class(
        program=definition.program,
        code=name,
        name=name,
        first_day=classes.FIRST,
        last_day=classes.LAST,
        tracks=[(definition.title, definition)],
        by=BY,
        at=classes.AT,
    )


def awarded(name: str = "Consuelo Hardaway", of: str = "cosn-cetl-2023") -> CredentialVersion:
    """That person's certificate."""
    into = cohort(of)
    enrollment = classes.enrolled(classes.person(name), into, into.tracks.get().track)
    found = Decision.objects.create(
        enrollment=enrollment,
        definition=enrollment.track.definition,
        offices=[OFFICER],
        true_on=date(2016, 6, 15),
        known_at=AT,
        audit=made.audit(),
        audit_sha256="0" * 64,
        proposed_by="test",
        proposed_at=AT,
    )
    Signature.objects.create(decision=found, office=OFFICER, person=classes.person("Dana Reyes"), signed_at=AT)
    key = open_issuer_key(PASSPHRASE) if CredentialVersion.objects.exists() else made.key()
    return actions.issue(decision=made.take_effect(found), key=key, by=BY, at=AT)


def studied(version: CredentialVersion, hours: int = 60, on: date = date(2018, 3, 1), at: datetime = IN_TIME) -> None:
    """Hours of professional development of the holder."""
    enrollment: Enrollment = version.credential.decision.enrollment
    study = Study(f"Study of {on}", hours * 60, Modality.F2F, category="professional-development")
    recognize_study(cohort=enrollment.cohort, person=enrollment.person, study=study, on=on, by=BY, at=at)


def officer(office: str = OFFICER, program: str = "cetl") -> Person:
    """The holder of the office that decides, by the address dana@example.org."""
    found = classes.person("Dana Reyes-Whitfield")
    add_email(person=found, address="dana@example.org", by=BY, at=AT)
    seat_officer(person=found, office=office, program_code=program, start=classes.FIRST, by=BY, at=AT)
    return found
