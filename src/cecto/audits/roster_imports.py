"""The rosters imported for a class, as whole acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cecto.classes.models import Cohort
from cecto.foundation.journal.models import JournalEntry

IMPORTED, UNDONE, PREFIX = "classes.import-roster", "audits.undo-roster-import", "roster-"


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


def _of(row: JournalEntry, undone: dict[str, str]) -> RosterImport:
    key = f"{PREFIX}{row.pk}"
    sha256, enrolled = str(row.detail.get("sha256", "")), int(row.detail.get("enrolled", 0))
    return RosterImport(key, row.at, row.class_key, sha256, enrolled, key in undone, undone.get(key, ""))


def number_of(key: str) -> int:
    """The journal's number of the import with that key; 0 for a key that is none."""
    number = key.removeprefix(PREFIX)
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
