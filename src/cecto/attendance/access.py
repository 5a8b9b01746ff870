"""Which sessions someone may mark or settle; others are told they do not exist (404)."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404

from cecto.attendance.queries.sessions import is_attendee
from cecto.attendance.queries.visits import Visit, visit_to
from cecto.classes.models import MeetingRevision
from cecto.classes.schedule.queries import Session, session_with_key
from cecto.people.models import Person
from cecto.people.viewer import Permission, Viewer


def session_to_settle(viewer: Viewer, key: str, *, at: datetime) -> Session:
    """The session, if the viewer runs the class that owns it; else Http404."""
    session = _session(key, at)
    if not _runs(viewer, session):
        raise Http404("There is no such session.")
    return session


def session_to_mark(viewer: Viewer, key: str, *, at: datetime) -> Session:
    """The session, if the viewer runs the class that owns it or teaches it; else Http404."""
    session = _session(key, at)
    if not may_mark(viewer, session):
        raise Http404("There is no such session.")
    return session


def session_of_participant(viewer: Viewer, key: str, *, at: datetime) -> tuple[Session, Person]:
    """The session and the viewer, if it is one of the viewer's classes; else Http404."""
    session = _session(key, at)
    person = viewer.person
    if person is None or not is_attendee(session, person):
        raise Http404("There is no such session.")
    return session, person


def visit_of_participant(viewer: Viewer, key: str, *, at: datetime) -> Visit:
    """The viewer at the session, if it is one of their classes; else Http404. One query."""
    try:
        visit = visit_to(key, viewer.someone, known_at=at)
    except MeetingRevision.DoesNotExist:
        raise Http404("There is no such session.") from None
    if not visit.is_attendee:
        raise Http404("There is no such session.")
    return visit


def may_mark(viewer: Viewer, session: Session) -> bool:
    """Whether the viewer may mark the roster: who runs the class that owns the session, and who teaches it."""
    return _runs(viewer, session) or viewer.person in session.instructors


def may_settle(viewer: Viewer, session: Session) -> bool:
    """Whether the viewer may do more than mark the roster."""
    return _runs(viewer, session)


def _runs(viewer: Viewer, session: Session) -> bool:
    return viewer.may(Permission.RUN_CLASS, session.meeting.owner.program.code)


def _session(key: str, at: datetime) -> Session:
    try:
        return session_with_key(key, known_at=at)
    except MeetingRevision.DoesNotExist:
        raise Http404("There is no such session.") from None
