"""Check-in by phone: opening it at a session, checking in and out, and confirming an arrival."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from cecto.attendance.actions.marks import record_marks
from cecto.attendance.markings import Marking
from cecto.attendance.models import CheckIn, Desk, Mark
from cecto.attendance.openness import (
    AttendanceRefused,
    SettledAlready,
    check_held,
    keep_while_writing,
    open_session,
    settled_already,
)
from cecto.attendance.queries.visits import Visit, check_ins_beside, takes_check_ins
from cecto.attendance.scans import SIGN_IN_WITHIN, Scan
from cecto.classes.models import Meeting
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
def check_in(*, scan: Scan, visit: Visit, kind: CheckIn.Kind, by: Actor, at: datetime) -> CheckIn:
    """Check a person in or out at the time of their scan. The same scan again changes nothing.

    `visit` is read beforehand, so that a class that checks in at once waits for each other as little as can be.
    Raises SettledAlready, NotHeld, and CheckInRefused when the desk is closed, the scan is old or was used by another,
    the person is not of the session's classes, or checks out without being in.
    """
    keep_while_writing(visit)
    settled, desk_open = takes_check_ins(visit)
    if settled:
        raise SettledAlready(settled_already(visit.title))
    beside = check_ins_beside(visit, scan.token)
    before = next((one for one in beside if one.token == scan.token), None)
    if before:
        return _own(before, visit.person)
    _check(visit, scan, desk_open=desk_open, at=at)
    if (beside[-1].kind if beside else CheckIn.Kind.OUT) == kind:
        raise CheckInRefused(
            "You are checked in already." if kind == CheckIn.Kind.IN else "You are not checked in yet."
        )
    made = CheckIn.objects.create(
        meeting_id=visit.meeting_id,
        person=visit.person,
        kind=kind,
        at=scan.at,
        received_at=at,
        token=scan.token,
        device=scan.device,
    )
    subject = ("session", visit.key)
    detail = {"person": visit.person.key, "kind": str(kind)}
    record("attendance.check-in", by=by, at=at, subject=subject, class_key=visit.class_key, **detail)
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


def _check(visit: Visit, scan: Scan, *, desk_open: bool, at: datetime) -> None:
    check_held(title=visit.title, day=visit.day, zone=visit.zone, canceled=visit.canceled, at=at)
    if not desk_open:
        raise CheckInRefused("Check-in by phone is not open at this session. Ask the instructor to mark you.")
    if scan.meeting_key != visit.key:
        raise CheckInRefused("This code is of another session. Scan the code on the screen of the room.")
    if at > scan.at + SIGN_IN_WITHIN:
        raise CheckInRefused("This scan is older than 15 minutes. Scan the code on the screen again.")
    if not visit.starts_at - EARLIEST <= scan.at < visit.ends_at:
        raise CheckInRefused("Check-in is possible from two hours before the session until it ends.")
    if not visit.is_attendee:
        raise CheckInRefused("You are not of the classes of this session. Ask the instructor.")


def _own(made: CheckIn, person: Person) -> CheckIn:
    if made.person_id != person.pk:
        raise CheckInRefused("Someone else has used this scan. Scan the code on the screen again.")
    return made


def _journal(action: str, meeting: Meeting, *, by: Actor, at: datetime, **detail: str) -> None:
    record(action, by=by, at=at, subject=("session", meeting.key), class_key=meeting.owner.key, **detail)
