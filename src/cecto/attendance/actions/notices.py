"""Absences that are told, appeals against what was settled, and the answers to both."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from cecto.attendance.models import Notice, NoticeAnswer
from cecto.attendance.openness import AttendanceRefused
from cecto.attendance.queries.reconciliation import standing_settlement
from cecto.attendance.queries.sessions import attendees
from cecto.classes.models import Meeting
from cecto.classes.schedule import queries as schedule
from cecto.classes.schedule.queries import Session, local_day
from cecto.foundation import evidence
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person

APPEAL_WITHIN = timedelta(days=14)
LARGEST_DOCUMENT_BYTES = 10_000_000
OUTCOMES = {
    Notice.Kind.ABSENCE: (
        NoticeAnswer.Outcome.EXCUSED,
        NoticeAnswer.Outcome.DISPENSED,
        NoticeAnswer.Outcome.NOT_EXCUSED,
    ),
    Notice.Kind.APPEAL: (NoticeAnswer.Outcome.CORRECTED, NoticeAnswer.Outcome.UPHELD),
}


class NoticeRefused(AttendanceRefused):
    """A notice or an answer that cannot be; the message says why and what to do."""


@transaction.atomic
def announce_absence(
    *,
    meeting: Meeting,
    person: Person,
    text: str,
    document: bytes = b"",
    document_name: str = "",
    by: Actor,
    at: datetime,
) -> Notice:
    """Tell that a person will not be, or was not, at a session, with a document where there is one.

    People tell their own absence until the day of the session is over; those who run the class may do it later.
    Raises NoticeRefused.
    """
    session = _session_of(meeting, person, text, at=at)
    if by.person_id == person.pk and local_day(at, session.zone) > session.day:
        raise NoticeRefused("The session is over. Ask the coordinator to record the absence.")
    if len(document) > LARGEST_DOCUMENT_BYTES:
        raise NoticeRefused(
            f"The document is larger than {LARGEST_DOCUMENT_BYTES // 1_000_000} MB. Send a smaller one."
        )
    sha256 = evidence.store(document) if document else ""
    notice = Notice(
        meeting=meeting,
        person=person,
        kind=Notice.Kind.ABSENCE,
        text=text.strip()[:1000],
        document_sha256=sha256,
        document_name=document_name[:300] if document else "",
    )
    return _make(notice, "attendance.announce-absence", by=by, at=at)


@transaction.atomic
def appeal_attendance(*, meeting: Meeting, person: Person, text: str, by: Actor, at: datetime) -> Notice:
    """Ask for a settled mark to be looked at again, within 14 days of the settlement. Raises NoticeRefused."""
    session = _session_of(meeting, person, text, at=at)
    settlement = standing_settlement(session)
    if settlement is None:
        raise NoticeRefused("The session is not settled yet: its minutes can still change. Wait until it is.")
    if at > settlement.settled_at + APPEAL_WITHIN:
        raise NoticeRefused("The time to appeal, 14 days from the settlement, is over. Write to the coordinator.")
    notice = Notice(meeting=meeting, person=person, kind=Notice.Kind.APPEAL, text=text.strip()[:1000])
    return _make(notice, "attendance.appeal", by=by, at=at)


@transaction.atomic
def answer_notice(
    *, notice: Notice, outcome: NoticeAnswer.Outcome, reason: str, by: Actor, at: datetime
) -> NoticeAnswer:
    """Answer a notice with a reason; a later answer counts instead of an earlier one.

    Raises NoticeRefused without a reason or for an outcome that is not one of the notice's kind.
    """
    if not reason.strip():
        raise NoticeRefused("Say why: the answer is shown to the person and stays with the record.")
    if outcome not in OUTCOMES[Notice.Kind(notice.kind)]:
        raise NoticeRefused(f"“{outcome.label}” is no answer to an {notice.get_kind_display().lower()}.")
    answer = NoticeAnswer.objects.create(
        notice=notice, outcome=outcome, reason=reason.strip()[:300], answered_at=at, answered_by=by.key
    )
    _journal("attendance.answer-notice", notice, by=by, at=at, outcome=str(outcome))
    return answer


def _session_of(meeting: Meeting, person: Person, text: str, *, at: datetime) -> Session:
    session = schedule.session(meeting, known_at=at)
    if not text.strip():
        raise NoticeRefused("Say in a sentence what it is about.")
    if person.pk not in {attendee.person.pk for attendee in attendees(session)}:
        raise NoticeRefused("This person is not of the session's classes.")
    return session


def _make(notice: Notice, action: str, *, by: Actor, at: datetime) -> Notice:
    notice.made_at, notice.made_by = at, by.key
    notice.save()
    _journal(action, notice, by=by, at=at)
    return notice


def _journal(action: str, notice: Notice, *, by: Actor, at: datetime, **detail: str) -> None:
    subject, class_key = ("session", notice.meeting.key), notice.meeting.owner.key
    record(action, by=by, at=at, subject=subject, class_key=class_key, person=notice.person.key, **detail)
