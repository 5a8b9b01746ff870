"""Every write of classes, enrollments and calendar feeds. Sessions are written in schedule/actions.py."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from cecto.classes.days import problem_with_days
from cecto.classes.models import CalendarFeed, Cohort, CohortTrack, Enrollment, EnrollmentStatus
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people import names
from cecto.people.models import Organization, Person
from cecto.programs.models import Definition, Program


class ClassRefused(Exception):
    """A change to a class that cannot be; the message says why and what to do."""


@transaction.atomic
def create_cohort(
    *, program: Program, code: str, name: str, first_day: date, last_day: date, by: Actor, at: datetime
) -> Cohort:
    """Begin a class that runs from its first day to its last, both included.

    Raises ClassRefused for a code that is taken and for days that cannot be.
    """
    if problem := problem_with_days(first_day, last_day):
        raise ClassRefused(problem)
    if Cohort.objects.filter(code=code).exists():
        raise ClassRefused(f"There is a class “{code}” already. Choose another code.")
    cohort = Cohort.objects.create(program=program, code=code, name=name, first_day=first_day, last_day=last_day)
    record("classes.create", by=by, at=at, subject=("class", cohort.key), class_key=cohort.key, code=code)
    return cohort


@transaction.atomic
def begin_class(
    *,
    program: Program,
    code: str,
    name: str,
    first_day: date,
    last_day: date,
    tracks: Iterable[tuple[str, Definition]],
    by: Actor,
    at: datetime,
) -> Cohort:
    """Begin a class with its tracks, each a title and the definition it is held to: all of it or nothing.

    Raises ClassRefused as `create_cohort` and `pin_track` do.
    """
    cohort = create_cohort(program=program, code=code, name=name, first_day=first_day, last_day=last_day, by=by, at=at)
    for title, definition in tracks:
        pin_track(cohort=cohort, track=definition.track, title=title, definition=definition, by=by, at=at)
    return cohort


@transaction.atomic
def pin_track(
    *, cohort: Cohort, track: str, title: str, definition: Definition, by: Actor, at: datetime
) -> CohortTrack:
    """Hold a track of a class to a definition. The same pin again changes nothing.

    Raises ClassRefused when the definition is of another program or track, or the track is pinned to another one.
    """
    if (definition.program_id, definition.track) != (cohort.program_id, track):
        raise ClassRefused(f"“{definition}” is not a definition of track “{track}” of {cohort.program}.")
    pinned, created = CohortTrack.objects.get_or_create(
        cohort=cohort, track=track, defaults={"title": title, "definition": definition}
    )
    if pinned.definition_id != definition.pk:
        raise ClassRefused(f"Track “{track}” of {cohort} is held to “{pinned.definition}” already.")
    if created:
        record(
            "classes.pin",
            by=by,
            at=at,
            subject=("class", cohort.key),
            class_key=cohort.key,
            track=track,
            sha256=definition.sha256,
        )
    return pinned


@transaction.atomic
def enroll(
    *, person: Person, track: CohortTrack, organization: Organization | None, on: date, by: Actor, at: datetime
) -> Enrollment:
    """Enroll a person in a track of a class, from a date on. Enrolling again changes nothing."""
    enrollment, created = Enrollment.objects.get_or_create(
        person=person,
        track=track,
        defaults={"cohort_id": track.cohort_id, "organization": organization, "enrolled_on": on, "recorded_at": at},
    )
    if created:
        _journal_enrollment("classes.enroll", enrollment, by=by, at=at, track=track.track)
    return enrollment


@transaction.atomic
def change_status(
    *, enrollment: Enrollment, status: EnrollmentStatus.Status, start: date, reason: str = "", by: Actor, at: datetime
) -> EnrollmentStatus:
    """From a date on, the enrollment is withdrawn, deferred or active again.

    Raises ClassRefused for a date before the enrollment.
    """
    if start < enrollment.enrolled_on:
        raise ClassRefused(f"The enrollment began on {enrollment.enrolled_on}; its status cannot change before that.")
    row = EnrollmentStatus.objects.create(
        enrollment=enrollment, status=status, start=start, reason=reason, recorded_at=at
    )
    _journal_enrollment("classes.change-status", enrollment, by=by, at=at, status=str(status), start=start.isoformat())
    return row


@transaction.atomic
def renew_calendar_feed(*, person: Person, by: Actor, at: datetime) -> CalendarFeed:
    """Give a person a fresh private calendar address; the one they had ends."""
    CalendarFeed.objects.filter(person=person, ended_at=None).update(ended_at=at)
    feed = CalendarFeed.objects.create(person=person, created_at=at)
    record("classes.renew-calendar", by=by, at=at, subject=("person", person.key))
    return feed


@transaction.atomic
def renew_class_calendar(*, cohort: Cohort, by: Actor, at: datetime) -> CalendarFeed:
    """Give a class a fresh private calendar address; the one it had ends."""
    CalendarFeed.objects.filter(cohort=cohort, ended_at=None).update(ended_at=at)
    feed = CalendarFeed.objects.create(cohort=cohort, created_at=at)
    record("classes.renew-calendar", by=by, at=at, subject=("class", cohort.key), class_key=cohort.key)
    return feed


def _journal_enrollment(action: str, enrollment: Enrollment, *, by: Actor, at: datetime, **detail: str) -> None:
    class_key = enrollment.cohort.key
    record(action, by=by, at=at, subject=("enrollment", enrollment.key), class_key=class_key, **detail)


@transaction.atomic
def erase_enrollments(*, person: Person, by: Actor, at: datetime) -> None:
    """Erase why they withdrew or deferred, and their calendar addresses; that and when they did stays."""
    EnrollmentStatus.objects.filter(enrollment__person=person).exclude(reason="").update(reason=names.ERASED)
    CalendarFeed.objects.filter(person=person).delete()
    record("classes.erase-enrollments", by=by, at=at, subject=("person", person.key))
