"""Papers that prove exceptions of somebody who asked to be erased."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cecto.audits.models import ExceptionGrant
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person


@transaction.atomic
def erase_papers(*, person: Person, by: Actor, at: datetime) -> None:
    """Forget the names of papers; their hashes stay, since audits tell proofs apart by them, and so do the reasons."""
    ExceptionGrant.objects.filter(enrollment__person=person).update(evidence_name="")
    record("audits.erase-papers", by=by, at=at, subject=("person", person.key))
