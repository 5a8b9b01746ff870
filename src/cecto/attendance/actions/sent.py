"""What waited on a device without a network: each of it is kept once, and nothing of it is dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cecto.attendance.actions.marks import record_marks
from cecto.attendance.markings import Marking, check, says_the_same
from cecto.attendance.models import Mark, Sent, SentAnswer
from cecto.attendance.openness import AttendanceRefused, open_session
from cecto.attendance.queries.sessions import attendees
from cecto.classes.models import Meeting
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor

MEANWHILE = "Someone else marked them meanwhile."


@dataclass(frozen=True, slots=True)
class Said:
    """One mark as a device says it: when by its own clock (`said_at`), and after which mark of that person (`seen`)."""

    key: str
    marking: Marking
    seen: int
    said_at: datetime

    @property
    def order(self) -> tuple[datetime, str]:
        """What a device said later counts; the key decides between two of one instant."""
        return self.said_at, self.key


@transaction.atomic
def take_marks(*, meeting: Meeting, said: Sequence[Said], device: str, by: Actor, at: datetime) -> list[Sent]:
    """Take marks that waited on a device, in any order and as often as they come; returns what became of each.

    The latest of a device counts for each person. It waits for a human when someone else marked that person otherwise
    since the device saw them, or when it cannot be: the session is settled or canceled, the times are odd.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    kept = {one.key: one for one in Sent.objects.filter(meeting=meeting, device=device, sent_by=by.key)}
    fresh = {one.key: one for one in said if one.key not in kept}
    if fresh:
        rows = _rows(meeting, fresh.values(), kept.values(), device, by=by, at=at)
        made = Sent.objects.bulk_create(rows)
        _count([row for row in made if row.outcome == Sent.Outcome.TAKEN], meeting, by=by, at=at)
        waiting = sum(row.outcome == Sent.Outcome.WAITS for row in made)
        _journal("attendance.take-sent", meeting, by=by, at=at, marks=len(made), waiting=waiting)
        kept |= {row.key: row for row in made}
    return [kept[one.key] for one in said]


@transaction.atomic
def answer_sent(*, sent: Sent, counts: bool, by: Actor, at: datetime) -> SentAnswer:
    """Decide about something sent that waits: it counts, or what stands is kept. The first answer holds.

    Raises SettledAlready, NotHeld and MarkRefused when it is to count and cannot.
    """
    Meeting.objects.select_for_update().get(pk=sent.meeting_id)
    before = SentAnswer.objects.filter(sent=sent).first()
    if before:
        return before
    answer = SentAnswer.objects.create(sent=sent, counts=counts, answered_at=at, answered_by=by.key)
    if counts:
        _count([sent], sent.meeting, by=by, at=at)
    _journal("attendance.answer-sent", sent.meeting, by=by, at=at, person=sent.person.key, counts=counts)
    return answer


def _rows(
    meeting: Meeting, fresh: Iterable[Said], kept: Iterable[Sent], device: str, *, by: Actor, at: datetime
) -> list[Sent]:
    """What becomes of each, the latest first: those before it are older, whether they came in this lot or another."""
    judge = _Judge(meeting, device, by=by, at=at)
    latest = {one.person_id: (one.said_at, one.key) for one in sorted(kept, key=lambda one: (one.said_at, one.key))}
    rows = []
    for one in sorted(fresh, key=lambda one: one.order, reverse=True):
        person_id, why = one.marking.person_id, ""
        if person_id in latest and latest[person_id] > one.order:
            outcome = Sent.Outcome.OLDER
        else:
            latest[person_id] = one.order
            why = judge.why_not(one)
            outcome = Sent.Outcome.WAITS if why else Sent.Outcome.TAKEN
        rows.append(_row(meeting, one, device, outcome, why, by=by, at=at))
    return rows


def _row(meeting: Meeting, one: Said, device: str, outcome: Sent.Outcome, why: str, *, by: Actor, at: datetime) -> Sent:
    marking = one.marking
    return Sent(
        meeting=meeting,
        person_id=marking.person_id,
        key=one.key,
        state=marking.state,
        came_at=marking.came_at,
        left_at=marking.left_at,
        modality=marking.modality,
        seen=one.seen,
        device=device,
        said_at=one.said_at,
        received_at=at,
        sent_by=by.key,
        outcome=outcome,
        why=why[:300],
    )


class _Judge:
    """Says why something sent cannot count without a human; asks the database once for the whole lot."""

    def __init__(self, meeting: Meeting, device: str, *, by: Actor, at: datetime) -> None:
        self.device, self.by = device, by
        self.marks: dict[int, list[Mark]] = {}
        for mark in Mark.objects.filter(meeting=meeting).select_related("sent").order_by("id"):
            self.marks.setdefault(mark.person_id, []).append(mark)
        try:
            self.session = open_session(meeting, at=at)
        except AttendanceRefused as refused:
            self.closed = str(refused)
        else:
            self.closed = ""
            self.people = {attendee.person.pk: attendee for attendee in attendees(self.session)}

    def why_not(self, one: Said) -> str:
        """The reason in words; empty when it counts."""
        if self.closed:
            return self.closed
        try:
            check(one.marking, self.session, self.people)
        except AttendanceRefused as refused:
            return str(refused)
        marks = self.marks.get(one.marking.person_id, [])
        changed = any(mark.pk > one.seen and self._is_of_another(mark) for mark in marks)
        return MEANWHILE if changed and not says_the_same(one.marking, marks) else ""

    def _is_of_another(self, mark: Mark) -> bool:
        if mark.state == Mark.State.MINUTES:
            return False
        return mark.sent is None or (mark.sent.device, mark.sent.sent_by) != (self.device, self.by.key)


def _count(sent: Sequence[Sent], meeting: Meeting, *, by: Actor, at: datetime) -> None:
    if sent:
        markings = [_marking(one) for one in sent]
        record_marks(meeting=meeting, markings=markings, by=by, at=at)


def _marking(sent: Sent) -> Marking:
    state = Mark.State(sent.state)
    return Marking(sent.person_id, state, sent.came_at, sent.left_at, modality=sent.modality, sent_id=sent.pk)


def _journal(action: str, meeting: Meeting, *, by: Actor, at: datetime, **detail: str | int) -> None:
    record(action, by=by, at=at, subject=("session", meeting.key), class_key=meeting.owner.key, **detail)
