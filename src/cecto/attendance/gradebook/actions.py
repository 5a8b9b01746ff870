"""Saying what a gradebook's columns and names are, and accepting the work that its scores show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from cecto.attendance.actions.remembered import remember_name
from cecto.attendance.gradebook.preview import SOURCE, Preview, preview_scores
from cecto.attendance.gradebook.reading import Column
from cecto.attendance.matching import Named, Roster
from cecto.attendance.models import ScoredColumn
from cecto.attendance.openness import AttendanceRefused
from cecto.attendance.queries.names import matching_of
from cecto.classes.importing.kinds import check_seen
from cecto.classes.models import Cohort
from cecto.coursework.actions import accept_work
from cecto.coursework.models import Item
from cecto.foundation import evidence
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person


class ScoresRefused(AttendanceRefused):
    """An answer about a gradebook that cannot be; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class ColumnAnswer:
    """What a column is: a piece of work, of which that percent of the points is enough; without one, not ours."""

    column: Column
    item: Item | None = None
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class StudentAnswer:
    """Who a student is; without a person, nobody of ours."""

    named: Named
    person: Person | None = None


@transaction.atomic
def remember_gradebook(
    *, cohort: Cohort, columns: Sequence[ColumnAnswer], students: Sequence[StudentAnswer], by: Actor, at: datetime
) -> None:
    """Remember for a class what the columns of its gradebook are and who its students are; the latest answer holds.

    Raises ScoresRefused for work and people that are not the class's, and for a percent that is none.
    """
    for column in columns:
        _remember_column(cohort, column, at=at)
    known = matching_of(cohort, (), SOURCE)
    for student in students:
        _remember_student(cohort, student, known, by=by, at=at)
    if columns or students:
        detail = {"columns": len(columns), "names": len(students)}
        record("gradebook.answer", by=by, at=at, subject=("class", cohort.key), class_key=cohort.key, **detail)


@transaction.atomic
def accept_scores(
    *, cohort: Cohort, content: bytes, file: str, on: date, seen: str = "", by: Actor, at: datetime
) -> Preview:
    """Accept the work that scores at or above their bar, as handed in on a day, and keep the file as evidence.

    Returns what was done. What waits is left; what was accepted, or taken back, before stays as it is: the same file
    again changes nothing. `seen` is the fingerprint of the preview that was accepted.
    Raises SheetRefused, PreviewChanged, and WorkRefused as accepting work does: then nothing is written.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    preview = preview_scores(content, file=file, cohort=cohort, on=on)
    check_seen(seen, preview)
    wanted = preview.to_accept()
    if wanted:
        kept = evidence.store(content)
        for item, people in wanted.items():
            accept_work(item=item, people=people, on=on, evidence_sha256=kept, by=by, at=at)
        detail = {"sha256": kept, "accepted": sum(map(len, wanted.values()))}
        record("gradebook.import", by=by, at=at, subject=("class", cohort.key), class_key=cohort.key, **detail)
    return preview


def _remember_column(cohort: Cohort, answer: ColumnAnswer, *, at: datetime) -> None:
    if answer.item and (answer.item.cohort_id != cohort.pk or not 1 <= (answer.percent or 0) <= 100):
        raise ScoresRefused(f"“{answer.column.title}”: choose work of this class, and from 1 to 100 percent.")
    ScoredColumn.objects.update_or_create(
        cohort=cohort,
        canvas_id=answer.column.id,
        defaults={
            "title": answer.column.title,
            "item_key": answer.item.key if answer.item else "",
            "percent": answer.percent if answer.item else None,
            "recorded_at": at,
        },
    )


def _remember_student(cohort: Cohort, answer: StudentAnswer, roster: Roster, *, by: Actor, at: datetime) -> None:
    person = answer.person
    if person and not cohort.enrollments.filter(person=person).exists():
        raise ScoresRefused(f"{person} is not of this class. Enroll them first.")
    person_id = person.pk if person else None
    remember_name(cohort=cohort, source=SOURCE, name=answer.named, person_id=person_id, roster=roster, by=by, at=at)
