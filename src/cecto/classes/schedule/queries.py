"""Every read of sessions: the schedule as known at an instant, and what is on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q, QuerySet

from cecto.classes.models import Cohort, Instructor, Meeting, MeetingLink, MeetingRevision, Segment, held_at
from cecto.people.models import Person


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it stood in the schedule at one time, and every class it counts for.

    `revision.segments` and `links` (each with its cohort and program) are read already.
    """

    meeting: Meeting
    revision: MeetingRevision
    links: tuple[MeetingLink, ...]
    instructors: tuple[Person, ...]

    @property
    def key(self) -> str:
        """What addresses the session."""
        return self.meeting.key

    @property
    def segments(self) -> list[Segment]:
        """Its parts, in order."""
        return list(self.revision.segments.all())

    @property
    def minutes(self) -> int:
        """Planned minutes of all its parts."""
        return sum(segment.minutes for segment in self.segments)

    @property
    def canceled(self) -> bool:
        """Whether it is called off."""
        return self.revision.status == MeetingRevision.Status.CANCELED

    @property
    def zone(self) -> str:
        """The time zone of the owning program."""
        return self.meeting.owner.program.time_zone

    @property
    def day(self) -> date:
        """The day it starts, in the owning program's time zone."""
        return local_day(self.revision.starts_at, self.zone)

    def link_of(self, cohort: Cohort) -> MeetingLink | None:
        """What the session is to a class, or None if it is not linked."""
        return next((link for link in self.links if link.cohort_id == cohort.pk), None)

    def competency(self, cohort: Cohort, segment: Segment) -> str:
        """The class's word for a segment's competency, empty when it has none."""
        link = self.link_of(cohort)
        return str(link.competencies.get(segment.code, "")) if link else ""


def sessions_of(cohort: Cohort, *, known_at: datetime, teachers: bool = True) -> list[Session]:
    """Every session that counts for a class, as the schedule stood at an instant, in order of time. Four queries.

    Canceled ones are among them. Without `teachers` it is three queries, and `instructors` are left empty.
    """
    return _sessions(_known(known_at).filter(meeting__in=_linked([cohort], known_at)), known_at, teachers=teachers)


def sessions_of_person(person: Person, *, known_at: datetime) -> list[Session]:
    """Every session of the classes and tracks a person is enrolled in, and those they teach. Five queries."""
    mine = {(row.cohort_id, row.track.track) for row in person.enrollments.select_related("track")}
    ids = {cohort for cohort, _ in mine}
    rows = _known(known_at).filter(Q(meeting__in=_linked(ids, known_at)) | Q(meeting__instructors__person=person))
    return [found for found in _sessions(rows.distinct(), known_at) if _concerns(found, person, mine)]


def sessions_on(day: date, zone: str, *, cohorts: QuerySet[Cohort] | None = None, known_at: datetime) -> list[Session]:
    """What starts on a day (in a time zone), of these classes or of all, in order of time. Four queries."""
    start, end = day_bounds(day, zone)
    return sessions_between(start, end, cohorts=cohorts, known_at=known_at)


def sessions_between(
    start: datetime,
    end: datetime,
    *,
    cohorts: QuerySet[Cohort] | None = None,
    known_at: datetime,
    teachers: bool = True,
) -> list[Session]:
    """What starts in [start, end), of these classes or of all, in order of time. Four queries.

    Without `teachers` it is three, and `instructors` are left empty.
    """
    rows = _known(known_at).filter(starts_at__gte=start, starts_at__lt=end)
    if cohorts is not None:
        rows = rows.filter(meeting__in=_linked(cohorts.values("pk"), known_at))
    return _sessions(rows, known_at, teachers=teachers)


def session(meeting: Meeting, *, known_at: datetime) -> Session:
    """One session as it stood at an instant. Raises MeetingRevision.DoesNotExist when it was not known yet."""
    return session_with_key(meeting.key, known_at=known_at)


def session_with_key(key: str, *, known_at: datetime) -> Session:
    """One session by its key, as it stood at an instant. Raises MeetingRevision.DoesNotExist."""
    found = _sessions(_known(known_at).filter(meeting__key=key), known_at)
    if not found:
        raise MeetingRevision.DoesNotExist(f"No session {key} was known then.")
    return found[0]


def revisions(meeting: Meeting) -> QuerySet[MeetingRevision]:
    """Every schedule a session ever had, the newest first, with segments."""
    return meeting.revisions.prefetch_related("segments").order_by("-number")


def meetings_with_codes(codes: Iterable[str]) -> dict[str, Meeting]:
    """The sessions with these codes, with owner, links, instructors and current revision, by code. Five queries."""
    current = MeetingRevision.objects.filter(superseded_at=None).prefetch_related("segments")
    links = Prefetch("links", queryset=MeetingLink.objects.filter(superseded_at=None))
    rows = (
        Meeting.objects.filter(code__in=list(codes))
        .select_related("owner__program")
        .prefetch_related(links, "instructors", Prefetch("revisions", queryset=current, to_attr="current"))
    )
    return {row.code: row for row in rows}


def free_code(cohort: Cohort, day: date) -> str:
    """A code that no session has yet, made of the class's code and a day."""
    start = f"{cohort.code}-{day}"
    taken = set(Meeting.objects.filter(code__startswith=start).values_list("code", flat=True))
    numbered = (f"{start}-{number}" for number in range(2, len(taken) + 3))
    return start if start not in taken else next(code for code in numbered if code not in taken)


def other_sessions(cohort: Cohort, *, known_at: datetime) -> list[Session]:
    """The sessions on days of a class that other classes hold and that do not count for it yet. Four queries."""
    zone = cohort.program.time_zone
    found = sessions_between(
        day_bounds(cohort.first_day, zone)[0], day_bounds(cohort.last_day, zone)[1], known_at=known_at
    )
    return [one for one in found if one.meeting.owner_id != cohort.pk and not one.link_of(cohort) and not one.canceled]


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """Midnight to midnight of a day in a time zone, as instants; 23 or 25 hours apart when clocks change."""
    midnight = datetime.combine(day, time(), ZoneInfo(zone))
    return midnight, datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))


def local_day(instant: datetime, zone: str) -> date:
    """The date of an instant in a time zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def _known(at: datetime) -> QuerySet[MeetingRevision]:
    return MeetingRevision.objects.filter(held_at(at))


def _linked(cohorts: Iterable[Cohort | int] | QuerySet[Cohort, Any], at: datetime) -> QuerySet[MeetingLink, Any]:
    """The sessions (their row ids) that count for any of these classes, as known at an instant."""
    return MeetingLink.objects.filter(held_at(at), cohort__in=cohorts).values("meeting")


def _sessions(rows: QuerySet[MeetingRevision], known_at: datetime, *, teachers: bool = True) -> list[Session]:
    links = MeetingLink.objects.filter(held_at(known_at)).select_related("cohort__program").order_by("id")
    found = (
        rows.select_related("meeting__owner__program")
        .prefetch_related("segments", Prefetch("meeting__links", queryset=links))
        .order_by("starts_at", "meeting__code")
    )
    if teachers:
        assigned = Instructor.objects.select_related("person").order_by("person__sort_name", "id")
        found = found.prefetch_related(Prefetch("meeting__instructors", queryset=assigned))
    return [_session(row, teachers=teachers) for row in found]


def _session(row: MeetingRevision, *, teachers: bool) -> Session:
    meeting = row.meeting
    taught_by = tuple(teacher.person for teacher in meeting.instructors.all()) if teachers else ()
    return Session(meeting, row, tuple(meeting.links.all()), taught_by)


def _concerns(found: Session, person: Person, mine: set[tuple[int, str]]) -> bool:
    if person in found.instructors:
        return True
    return any(
        cohort == link.cohort_id and (not link.tracks or track in link.tracks)
        for link in found.links
        for cohort, track in mine
    )
