"""The only write of the journal."""

from __future__ import annotations

from datetime import datetime

from cecto.foundation.journal.actor import Actor
from cecto.foundation.journal.models import JournalEntry


def record(
    action: str, *, by: Actor, at: datetime, subject: tuple[str, str], class_key: str = "", **detail: object
) -> None:
    """Write that `by` did `action` (like "attendance.settle") to `subject` (kind, key) at the instant `at`.

    Call it inside the transaction of the write itself. `detail` must be JSON and must not carry names or free text
    about people.
    """
    kind, key = subject
    JournalEntry.objects.create(
        at=at,
        actor_kind=by.kind,
        actor_key=by.key,
        action=action,
        subject_kind=kind,
        subject_key=key,
        class_key=class_key,
        detail=detail,
    )
