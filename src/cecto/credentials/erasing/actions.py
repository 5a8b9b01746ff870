"""Erasing a holder: one action over every feature that keeps something personal of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cecto.attendance.actions.erasing import erase_attendance
from cecto.audits.actions.erasing import erase_papers
from cecto.classes.actions import erase_enrollments
from cecto.credentials.erasing.queries import files_that_go, versions_of
from cecto.credentials.listing.actions import erase_listings
from cecto.credentials.models import Credential, Issuer, Paper, RecordedAward, Token, Transcript, WalletOffer
from cecto.credentials.recorded.actions import erase_award
from cecto.credentials.register import take_turn
from cecto.foundation.evidence.columns import files_about, release
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people.actions import erase_person
from cecto.people.models import Person


@transaction.atomic
def erase_holder(*, person: Person, by: Actor, at: datetime) -> None:
    """Let go of everything personal that is kept of somebody: `queries.preview_erasure` tells what, and what stays.

    Files are removed once the rest is committed. Raises people.actions.PeopleRefused for who holds a role or an office.
    """
    if Issuer.objects.exists():  # without one there is no register to keep in step
        take_turn()
    own, going = files_about(person), files_that_go(person)
    erase_person(person=person, by=by, at=at)
    erase_enrollments(person=person, by=by, at=at)
    erase_attendance(person=person, by=by, at=at)
    erase_papers(person=person, by=by, at=at)
    _take_off_the_registry(person, by, at)
    _empty_versions(person)
    record("credentials.erase-holder", by=by, at=at, subject=("person", person.key), letters=len(going))
    release(own)


def _take_off_the_registry(person: Person, by: Actor, at: datetime) -> None:
    for credential in Credential.objects.filter(decision__enrollment__person=person):
        erase_listings(credential=credential, by=by, at=at)
    for award in RecordedAward.objects.filter(person=person):
        erase_award(award=award, by=by, at=at)


def _empty_versions(person: Person) -> None:
    """Empty what names the holder; hash, code, dates, state and status index stay (the database lets no more go)."""
    for version in versions_of(person):
        version.document, version.holder_name = "", ""
        version.certificate = {**version.certificate, "holder": ""}
        version.save(update_fields=["document", "holder_name", "certificate"])
    of = {"version__credential__decision__enrollment__person": person}
    Transcript.objects.filter(**of).update(document="")
    Token.objects.filter(**of).update(text="")
    WalletOffer.objects.filter(**of).delete()
    for paper in Paper.objects.filter(decision__enrollment__person=person):
        paper.holder_name, paper.certificate = "", {**paper.certificate, "holder": ""}
        paper.save(update_fields=["holder_name", "certificate"])
