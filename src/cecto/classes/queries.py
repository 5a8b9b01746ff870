"""Every read of classes and enrollments. Sessions are read in schedule/queries.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import permutations

from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Greatest

from cecto.classes.models import CalendarFeed, Cohort, Enrollment, EnrollmentStatus
from cecto.people.models import Affiliation, Person
from cecto.programs.models import Definition, Program
from cecto.programs.queries import definitions, ruleset

ACTIVE = EnrollmentStatus.Status.ACTIVE


class NoSuchClass(Exception):
    """No class answers to that word; the message names those that do."""


def cohorts(allowed: Q | None = None) -> QuerySet[Cohort]:
    """Classes with their programs and tracks, the latest first; `allowed` is a filter on `program__code`."""
    return (
        Cohort.objects.filter(allowed or Q())
        .select_related("program")
        .prefetch_related("tracks__definition")
        .annotate(
            people=Count("enrollments__person", distinct=True), sessions=Count("meeting_links__meeting", distinct=True)
        )
        .order_by("-first_day", "code")
    )


def cohort_called(word: str) -> Cohort:
    """The class with that code or key. Raises NoSuchClass."""
    found = Cohort.objects.select_related("program").filter(Q(code=word) | Q(key=word)).first()
    if found is None:
        known = ", ".join(Cohort.objects.values_list("code", flat=True)[:20]) or "none yet: cecto class create"
        raise NoSuchClass(f"There is no class “{word}”. Classes: {known}.")
    return found


def with_newest_definitions(programs: Iterable[Program]) -> dict[Program, list[Definition]]:
    """For each program, the definition published last for each of its tracks. One query."""
    found: dict[Program, list[Definition]] = {program: [] for program in programs}
    for definition in definitions().filter(program__in=list(found)):
        known = found[definition.program]
        if definition.track not in {one.track for one in known}:
            known.append(definition)
    return found


def enrollments(cohort: Cohort) -> QuerySet[Enrollment]:
    """Everyone ever enrolled in a class, whatever became of it, by name."""
    return cohort.enrollments.select_related("person", "organization", "track", "track__definition").order_by(
        "person__sort_name", "person_id", "id"
    )


def active(rows: QuerySet[Enrollment], on: date, *, known_at: datetime | None = None) -> QuerySet[Enrollment]:
    """Of these enrollments, those active on a date, as known at an instant (by default: all that is recorded).

    Before a class's first day, those who are to be there on that day are active.
    """
    return with_status(rows, on, known_at=known_at).filter(Q(status=None) | Q(status=ACTIVE), enrolled_on__lte=F("day"))


def with_status(rows: QuerySet[Enrollment], on: date, *, known_at: datetime | None = None) -> QuerySet[Enrollment]:
    """These enrollments, each with its `status` on a date: a word of EnrollmentStatus.Status, None for active.

    `day` is that date, or the class's first day while that is still ahead.
    """
    day = Greatest(Cast(Value(on), DateField()), F("cohort__first_day"))
    rows = rows.annotate(day=day)
    changes = EnrollmentStatus.objects.filter(enrollment=OuterRef("pk"), start__lte=OuterRef("day"))
    if known_at is not None:
        changes = changes.filter(recorded_at__lte=known_at)
        rows = rows.filter(recorded_at__lte=known_at)
    latest = changes.order_by("-start", "-id").values("status")[:1]
    return rows.annotate(status=Subquery(latest))


def roster(cohort: Cohort, on: date, *, known_at: datetime | None = None) -> QuerySet[Enrollment]:
    """The active enrollments of a class on a date, by name, with person, organization and track."""
    return active(enrollments(cohort), on, known_at=known_at)


@dataclass(frozen=True, slots=True)
class Partnership:
    """Two people of one class, in different tracks, who work for one organization from a date until another.

    `until` is not included; None means still.
    """

    person_id: int
    partner_id: int
    partner_track: str
    organization_id: int
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Whether both work there on that day."""
        return self.since <= day and (self.until is None or day < self.until)


def partners(cohort: Cohort, *, known_at: datetime | None = None) -> list[Partnership]:
    """Every partnership in a class, each pair from both sides. Two queries."""
    tracks: dict[int, set[str]] = defaultdict(set)
    for person_id, track in cohort.enrollments.values_list("person_id", "track__track"):
        tracks[person_id].add(track)
    jobs = Affiliation.objects.filter(person_id__in=list(tracks))
    if known_at is not None:
        jobs = jobs.filter(recorded_at__lte=known_at)
    colleagues: dict[int, list[Affiliation]] = defaultdict(list)
    for job in jobs.order_by("start", "id"):
        colleagues[job.organization_id].append(job)
    return [
        found
        for group in colleagues.values()
        for one, other in permutations(group, 2)
        if one.person_id != other.person_id
        for found in _partnership(one, other, tracks)
    ]


def partners_on(cohort: Cohort, person: Person, day: date) -> QuerySet[Person]:
    """The partners of one person of a class on a date, by name. Three queries."""
    ids = {row.partner_id for row in partners(cohort) if row.person_id == person.pk and row.holds_on(day)}
    return Person.objects.filter(pk__in=ids).order_by("sort_name", "id")


def _partnership(one: Affiliation, other: Affiliation, tracks: dict[int, set[str]]) -> Iterable[Partnership]:
    since = max(one.start, other.start)
    until = min((job.until for job in [one, other] if job.until), default=None)
    if until is not None and until <= since:
        return
    for track in sorted(tracks[other.person_id] - tracks[one.person_id]):
        yield Partnership(one.person_id, other.person_id, track, one.organization_id, since, until)


def competencies_of(cohort: Cohort) -> list[tuple[str, str]]:
    """The competencies that the definitions of a class name: word and title. One query."""
    found: dict[str, str] = {}
    for track in cohort.tracks.select_related("definition"):
        found |= dict(ruleset(track.definition).definition.competencies)
    return list(found.items())


def feed(key: str) -> CalendarFeed | None:
    """The calendar at a private address that still holds, or None."""
    return CalendarFeed.objects.select_related("person", "cohort__program").filter(key=key, ended_at=None).first()


def feed_of(person: Person) -> CalendarFeed | None:
    """A person's calendar address, if they have one."""
    return CalendarFeed.objects.filter(person=person, ended_at=None).first()


def feed_of_class(cohort: Cohort) -> CalendarFeed | None:
    """A class's calendar address, if it has one."""
    return CalendarFeed.objects.filter(cohort=cohort, ended_at=None).first()
