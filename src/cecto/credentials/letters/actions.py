"""A participant's word on whether their employer is told what they attended: dated, and theirs to take back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cecto.classes.models import Enrollment
from cecto.credentials.letters.consents import agreed_in
from cecto.credentials.models import EmployerConsent
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor


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
