"""One session with what attendance needs of it: schedule, words of each class, and who is expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet

from cecto.attendance.intervals import Interval, between
from cecto.attendance.presence import PlannedSegment, Timetable
from cecto.classes.models import Enrollment, EnrollmentStatus, Meeting, MeetingLink, MeetingRevision, Modality, Segment
from cecto.classes.plans import breaks_of
from cecto.people.models import Person


@dataclass(frozen=True, slots=True)
class Session:
    """A session as now scheduled. Instants are UTC."""

    meeting: Meeting
    revision: MeetingRevision
    segments: tuple[Segment, ...]
    links: tuple[MeetingLink, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the program that owns it."""
        return ZoneInfo(self.meeting.owner.program.time_zone)

    @property
    def day(self) -> date:
        """The day it is held, in the program's time zone."""
        return self.revision.starts_at.astimezone(self.zone).date()

    def local(self, instant: datetime) -> str:
        """An instant in the program's time zone, as messages say it."""
        return instant.astimezone(self.zone).strftime("%Y-%m-%d %H:%M %Z")

    @property
    def canceled(self) -> bool:
        """True when it is not to be held."""
        return self.revision.status == MeetingRevision.Status.CANCELED

    @property
    def online(self) -> bool:
        """True when everyone is to be there by video: then its report lists all who came."""
        return self.revision.modality == Modality.SYNC

    def timetable(self, began: datetime | None = None, ended: datetime | None = None) -> Timetable:
        """The session as run; without times of its own, as planned."""
        effective = Interval(began or self.revision.starts_at, ended or self.revision.ends_at)
        planned = tuple(PlannedSegment(s.code, Interval(s.starts_at, s.ends_at), s.minutes) for s in self.segments)
        breaks = tuple(interval for span in breaks_of(self.revision) for interval in between(*span))
        return Timetable(effective, planned, breaks)


@dataclass(frozen=True, slots=True)
class Attendee:
    """Someone of the classes of a session. `expected` tells whether their track and status make them due there."""

    person: Person
    classes: tuple[str, ...]
    organization: str
    expected: bool

    @property
    def emails(self) -> tuple[str, ...]:
        """Their e-mail addresses."""
        return tuple(email.address for email in self.person.emails.all())

    @property
    def names(self) -> tuple[str, ...]:
        """The ways their name is written."""
        return tuple(filter(None, (self.person.name, self.person.sort_name, self.person.preferred_name)))


def meetings() -> QuerySet[Meeting]:
    """Sessions with all that `session_of` reads, in four queries."""
    current = MeetingRevision.objects.filter(superseded_at=None).prefetch_related("segments")
    return Meeting.objects.select_related("owner__program").prefetch_related(
        Prefetch("revisions", current, to_attr="current"),
        Prefetch("links", MeetingLink.objects.select_related("cohort__program").order_by("id")),
    )


def session_of(meeting: Meeting) -> Session:
    """The session of a meeting; reads it anew unless it came from `meetings()`."""
    if not hasattr(meeting, "current"):
        meeting = meetings().get(pk=meeting.pk)
    revision: MeetingRevision = meeting.current[0]  # type: ignore[attr-defined]
    return Session(meeting, revision, tuple(revision.segments.all()), tuple(meeting.links.all()))


def attendees(session: Session) -> tuple[Attendee, ...]:
    """Everyone of the session's classes by name, each person once. Three queries."""
    tracks = {link.cohort_id: frozenset(link.tracks) for link in session.links}
    enrollments = (
        Enrollment.objects.filter(cohort_id__in=tracks)
        .select_related("person", "cohort", "track", "organization")
        .prefetch_related("statuses", "person__emails")
        .order_by("person__sort_name", "person_id", "id")
    )
    by_person: dict[int, list[Enrollment]] = {}
    for enrollment in enrollments:
        by_person.setdefault(enrollment.person_id, []).append(enrollment)
    return tuple(_attendee(held, tracks, session.day) for held in by_person.values())


def _attendee(held: list[Enrollment], tracks: dict[int, frozenset[str]], day: date) -> Attendee:
    due = [e for e in held if _is_due(e, tracks[e.cohort_id], day)]
    shown = due or held
    organization = next((e.organization.name for e in shown if e.organization), "")
    classes = tuple(f"{e.cohort.name}, {e.track.title}" for e in shown)
    return Attendee(held[0].person, classes, organization, bool(due))


def _is_due(enrollment: Enrollment, tracks: frozenset[str], day: date) -> bool:
    if enrollment.enrolled_on > day or (tracks and enrollment.track.track not in tracks):
        return False
    return _status_on(enrollment.statuses.all(), day) == EnrollmentStatus.Status.ACTIVE


def _status_on(statuses: Iterable[EnrollmentStatus], day: date) -> str:
    past = [status.status for status in statuses if status.start <= day]
    return past[-1] if past else EnrollmentStatus.Status.ACTIVE
