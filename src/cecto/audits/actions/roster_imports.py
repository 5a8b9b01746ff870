"""Taking back a whole roster import."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cecto.audits.actions.mistaken import take_back_enrollments
from cecto.audits.roster_imports import IMPORTED, UNDONE, number_of
from cecto.classes.models import Enrollment
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.foundation.journal.models import JournalEntry


class NoSuchImport(LookupError):
    """No roster was imported under that key, or it was taken back."""


@transaction.atomic
def undo_roster_import(*, key: str, reason: str, by: Actor, at: datetime) -> int:
    """Take back every enrollment that an import made and that still is there; return how many. All or none.

    The people stay known, and the file is kept. Raises NoSuchImport, and NotMistaken when something was built on one.
    """
    row = JournalEntry.objects.filter(action=IMPORTED, pk=number_of(key)).first()
    if row is None:
        raise NoSuchImport(f"There is no import “{key}”. See them with: cecto import list --class CLASS")
    if JournalEntry.objects.filter(action=UNDONE, subject_key=key).exists():
        raise NoSuchImport(f"The import “{key}” was taken back before.")
    found = Enrollment.objects.filter(cohort__key=row.class_key, recorded_at=row.at)
    rows = found.select_related("person", "track", "cohort")
    taken = take_back_enrollments(enrollments=rows, mistaken="import", by=by, at=at)
    record(UNDONE, by=by, at=at, subject=("import", key), class_key=row.class_key, why=reason.strip(), enrolled=taken)
    return taken
