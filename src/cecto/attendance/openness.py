"""What every action on a session's attendance checks first, and the refusals they share."""

from __future__ import annotations

from datetime import datetime

from cecto.attendance.queries.reconciliation import standing_settlement
from cecto.classes.models import Meeting
from cecto.classes.schedule import queries as schedule
from cecto.classes.schedule.queries import Session, local_day


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
        raise SettledAlready(f"“{session.revision.title}” is settled. Reopen it, with a reason, to change attendance.")
    return session


def held_session(meeting: Meeting, *, at: datetime) -> Session:
    """The session, locked for this transaction. Raises NotHeld when it is canceled or of a later day."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    session = schedule.session(meeting, known_at=at)
    if session.canceled:
        raise NotHeld(f"“{session.revision.title}” was canceled: there is no attendance to record.")
    if local_day(at, session.zone) < session.day:
        raise NotHeld(f"“{session.revision.title}” is on {session.day}: record attendance from that day on.")
    return session
