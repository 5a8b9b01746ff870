"""How commands name a session: by class and session code."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime

from django.core.management.base import CommandError
from django.db.models import Q

from cecto.classes.models import Meeting, MeetingRevision
from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.classes.schedule import queries as schedule
from cecto.classes.schedule.queries import Session


def add_session_arguments(parser: ArgumentParser) -> None:
    """`--class` and `--session`."""
    parser.add_argument("--class", dest="cohort", required=True, metavar="CLASS", help="the class's code")
    parser.add_argument("--session", required=True, metavar="SESSION", help="the session's code")


def session_called(cohort: str, code: str, *, at: datetime) -> Session:
    """The session of a class, as scheduled at an instant. Raises CommandError that names what there is."""
    try:
        found = cohort_called(cohort)
        meeting = Meeting.objects.filter(Q(code=code) | Q(key=code), cohorts=found).first()
        if meeting is None:
            known = (
                ", ".join(found.meetings.order_by("code").values_list("code", flat=True).distinct()[:30]) or "none yet"
            )
            raise CommandError(f"{found} has no session “{code}”. Sessions: {known}.")
        return schedule.session(meeting, known_at=at)
    except (NoSuchClass, MeetingRevision.DoesNotExist) as error:
        raise CommandError(str(error)) from error
