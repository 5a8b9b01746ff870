"""What devices sent that waits for a human."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from cecto.attendance.models import Mark, Sent
from cecto.attendance.queries.history import names_of
from cecto.attendance.queries.reconciliation import said, standing_mark
from cecto.classes.models import Meeting


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something sent that waits, who sent it, the mark that stands instead and who made that."""

    sent: Sent
    sent_by: str
    standing: Mark | None
    standing_by: str

    @property
    def says(self) -> str:
        """What the device says."""
        return said(self.sent.state, self.sent.modality)

    @property
    def stands(self) -> str:
        """What counts now."""
        return said(self.standing.state, self.standing.modality) if self.standing else ""


def waiting_of(meeting: Meeting) -> QuerySet[Sent]:
    """What was sent of a session and waits: not answered, and nothing later of the same device of that person."""
    return waiting_in([meeting.pk])


def waiting_in(meeting_ids: Collection[int]) -> QuerySet[Sent]:
    """The same of several sessions, by their ids."""
    later = Sent.objects.filter(
        Q(said_at__gt=OuterRef("said_at")) | Q(said_at=OuterRef("said_at"), key__gt=OuterRef("key")),
        meeting=OuterRef("meeting"),
        person=OuterRef("person"),
        device=OuterRef("device"),
        sent_by=OuterRef("sent_by"),
    )
    waits = Sent.objects.filter(meeting__in=meeting_ids, outcome=Sent.Outcome.WAITS, answer=None)
    return waits.exclude(Exists(later)).order_by("person__sort_name", "id")


def waiting(meeting: Meeting) -> list[Waiting]:
    """The same, with what stands instead. Four queries at most."""
    found = list(waiting_of(meeting).select_related("person"))
    if not found:
        return []
    marks: dict[int, list[Mark]] = {}
    for mark in Mark.objects.filter(meeting=meeting, person__in=[one.person_id for one in found]).order_by("id"):
        marks.setdefault(mark.person_id, []).append(mark)
    standing = {person_id: standing_mark(theirs) for person_id, theirs in marks.items()}
    keys = {one.sent_by for one in found} | {mark.recorded_by for mark in standing.values() if mark}
    names = names_of(keys)
    return [_waiting(one, standing.get(one.person_id), names) for one in found]


def _waiting(sent: Sent, mark: Mark | None, names: dict[str, str]) -> Waiting:
    by = names.get(mark.recorded_by, mark.recorded_by) if mark else ""
    return Waiting(sent, names.get(sent.sent_by, sent.sent_by), mark, by)
