"""Taking back an enrollment that was a mistake: the wrong person, the wrong track, the wrong class."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from cecto.classes.models import Enrollment
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.ledger.models import Entry


class NotMistaken(Exception):
    """Something was built on the enrollment; the message says what, and what to do instead."""


# Words and not free text, since the journal keeps them when the person is erased.
MISTAKES = ("person", "track", "class", "import")


@transaction.atomic
def take_back_enrollments(*, enrollments: Iterable[Enrollment], mistaken: str, by: Actor, at: datetime) -> int:
    """Take enrollments off their class as if they had never been; return how many. All of them or none.

    The journal keeps that they were there, and what was `mistaken`: one of MISTAKES. Raises NotMistaken when somebody
    has attended, and when a decision, an exception or a change of rules stands on an enrollment.
    """
    if mistaken not in MISTAKES:
        raise NotMistaken(f"Say what was mistaken: {', '.join(MISTAKES)}.")
    found = list(enrollments)
    for enrollment in found:
        _take_back(enrollment, mistaken, by, at)
    return len(found)


def _take_back(enrollment: Enrollment, mistaken: str, by: Actor, at: datetime) -> None:
    person, cohort = enrollment.person, enrollment.cohort
    attended = _sessions_attended(enrollment)
    if attended:
        raise NotMistaken(
            f"{person} attended {attended} settled session{'s' if attended > 1 else ''} of {cohort}. If they leave, "
            "change the status instead; if the hours are somebody else’s, reopen the session first."
        )
    key, track = enrollment.key, enrollment.track.track
    try:
        enrollment.delete()
    except ProtectedError as error:
        raise NotMistaken(
            f"A decision, an exception or a change of rules stands on the enrollment of {person} in {cohort}. "
            "Change the status instead."
        ) from error
    subject, detail = ("enrollment", key), {"person": person.key, "track": track, "mistaken": mistaken}
    record("audits.take-back-enrollment", by=by, at=at, subject=subject, class_key=cohort.key, **detail)


def _sessions_attended(enrollment: Enrollment) -> int:
    """How many settled sessions of the class gave the person minutes that stand."""
    sessions = enrollment.cohort.meeting_links.values("meeting__key")
    stands = Entry.objects.filter(person=enrollment.person, kind=Entry.Kind.ATTENDED, attended__gt=0, reverses=None)
    found = stands.filter(reversed_by=None, activity__meeting_key__in=sessions)
    return found.values("activity__meeting_key").distinct().count()
