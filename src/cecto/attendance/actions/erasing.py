"""What attendance keeps in words of somebody who asked to be erased; minutes are kept by their key and stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cecto.attendance.models import Alias, Match, Notice, NoticeAnswer, ReportRow
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people import names
from cecto.people.models import Person


@transaction.atomic
def erase_attendance(*, person: Person, by: Actor, at: datetime) -> None:
    """Erase their name from reports that were read, what is remembered of it, and what was said in notices."""
    stand_in = f"{names.ERASED} ({person.key[:8]})"
    for match in Match.objects.filter(person=person):
        same = {"report": match.report_id, "name": match.name, "email": match.email}
        ReportRow.objects.filter(**same).update(name=stand_in, original_name="", email="")
        Match.objects.filter(**same).update(name=stand_in, email="")
    Alias.objects.filter(person=person).delete()
    NoticeAnswer.objects.filter(notice__person=person).update(reason=names.ERASED)
    Notice.objects.filter(person=person).update(text=names.ERASED, document_name="")
    record("attendance.erase-attendance", by=by, at=at, subject=("person", person.key))
