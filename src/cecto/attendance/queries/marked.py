"""Whom someone marked as there."""

from __future__ import annotations

from cecto.attendance.markings import THERE
from cecto.attendance.models import Mark
from cecto.attendance.queries.reconciliation import standing_mark
from cecto.classes.models import Meeting


def marked_there(meeting: Meeting) -> set[int]:
    """The persons (row ids) whose mark on the roster stands and says that they were there. One query."""
    by_person: dict[int, list[Mark]] = {}
    for mark in Mark.objects.filter(meeting=meeting).order_by("id"):
        by_person.setdefault(mark.person_id, []).append(mark)
    standing = {person_id: standing_mark(marks) for person_id, marks in by_person.items()}
    return {person_id for person_id, mark in standing.items() if mark and mark.state in THERE}
