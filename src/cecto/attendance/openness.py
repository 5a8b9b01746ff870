"""What every action on a session's attendance checks first, and the refusals they share."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from cecto.attendance.queries.reconciliation import standing_settlement
from cecto.attendance.queries.visits import Visit
from cecto.classes.models import Meeting
from cecto.classes.schedule import queries as schedule
from cecto.classes.schedule.queries import Session, local_day

_SHARED = """
SELECT 1 FROM classes_meeting AS session, people_person AS person WHERE session.id = %s AND person.id = %s
FOR KEY SHARE OF session FOR NO KEY UPDATE OF person
"""


class AttendanceRefused(Exception):
    """Something about a session's attendance that cannot be; the message says why and what to do."""


class SettledAlready(AttendanceRefused):
    """The session is settled; it must be reopened before its attendance can change."""


class NotHeld(AttendanceRefused):
    """The session is canceled or its day has not come."""


def open_session(meeting: Meeting, *, at: datetime) -> Session:
    """The session, locked for this transaction. Raises SettledAlready and NotHeld."""
    session = held_session(meeting, at=at)
    if standing_settlement(session):
        raise SettledAlready(settled_already(session.revision.title))
    return session


def held_session(meeting: Meeting, *, at: datetime) -> Session:
    """The session, locked for this transaction. Raises NotHeld when it is canceled or of a later day."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    session = schedule.session(meeting, known_at=at)
    check_held(title=session.revision.title, day=session.day, zone=session.zone, canceled=session.canceled, at=at)
    return session


def check_held(*, title: str, day: date, zone: str, canceled: bool, at: datetime) -> None:
    """Raise NotHeld when a session is canceled or its day, in its time zone, has not come."""
    if canceled:
        raise NotHeld(f"“{title}” was canceled: there is no attendance to record.")
    if local_day(at, zone) < day:
        raise NotHeld(f"“{title}” is on {day}: record attendance from that day on.")


def settled_already(title: str) -> str:
    """What to say of a session that is settled."""
    return f"“{title}” is settled. Reopen it, with a reason, to change attendance."


def keep_while_writing(visit: Visit) -> None:
    """Nobody settles the session, and the person does nothing else, until this transaction ends.

    Others may check in at the same time: PostgreSQL shares the lock that `held_session` wants for itself alone. On
    SQLite there is one writer as it is.
    """
    if connection.features.has_select_for_update:
        with connection.cursor() as cursor:
            cursor.execute(_SHARED, [visit.meeting_id, visit.person.pk])
