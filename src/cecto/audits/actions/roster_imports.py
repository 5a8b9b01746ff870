"""Roster imports as whole acts: which there were, and taking one back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cecto.audits.actions.mistaken import take_back_enrollments
from cecto.classes.models import Cohort, Enrollment
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.foundation.journal.models import JournalEntry

IMPORTED, UNDONE, PREFIX = "classes.import-roster", "audits.undo-roster-import", "roster-"


class NoSuchImport(LookupError):
    """No roster was imported under that key, or it was taken back."""


@dataclass(frozen=True, slots=True)
class RosterImport:
    """A roster that was imported: its key, when, the file by SHA-256, how many it enrolled, and why it was undone."""

    key: str
    at: datetime
    class_key: str
    sha256: str
    enrolled: int
    undone: bool
    why: str


def roster_imports(cohort: Cohort) -> list[RosterImport]:
    """The rosters imported for a class, the first first. Two queries."""
    rows = JournalEntry.objects.filter(class_key=cohort.key)
    undone = {row.subject_key: row.detail["why"] for row in rows.filter(action=UNDONE)}
    return [_of(row, undone) for row in rows.filter(action=IMPORTED)]


@transaction.atomic
def undo_roster_import(*, key: str, reason: str, by: Actor, at: datetime) -> int:
    """Take back every enrollment that an import made and that still is there; return how many. All or none.

    The people stay known, and the file is kept. Raises NoSuchImport, and NotMistaken when something was built on one.
    """
    row = JournalEntry.objects.filter(action=IMPORTED, pk=_number(key)).first()
    if row is None:
        raise NoSuchImport(f"There is no import “{key}”. See them with: cecto import list --class CLASS")
    if JournalEntry.objects.filter(action=UNDONE, subject_key=key).exists():
        raise NoSuchImport(f"The import “{key}” was taken back before.")
    found = Enrollment.objects.filter(cohort__key=row.class_key, recorded_at=row.at)
    rows = found.select_related("person", "track", "cohort")
    taken = take_back_enrollments(enrollments=rows, mistaken="import", by=by, at=at)
    record(UNDONE, by=by, at=at, subject=("import", key), class_key=row.class_key, why=reason.strip(), enrolled=taken)
    return taken


def _of(row: JournalEntry, undone: dict[str, str]) -> RosterImport:
    key = f"{PREFIX}{row.pk}"
    sha256, enrolled = str(row.detail.get("sha256", "")), int(row.detail.get("enrolled", 0))
    return RosterImport(key, row.at, row.class_key, sha256, enrolled, key in undone, undone.get(key, ""))


def _number(key: str) -> int:
    number = key.removeprefix(PREFIX)
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
