"""Letting a guest instructor mark one session."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from cecto.attendance.models import GuestLink
from cecto.attendance.openness import AttendanceRefused
from cecto.classes.models import Meeting
from cecto.classes.schedule import queries as schedule
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor

AFTER_THE_SESSION = timedelta(days=1)


class GuestRefused(AttendanceRefused):
    """A link that cannot be given; the message says why."""


@transaction.atomic
def invite_guest(*, meeting: Meeting, name: str, by: Actor, at: datetime) -> GuestLink:
    """Give a guest a link to the session's roster that works until a day after the session.

    Raises GuestRefused when that is past.
    """
    session = schedule.session(meeting, known_at=at)
    ends_at = session.revision.ends_at + AFTER_THE_SESSION
    if ends_at <= at:
        raise GuestRefused(f"“{session.revision.title}” is over for more than a day: mark it yourself.")
    link = GuestLink.objects.create(meeting=meeting, name=name, created_at=at, created_by=by.key, ends_at=ends_at)
    _journal("attendance.invite-guest", link, by=by, at=at)
    return link


@transaction.atomic
def end_guest_link(*, link: GuestLink, by: Actor, at: datetime) -> GuestLink:
    """End a link now. Ending it again changes nothing."""
    if GuestLink.objects.filter(pk=link.pk, ends_at__gt=at).update(ends_at=at):
        link.ends_at = at
        _journal("attendance.end-guest", link, by=by, at=at)
    return link


def _journal(action: str, link: GuestLink, *, by: Actor, at: datetime) -> None:
    meeting = link.meeting
    record(action, by=by, at=at, subject=("session", meeting.key), class_key=meeting.owner.key, guest=link.key)
