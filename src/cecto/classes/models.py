"""Cohorts, enrollments, sessions. `Cohort` is what people call a class; `Meeting` is what they call a session."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models

from cecto.foundation.keys import new_key
from cecto.people.models import Organization, Person
from cecto.programs.models import Definition, Program


def held_at(at: datetime, prefix: str = "") -> models.Q:
    """A filter on dated rows: those recorded by an instant and not superseded by then."""
    superseded = f"{prefix}superseded_at"
    still = models.Q(**{f"{superseded}__isnull": True}) | models.Q(**{f"{superseded}__gt": at})
    return still & models.Q(**{f"{prefix}recorded_at__lte": at})


class Modality(models.TextChoices):
    """How instruction is given; the values are those of the requirement language."""

    F2F = "f2f", "In the room"
    SYNC = "sync", "Live online"
    ASYNC = "async", "Online, in own time"


class Cohort(models.Model):
    """A yearly class of a program, from its first day to its last.

    `schedule_complete_at` is when someone said that its schedule is complete; while it is null, dates are still being
    planned, and nobody is told that what is scheduled does not reach.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="cohorts")
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    first_day = models.DateField()
    last_day = models.DateField()
    schedule_complete_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-first_day", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="classes_cohort_days")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def time_zone(self) -> str:
        """The program's zone."""
        return self.program.time_zone

    @property
    def end(self) -> date:
        """The day after the last day: windows are half-open."""
        return self.last_day + timedelta(days=1)

    def schedule_is_complete(self, on: date, *, known_at: datetime) -> bool:
        """Whether no more dates are expected on a day: someone had said so by an instant, or the class is over."""
        said = self.schedule_complete_at is not None and self.schedule_complete_at <= known_at
        return said or on > self.last_day


class LaterDate(models.Model):
    """A line that stands in a schedule for dates not set yet: “December 2026: to be announced”.

    `month` is the first day of the month where the line stands. It holds until `ended_at`.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="later_dates")
    month = models.DateField()
    text = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["month", "id"]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}: {self.text}"


class CohortTrack(models.Model):
    """A track of a class and the definition it is held to (pinned by hash)."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="tracks")
    track = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="pinned_by")

    class Meta:
        ordering = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["cohort", "track"], name="classes_track_once")]

    def __str__(self) -> str:
        return self.title


class Enrollment(models.Model):
    """A person in a track of a class, with the organization they came from on that date."""

    key = models.CharField(max_length=22, unique=True, default=new_key)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrollments")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrollments")
    track = models.ForeignKey(CohortTrack, on_delete=models.PROTECT, related_name="enrollments")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="enrollments")
    enrolled_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["person__sort_name", "person_id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "track"], name="classes_enrolled_once")]

    def __str__(self) -> str:
        return f"{self.person} in {self.track}"


class EnrollmentStatus(models.Model):
    """From a date on, an enrollment is withdrawn, deferred or active again. No row means active since enrollment."""

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        WITHDRAWN = "withdrawn", "Withdrawn"
        DEFERRED = "deferred", "Deferred"

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=12, choices=Status)
    start = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["start", "id"]

    def __str__(self) -> str:
        return f"{self.enrollment}: {self.status} from {self.start}"


class Meeting(models.Model):
    """A session: what stays the same about it while its schedule is revised. The owning class settles it.

    While `schedule_closed_at` is set, facts are held about it and its schedule stays.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key)
    owner = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="owned_meetings")
    code = models.SlugField(max_length=80, unique=True)
    series = models.CharField(max_length=60, blank=True)
    provider = models.CharField(max_length=60, blank=True)
    schedule_closed_at = models.DateTimeField(null=True)
    cohorts: models.ManyToManyField[Cohort, MeetingLink] = models.ManyToManyField(
        Cohort, through="MeetingLink", related_name="meetings"
    )

    def __str__(self) -> str:
        return self.code


class MeetingLink(models.Model):
    """A session counts for a class, in that class's own words: slot, tags, and the competency of each segment.

    Each row holds from `recorded_at` until `superseded_at` (or still); a link is never ended, only worded anew.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="links")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="meeting_links")
    slot = models.CharField(max_length=60, blank=True)
    tags = models.JSONField(default=list)
    category = models.CharField(max_length=60, blank=True)
    competencies = models.JSONField(default=dict)
    tracks = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "meeting", "cohort", condition=models.Q(superseded_at__isnull=True), name="classes_one_link"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} for {self.cohort}"


class MeetingRevision(models.Model):
    """The schedule of a session as it stood from `recorded_at` until `superseded_at` (or still)."""

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", "Scheduled"
        CANCELED = "canceled", "Canceled"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=Status, default=Status.SCHEDULED)
    title = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    modality = models.CharField(max_length=8, choices=Modality)
    place = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=500, blank=True)
    breaks = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="classes_revision_number"),
            models.UniqueConstraint(
                "meeting", condition=models.Q(superseded_at__isnull=True), name="classes_one_current"
            ),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="classes_ends_later"),
        ]
        indexes = [models.Index(fields=["starts_at"], name="classes_starts")]

    def __str__(self) -> str:
        return self.title


class Segment(models.Model):
    """A part of a session, in order. `code` stays the same over revisions (s1, s2, …)."""

    revision = models.ForeignKey(MeetingRevision, on_delete=models.CASCADE, related_name="segments")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    modality = models.CharField(max_length=8, choices=Modality)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["revision", "code"], name="classes_segment_once")]

    def __str__(self) -> str:
        return self.title


class Instructor(models.Model):
    """A person teaches a session and may mark its roster."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="instructors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="teaches")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "person"], name="classes_instructor_once")]

    def __str__(self) -> str:
        return f"{self.person} teaches {self.meeting}"


class CalendarFeed(models.Model):
    """A private calendar address of a person or of a class. Renewing it ends the old one."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="calendar_feeds")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, null=True, related_name="calendar_feeds")
    key = models.CharField(max_length=22, unique=True, default=new_key)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("person", condition=models.Q(ended_at__isnull=True), name="classes_one_feed"),
            models.UniqueConstraint("cohort", condition=models.Q(ended_at__isnull=True), name="classes_one_class_feed"),
            models.CheckConstraint(
                condition=models.Q(person__isnull=True, cohort__isnull=False)
                | models.Q(person__isnull=False, cohort__isnull=True),
                name="classes_feed_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.person or self.cohort}"
