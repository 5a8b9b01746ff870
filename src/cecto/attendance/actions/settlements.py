"""Settling a session posts its minutes to the ledger; reopening takes them back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from cecto.attendance.models import Reopening, Settlement
from cecto.attendance.openness import AttendanceRefused, held_session
from cecto.attendance.queries.reconciliation import Reconciliation, reconcile
from cecto.attendance.queries.sent import waiting_of
from cecto.attendance.queries.sessions import RunsBackwards
from cecto.classes.models import Meeting, Modality
from cecto.classes.schedule.actions import close_schedule, open_schedule
from cecto.classes.schedule.queries import local_day
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.ledger import actions as ledger
from cecto.ledger.models import Entry
from cecto.ledger.queries import standing
from cecto.ledger.sessions import segment_activity


class NotReady(AttendanceRefused):
    """The session cannot be settled yet; the message says what is open and what to do."""


class ReopenRefused(AttendanceRefused):
    """The settlement cannot be reopened; the message says why."""


@transaction.atomic
def settle_meeting(
    *,
    meeting: Meeting,
    began: datetime | None = None,
    ended: datetime | None = None,
    shown: str = "",
    by: Actor,
    at: datetime,
) -> Settlement:
    """Post what everyone attended and was offered, per segment, zeros included, and close the session's schedule.

    Of one segment a person has one entry for each format they were there in, at least one; what these offer adds up to
    what the segment offered, and definitions judge them together.
    Settling again changes nothing. `began` and `ended` (UTC) say when it really ran; else as last settled or planned.
    `shown` is the mark of what somebody saw before they settled (`Reconciliation.shown`). Raises NotHeld, and NotReady
    while it is not over, nothing was seen, names, marks or taps wait, sources disagree unanswered, or something else
    would be posted than was shown.
    """
    session = held_session(meeting, at=at)
    try:
        found = reconcile(session, began=began, ended=ended)
    except RunsBackwards as refused:
        raise NotReady(str(refused)) from refused
    if shown and shown != found.shown:
        raise NotReady(_changed(found))
    if found.settlement:
        return found.settlement
    _check_ready(found, at=at)
    _check_nothing_waits(found)
    settlement = Settlement.objects.create(
        meeting=meeting,
        number=Settlement.objects.filter(meeting=meeting).count() + 1,
        starts_at=found.timetable.effective.start,
        ends_at=found.timetable.effective.end,
        settled_at=at,
        settled_by=by.key,
    )
    ledger.post(_facts(found), source=settlement.source, by=by, at=at)
    close_schedule(meeting=meeting, by=by, at=at)
    _journal("attendance.settle", settlement, by=by, at=at, people=len(found.people))
    return settlement


@transaction.atomic
def reopen_settlement(*, settlement: Settlement, reason: str, by: Actor, at: datetime) -> Reopening:
    """Take a settlement back, with a reason: its entries are reversed, its schedule may change, and it can be
    settled anew.

    Raises ReopenRefused without a reason or when it was reopened before.
    """
    Meeting.objects.select_for_update().get(pk=settlement.meeting_id)
    if not reason.strip():
        raise ReopenRefused("Say why the session is reopened: it stays with the record.")
    if Reopening.objects.filter(settlement=settlement).exists():
        raise ReopenRefused("This settlement was reopened before. Reload the page to see how the session stands.")
    reopening = Reopening.objects.create(
        settlement=settlement, reason=reason.strip()[:300], reopened_at=at, reopened_by=by.key
    )
    ledger.reverse(standing(settlement.source), reason=reopening.reason, by=by, at=at)
    open_schedule(meeting=settlement.meeting, by=by, at=at)
    _journal("attendance.reopen", settlement, by=by, at=at)
    return reopening


def _changed(found: Reconciliation) -> str:
    title = found.session.revision.title
    if found.settlement:
        return (
            f"Someone has finalized “{title}” in the meantime, with other minutes than your page showed. Look at them."
        )
    return f"Attendance of “{title}” has changed since your page was shown. Look at it again, then finalize it."


def _check_ready(found: Reconciliation, *, at: datetime) -> None:
    title = found.session.revision.title
    if at < found.timetable.effective.end:
        raise NotReady(f"“{title}” is not over yet. Settle it when it has ended, or say when it really ended.")
    if not found.observed:
        raise NotReady(f"Nothing was seen of “{title}”. Mark the roster or import a report first.")
    if found.unsure:
        raise NotReady(f"{found.unsure} names in the reports of “{title}” wait for an answer. Say who they are first.")
    if found.conflicts:
        names = ", ".join(row.attendee.person.name for row in found.conflicts)
        raise NotReady(f"Sources disagree about {names}. Say which is right, with a reason, first.")
    outdated = ", ".join(row.attendee.person.name for row in found.people if row.outdated)
    if outdated:
        raise NotReady(
            f"The parts of “{title}” have changed since minutes were set by hand for {outdated}. "
            "Set them again, or take them back, first."
        )


def _check_nothing_waits(found: Reconciliation) -> None:
    if found.waiting_taps:
        raise NotReady(
            f"Taps at a kiosk wait for a decision: {len(found.waiting_taps)}. "
            "Decide on the page “Review and finalize” first."
        )
    waits = waiting_of(found.session.meeting).count()
    if waits:
        raise NotReady(
            f"Marks from a device wait for a decision: {waits}. "
            f"Decide on the roster of “{found.session.revision.title}” first."
        )


def _facts(found: Reconciliation) -> list[ledger.Fact]:
    session = found.session
    planned = {s.code: segment_activity(session.meeting, session.links, s) for s in session.segments}
    activities = {(code, one): replace(told, modality=one) for code, told in planned.items() for one in Modality}
    days = {s.code: local_day(s.starts_at, session.zone) for s in session.segments}
    return [
        ledger.Fact(
            person_id=row.attendee.person.pk,
            activity=activities[segment.code, where],
            kind=Entry.Kind.ATTENDED,
            occurred_on=days[segment.code],
            attended=attended,
            offered=offered,
            reason=row.by_hand.reason if row.by_hand else "",
        )
        for row in found.people
        for segment in row.minutes
        for where, attended, offered in segment.shares
    ]


def _journal(action: str, settlement: Settlement, *, by: Actor, at: datetime, **detail: int) -> None:
    meeting = settlement.meeting
    subject = ("session", meeting.key)
    record(action, by=by, at=at, subject=subject, class_key=meeting.owner.key, number=settlement.number, **detail)
