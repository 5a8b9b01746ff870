"""Check-in by phone: opening it at a session, checking in and out, and confirming an arrival."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from cecto.attendance.actions.marks import Marking, record_marks
from cecto.attendance.models import CheckIn, Desk, Mark
from cecto.attendance.openness import AttendanceRefused, open_session
from cecto.attendance.queries.sessions import is_attendee
from cecto.attendance.scans import SIGN_IN_WITHIN, Scan
from cecto.classes.models import Meeting
from cecto.classes.schedule.queries import Session
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person

EARLIEST = timedelta(hours=2)


class CheckInRefused(AttendanceRefused):
    """A check-in that cannot be; the message says why and what to do."""


@transaction.atomic
def open_desk(*, meeting: Meeting, by: Actor, at: datetime) -> Desk:
    """Let people check in by phone at a session, or go on letting them. Raises SettledAlready, NotHeld."""
    open_session(meeting, at=at)
    desk, created = Desk.objects.get_or_create(meeting=meeting, defaults={"opened_at": at, "opened_by": by.key})
    if created or Desk.objects.filter(pk=desk.pk, closed_at__isnull=False).update(closed_at=None):
        desk.closed_at = None
        _journal("attendance.open-desk", meeting, by=by, at=at)
    return desk


@transaction.atomic
def close_desk(*, desk: Desk, by: Actor, at: datetime) -> Desk:
    """Let nobody check in any more. Closing it again changes nothing."""
    if Desk.objects.filter(pk=desk.pk, closed_at=None).update(closed_at=at):
        desk.closed_at = at
        _journal("attendance.close-desk", desk.meeting, by=by, at=at)
    return desk


@transaction.atomic
def check_in(*, scan: Scan, meeting: Meeting, person: Person, kind: CheckIn.Kind, by: Actor, at: datetime) -> CheckIn:
    """Check a person in or out at the time of their scan. The same scan again changes nothing.

    Raises SettledAlready, NotHeld, and CheckInRefused when the desk is closed, the scan is old, the person is not of
    the session's classes, or checks out without being in.
    """
    session = open_session(meeting, at=at)
    before = CheckIn.objects.filter(meeting=meeting, token=scan.token).first()
    if before:
        return before
    _check(session, scan, person, at=at)
    mine = list(CheckIn.objects.filter(meeting=meeting, person=person))
    if (mine[-1].kind if mine else CheckIn.Kind.OUT) == kind:
        raise CheckInRefused("You are checked in already." if mine else "You are not checked in yet.")
    made = CheckIn.objects.create(
        meeting=meeting,
        person=person,
        kind=kind,
        at=scan.at,
        received_at=at,
        token=scan.token,
        device=scan.device,
    )
    _journal("attendance.check-in", meeting, by=by, at=at, person=person.key, kind=str(kind))
    return made


@transaction.atomic
def confirm_arrival(*, meeting: Meeting, person: Person, by: Actor, at: datetime) -> list[Mark]:
    """Confirm by eye that a person came when their phone says so: a mark from their first check-in on.

    Raises SettledAlready, NotHeld, and CheckInRefused for someone who has not checked in.
    """
    session = open_session(meeting, at=at)
    first = CheckIn.objects.filter(meeting=meeting, person=person, kind=CheckIn.Kind.IN).first()
    if first is None:
        raise CheckInRefused(f"{person.name} has not checked in. Mark them on the roster instead.")
    late = first.at > session.revision.starts_at
    state = Mark.State.PARTLY if late else Mark.State.PRESENT
    marking = Marking(person.pk, state, first.at if late else None)
    return record_marks(meeting=meeting, markings=[marking], by=by, at=at)


def _check(session: Session, scan: Scan, person: Person, *, at: datetime) -> None:
    desk = Desk.objects.filter(meeting=session.meeting, closed_at=None).first()
    if desk is None or scan.meeting_key != session.key:
        raise CheckInRefused("Check-in by phone is not open at this session. Ask the instructor to mark you.")
    if at > scan.at + SIGN_IN_WITHIN:
        raise CheckInRefused("This scan is older than 15 minutes. Scan the code on the screen again.")
    if not session.revision.starts_at - EARLIEST <= scan.at < session.revision.ends_at:
        raise CheckInRefused("Check-in is possible from two hours before the session until it ends.")
    if not is_attendee(session, person):
        raise CheckInRefused("You are not of the classes of this session. Ask the instructor.")


def _journal(action: str, meeting: Meeting, *, by: Actor, at: datetime, **detail: str) -> None:
    record(action, by=by, at=at, subject=("session", meeting.key), class_key=meeting.owner.key, **detail)
