"""A participant's word on whether their employer is told what they attended: dated, and theirs to take back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cecto.classes.models import Cohort, Enrollment
from cecto.credentials.letters.consents import agreed_in
from cecto.credentials.letters.paper import Written, papers_pdf
from cecto.credentials.letters.told import MADE
from cecto.credentials.models import EmployerConsent
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.foundation.journal.models import JournalEntry


class NotTheirs(ValueError):
    """Somebody else would answer for a participant."""


@transaction.atomic
def let_employer_know(*, enrollment: Enrollment, agreed: bool, by: Actor, at: datetime) -> None:
    """Note that a participant lets their employer be told of their attendance in a class, or no longer does.

    It holds at once; saying the same again changes nothing. Raises NotTheirs unless the participant says it.
    """
    if by.person_id != enrollment.person_id:
        raise NotTheirs("Only the participant can say whether their employer is told.")
    if agreed_in([enrollment]) == ({enrollment.pk} if agreed else set()):
        return
    EmployerConsent.objects.create(enrollment=enrollment, agreed=agreed, recorded_at=at, recorded_by=by.key)
    record(
        "credentials.let-employer-know",
        by=by,
        at=at,
        subject=("enrollment", enrollment.key),
        class_key=enrollment.cohort.key,
        agreed=agreed,
    )


@transaction.atomic
def make_papers(
    papers: Sequence[Written], *, cohort: Cohort, issuer: str, known_at: datetime, by: Actor, at: datetime
) -> bytes:
    """Set letters or statements of a class as one PDF, and note by its number what each told; the same is noted once.

    Raises CannotPrint, and then nothing is noted.
    """
    pdf = papers_pdf(papers, issuer=issuer, at=known_at)
    for paper in papers:
        _note(paper, cohort, by=by, at=at)
    return pdf


def _note(paper: Written, cohort: Cohort, *, by: Actor, at: datetime) -> None:
    told = [list(pair) for pair in paper.told]
    noted = JournalEntry.objects.filter(subject_kind="paper", subject_key=paper.number, action=MADE)
    if any(row.detail["told"] == told for row in noted):
        return
    record(
        MADE,
        by=by,
        at=at,
        subject=("paper", paper.number),
        class_key=cohort.key,
        title=paper.title,
        true_on=paper.recorded_on.isoformat(),
        told=told,
        period=[day.isoformat() for day in paper.period or ()],
    )
