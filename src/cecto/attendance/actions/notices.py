"""Absences that are told, appeals against what was settled, and the answers to both."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from django.db import transaction

from cecto.attendance.models import Notice, NoticeAnswer
from cecto.attendance.openness import AttendanceRefused
from cecto.attendance.queries.makeups import makeup_offer
from cecto.attendance.queries.reconciliation import standing_settlement
from cecto.attendance.queries.sessions import is_attendee
from cecto.classes.models import Meeting
from cecto.classes.schedule import queries as schedule
from cecto.classes.schedule.queries import Session, local_day
from cecto.coursework.credit.actions import MakeupKind, record_makeup
from cecto.coursework.refusals import WorkRefused
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
    Notice.Kind.MAKEUP: (NoticeAnswer.Outcome.ACCEPTED, NoticeAnswer.Outcome.DECLINED),
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
    notice = Notice(meeting=meeting, person=person, kind=Notice.Kind.ABSENCE, text=text.strip()[:1000])
    _attach(notice, document, document_name)
    return _make(notice, "attendance.announce-absence", by=by, at=at)


@transaction.atomic
def claim_makeup(
    *,
    meeting: Meeting,
    person: Person,
    way: Notice.Way,
    text: str,
    document: bytes = b"",
    document_name: str = "",
    by: Actor,
    at: datetime,
) -> Notice:
    """Say how a person made up what they missed of a settled session, with the work where it is a file.

    Raises NoticeRefused when nothing is left to make up, the program does not allow this way, or it is too late.
    """
    session = _session_of(meeting, person, text, at=at)
    offer = makeup_offer(session, person)
    if offer is None:
        raise NoticeRefused("There is nothing of this session to make up.")
    if way not in offer.ways:
        raise NoticeRefused(f"The program does not let a session be made up by: {way.label.lower()}.")
    if not offer.is_open(local_day(at, session.zone)):
        raise NoticeRefused(f"The last day to make up this session was {offer.last_day}. Ask the coordinator.")
    notice = Notice(meeting=meeting, person=person, kind=Notice.Kind.MAKEUP, way=way, text=text.strip()[:1000])
    _attach(notice, document, document_name)
    return _make(notice, "attendance.claim-makeup", by=by, at=at)


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
    *,
    notice: Notice,
    outcome: NoticeAnswer.Outcome,
    reason: str,
    minutes: int | None = None,
    by: Actor,
    at: datetime,
) -> NoticeAnswer:
    """Answer a notice with a reason; a later answer counts instead of an earlier one.

    Accepting a make-up posts its `minutes` to the ledger, on the day it was handed in. Raises NoticeRefused without a
    reason, for an outcome that is not one of the notice's kind, and for a make-up that was accepted before or has more
    minutes than were missed.
    """
    if not reason.strip():
        raise NoticeRefused("Say why: the answer is shown to the person and stays with the record.")
    if outcome not in OUTCOMES[Notice.Kind(notice.kind)]:
        raise NoticeRefused(f"“{outcome.label}” is no answer to this: it is of the kind {notice.get_kind_display()}.")
    accepted = NoticeAnswer.Outcome.ACCEPTED
    if notice.answers.filter(outcome=accepted).exists():
        raise NoticeRefused("This make-up was accepted. To change it, take its record back first.")
    if outcome == accepted:
        _credit(notice, minutes, by=by, at=at)
    answer = NoticeAnswer.objects.create(
        notice=notice,
        outcome=outcome,
        minutes=minutes if outcome == accepted else None,
        reason=reason.strip()[:300],
        answered_at=at,
        answered_by=by.key,
    )
    _journal("attendance.answer-notice", notice, by=by, at=at, outcome=str(outcome))
    return answer


def _credit(notice: Notice, minutes: int | None, *, by: Actor, at: datetime) -> None:
    if not minutes:
        raise NoticeRefused("Enter the time to credit.")
    on = local_day(notice.made_at, notice.meeting.owner.program.time_zone)
    kind = cast(MakeupKind, notice.way)
    try:
        record_makeup(person=notice.person, meeting=notice.meeting, minutes=minutes, kind=kind, on=on, by=by, at=at)
    except WorkRefused as refused:
        raise NoticeRefused(str(refused)) from refused


def _attach(notice: Notice, document: bytes, name: str) -> None:
    if len(document) > LARGEST_DOCUMENT_BYTES:
        limit = LARGEST_DOCUMENT_BYTES // 1_000_000
        raise NoticeRefused(f"The document is larger than {limit} MB. Send a smaller one.")
    if document:
        notice.document_sha256, notice.document_name = evidence.store(document), name[:300]


def _session_of(meeting: Meeting, person: Person, text: str, *, at: datetime) -> Session:
    session = schedule.session(meeting, known_at=at)
    if not text.strip():
        raise NoticeRefused("Say in a sentence what it is about.")
    if not is_attendee(session, person):
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
