"""What attendance needs of a session: its timetable as run, and the people of its classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects

from cecto.attendance.intervals import Interval, between
from cecto.attendance.presence import PlannedSegment, Timetable
from cecto.classes.models import Enrollment, Modality
from cecto.classes.plans import breaks_of
from cecto.classes.queries import ACTIVE, with_status
from cecto.classes.schedule.queries import Session
from cecto.people.models import Person


class RunsBackwards(ValueError):
    """A session cannot have ended before it began; the message says what to do."""

    def __init__(self) -> None:
        super().__init__("The session must have ended after it began. Check the times it really ran.")


@dataclass(frozen=True, slots=True)
class Attendee:
    """Someone of the classes of a session. `expected` tells whether their track and status make them due there.

    `definition_ids` are the definitions that their tracks are held to.
    """

    person: Person
    classes: tuple[str, ...]
    organization: str
    expected: bool
    definition_ids: tuple[int, ...] = ()

    @property
    def emails(self) -> tuple[str, ...]:
        """Their e-mail addresses; read beforehand by `attendees_with_addresses`."""
        return tuple(email.address for email in self.person.emails.all())

    @property
    def names(self) -> tuple[str, ...]:
        """The ways their name is and was written; read beforehand by `attendees_with_addresses`."""
        former = (row.name for row in self.person.former_names.all())
        return tuple(filter(None, (self.person.name, self.person.sort_name, self.person.preferred_name, *former)))


def timetable_of(session: Session, began: datetime | None = None, ended: datetime | None = None) -> Timetable:
    """The session as run (instants in UTC); without times of its own, as planned. Raises RunsBackwards."""
    start, end = began or session.revision.starts_at, ended or session.revision.ends_at
    if not start < end:
        raise RunsBackwards
    effective = Interval(start, end)
    planned = tuple(
        PlannedSegment(s.code, Interval(s.starts_at, s.ends_at), s.minutes, Modality(s.modality))
        for s in session.segments
    )
    breaks = tuple(interval for span in breaks_of(session.revision) for interval in between(*span))
    return Timetable(effective, planned, breaks)


def is_online(session: Session) -> bool:
    """True when everyone is to be there by video: then the video system's report lists all who came."""
    return session.revision.modality == Modality.SYNC


def room_of(session: Session) -> Modality | None:
    """Where people are who sign a sheet or scan the code: in the room, if any part of the session is held in one."""
    return Modality.F2F if any(part.modality == Modality.F2F for part in session.segments) else None


def clock_time(session: Session, instant: datetime) -> str:
    """An instant in the program's time zone, as messages say it."""
    return instant.astimezone(ZoneInfo(session.zone)).strftime("%Y-%m-%d %H:%M %Z")


def attendees(session: Session) -> tuple[Attendee, ...]:
    """Everyone of the session's classes by name, each person once, expected or not. One query."""
    tracks = {link.cohort_id: frozenset(link.tracks) for link in session.links}
    enrolled = Enrollment.objects.filter(cohort_id__in=tracks)
    shown = enrolled.select_related("person", "cohort", "track", "organization")
    by_person: dict[int, list[Enrollment]] = {}
    for enrollment in with_status(shown, session.day).order_by("person__sort_name", "person_id", "id"):
        by_person.setdefault(enrollment.person_id, []).append(enrollment)
    return tuple(_attendee(held, tracks, session.day) for held in by_person.values())


def is_attendee(session: Session, person: Person) -> bool:
    """Whether a person is of the session's classes, expected or not. One query."""
    cohorts = [link.cohort_id for link in session.links]
    return Enrollment.objects.filter(person=person, cohort_id__in=cohorts).exists()


def attendees_with_addresses(session: Session) -> tuple[Attendee, ...]:
    """The same people with their e-mail addresses and former names, to match reports against. Three queries."""
    people = attendees(session)
    prefetch_related_objects([attendee.person for attendee in people], "emails", "former_names")
    return people


def _attendee(held: list[Enrollment], tracks: dict[int, frozenset[str]], day: date) -> Attendee:
    due = [e for e in held if _is_due(e, tracks[e.cohort_id], day)]
    shown = due or held
    organization = next((e.organization.name for e in shown if e.organization), "")
    classes = tuple(f"{e.cohort.name}, {e.track.title}" for e in shown)
    definitions = tuple(dict.fromkeys(e.track.definition_id for e in shown))
    return Attendee(held[0].person, classes, organization, bool(due), definitions)


def _is_due(enrollment: Enrollment, tracks: frozenset[str], day: date) -> bool:
    if enrollment.enrolled_on > day or (tracks and enrollment.track.track not in tracks):
        return False
    return (enrollment.status or ACTIVE) == ACTIVE  # type: ignore[attr-defined]
