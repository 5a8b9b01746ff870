"""What was seen at a session, and the settlements that post it to the ledger.

Two kinds of observation: marks (someone says a person was there) and the rows of imported reports. Both are kept as
they came.
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models

from cecto.classes.models import Cohort, Meeting
from cecto.foundation.keys import new_key
from cecto.people.models import Person


class Sent(models.Model):
    """What was said on a device, kept once whatever comes of it.

    `key` is made by the device, `said_at` read from its clock, `received_at` from ours. `seen` is the latest mark of
    the person that its page showed (its id; 0 for none). `why` says why one waits for a human.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken", "Counts"
        OLDER = "older", "Followed by a later one of the same device"
        WAITS = "waits", "Waits for a decision"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sent")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=22)
    state = models.CharField(max_length=8)
    came_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    modality = models.CharField(max_length=8, blank=True)
    seen = models.PositiveBigIntegerField(default=0)
    device = models.CharField(max_length=22)
    said_at = models.DateTimeField()
    received_at = models.DateTimeField()
    sent_by = models.CharField(max_length=40)
    outcome = models.CharField(max_length=5, choices=Outcome)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "sent_by", "device", "key"], name="attendance_sent_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.state} at {self.meeting}, from a device"


class SentAnswer(models.Model):
    """What a human decided about something sent that waited: it counts after all, or what stands is kept."""

    sent = models.OneToOneField(Sent, on_delete=models.PROTECT, related_name="answer")
    counts = models.BooleanField()
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.sent}: {'counts' if self.counts else 'does not count'}"


class Mark(models.Model):
    """Someone with the right to do so says how a person attended; `sent` is there when it waited on a device.

    The latest mark of a person counts; earlier ones stay (the database refuses changes). `modality` says where they
    were; without one, where each part was to be held. Of minutes set by hand `segment_formats` says how many were in
    which format, {segment code: {format: minutes}}.
    """

    class State(models.TextChoices):
        PRESENT = "present", "Present"
        ABSENT = "absent", "Absent"
        PARTLY = "partly", "Present for a part"
        MINUTES = "minutes", "Minutes set by hand"
        CLEARED = "cleared", "Mark taken back"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="marks")
    state = models.CharField(max_length=8, choices=State)
    came_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    segment_minutes = models.JSONField(default=dict)
    segment_formats = models.JSONField(default=dict)
    modality = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    sent = models.OneToOneField(Sent, on_delete=models.PROTECT, null=True, related_name="mark")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["meeting", "person", "id"], name="attendance_mark_latest")]

    def __str__(self) -> str:
        return f"{self.person} {self.state} at {self.meeting}"


class Report(models.Model):
    """A file of attendance imported for a session; the bytes are kept as evidence.

    `source` is the system that wrote it (zoom, sign-in, …); `time_zone` is the one its times were read in. A wrong one
    is withdrawn, with a reason: it stays as it came and counts for nothing, and the same file may be imported anew.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="reports")
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=300)
    layout = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    time_zone = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=40, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "sha256"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="attendance_report_once",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class ReportRow(models.Model):
    """One row of a report, as it came. Names stay here, where they can be erased.

    `name` is the whole name as the report has it; `original_name` is the one behind a rename. A row of a sign-in sheet
    with several pairs of times has one `part` for each. `seconds` is a length that bounds the row. `modality` says
    where the source sees people; empty where it does not know. `note` says what could not be read, or contradicts.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=500, blank=True)
    original_name = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=254, blank=True)
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=20, blank=True)
    flags = models.JSONField(default=list)
    note = models.CharField(max_length=300, blank=True)
    modality = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["report", "number", "part"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number", "part"], name="attendance_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.report} row {self.number}"


class Match(models.Model):
    """Who a name in a report is: a person, or nobody of ours. `person` is null for the latter.

    A name may be several people (a room with one camera): then it has one row for each.
    """

    class How(models.TextChoices):
        EMAIL = "email", "Same e-mail address"
        ALIAS = "alias", "Known from an earlier report"
        NAME = "name", "Exact name on the roster"
        STAFF = "staff", "Host or instructor"
        HAND = "hand", "Settled by hand"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="matches")
    name = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=254, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=8, choices=How)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "name", "email", "person"], name="attendance_match_once"),
            models.UniqueConstraint(
                fields=["report", "name", "email"],
                condition=models.Q(person__isnull=True),
                name="attendance_not_ours_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.email} is {self.person or 'not ours'}"


class Alias(models.Model):
    """A name or address that a source uses for a person of a class, remembered for the next report.

    Without a person it is someone who is not ours. `name` is folded; it is empty where an address is known.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="aliases")
    source = models.CharField(max_length=40)
    name = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=254, blank=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cohort", "source", "name", "email"], name="attendance_alias_once")
        ]

    def __str__(self) -> str:
        return f"{self.name or self.email} is {self.person or 'not ours'} in {self.cohort}"


class ScoredColumn(models.Model):
    """What a column of a class's Canvas gradebook is: a piece of work of which `percent` of the points is enough.

    Without a piece of work it is none of the class's. `canvas_id` is the number that Canvas gave the assignment.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="scored_columns")
    canvas_id = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    item_key = models.CharField(max_length=22, blank=True)
    percent = models.PositiveSmallIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cohort", "canvas_id"], name="attendance_scored_column_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} in {self.cohort}"


class Settlement(models.Model):
    """A session's attendance was settled and posted to the ledger. `starts_at` and `ends_at` are when it really ran."""

    key = models.CharField(max_length=22, unique=True, default=new_key)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="settlements")
    number = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    settled_at = models.DateTimeField()
    settled_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["meeting", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "number"], name="attendance_settled_once")]

    def __str__(self) -> str:
        return f"Settlement {self.number} of {self.meeting}"

    @property
    def source(self) -> str:
        """What the ledger calls this settlement."""
        return f"settlement:{self.meeting.key}:{self.number}"


class Reopening(models.Model):
    """A settlement was taken back, with a reason; its entries are reversed."""

    settlement = models.OneToOneField(Settlement, on_delete=models.PROTECT, related_name="reopening")
    reason = models.CharField(max_length=300)
    reopened_at = models.DateTimeField()
    reopened_by = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.settlement} reopened"


class GuestLink(models.Model):
    """A guest instructor may mark one session by a link, without an account, until it ends."""

    key = models.CharField(max_length=22, unique=True, default=new_key)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guest_links")
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=40)
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} for {self.meeting}"


class Notice(models.Model):
    """What is said about a person's attendance.

    An absence, as a rule beforehand; once the session is settled, an appeal, or how they made up what they missed
    (`way`: assignment, recording or next-class).
    """

    class Kind(models.TextChoices):
        ABSENCE = "absence", "Absence"
        APPEAL = "appeal", "Appeal"
        MAKEUP = "makeup", "Make-up"

    class Way(models.TextChoices):
        RECORDING = "recording", "The recording and a reflection on it"
        ASSIGNMENT = "assignment", "An assignment"
        NEXT_CLASS = "next-class", "The same session of another class"

    key = models.CharField(max_length=22, unique=True, default=new_key)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=8, choices=Kind)
    way = models.CharField(max_length=12, choices=Way, blank=True)
    text = models.CharField(max_length=1000)
    document_sha256 = models.CharField(max_length=64, blank=True)
    document_name = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["meeting", "person"], name="attendance_notice_whose")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person} at {self.meeting}"


class NoticeAnswer(models.Model):
    """What was answered to a notice, with a reason. The latest answer counts; earlier ones stay.

    `minutes` are those credited for an accepted make-up.
    """

    class Outcome(models.TextChoices):
        EXCUSED = "excused", "Excused"
        DISPENSED = "dispensed", "Dispensed from this session"
        NOT_EXCUSED = "refused", "Not excused"
        CORRECTED = "corrected", "To be corrected"
        UPHELD = "upheld", "Stays as settled"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Not accepted"

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=10, choices=Outcome)
    minutes = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=300)
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.notice}: {self.outcome}"


class SignedSheet(models.Model):
    """A scan or photo of the sheet that people signed at a session; the bytes are kept as evidence.

    The same bytes are kept once for a session, and the database refuses changes.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="signed_sheets")
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "sha256"], name="attendance_signed_sheet_once")
        ]

    def __str__(self) -> str:
        return self.file_name


class Desk(models.Model):
    """Check-in by phone is open at a session, from an instant until another or still."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="desk")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=40)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Check-in at {self.meeting}"


class CheckIn(models.Model):
    """A person scanned the code on the screen and tapped. `at` is when they scanned, whatever signing in took.

    `token` is made for the scan, so a tap that is sent again is one check-in. `device` is a random name of the browser.
    """

    class Kind(models.TextChoices):
        IN = "in", "In"
        OUT = "out", "Out"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="check_ins")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="check_ins")
    kind = models.CharField(max_length=3, choices=Kind)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    token = models.CharField(max_length=22)
    device = models.CharField(max_length=22)

    class Meta:
        ordering = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "token"], name="attendance_check_in_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.kind} at {self.meeting}"


class Kiosk(models.Model):
    """A device at the door of one session: people find their name, tap and sign.

    The secret in its link is kept as a hash only. `device` names the browser that claimed it; no other is served.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="kiosks")
    door = models.CharField(max_length=60)
    token_sha256 = models.CharField(max_length=64, unique=True)
    device = models.CharField(max_length=22, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=40)
    claimed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.door}, {self.meeting}"


class Tap(models.Model):
    """A person came or went and signed at a kiosk. `key` is made by the device, so a tap sent again is one tap.

    `said_at` is by the device's clock, `received_at` by ours, and `at` is the instant that counts. The signature is
    kept as evidence. `why` says why it waits for a human; it is empty when it counts.
    """

    kiosk = models.ForeignKey(Kiosk, on_delete=models.PROTECT, related_name="taps")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="taps")
    key = models.CharField(max_length=22)
    kind = models.CharField(max_length=3, choices=CheckIn.Kind)
    at = models.DateTimeField()
    said_at = models.DateTimeField()
    received_at = models.DateTimeField()
    signature_sha256 = models.CharField(max_length=64)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "kind", "key"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kiosk", "key"], name="attendance_tap_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.kind} at {self.kiosk}"

    @property
    def was_held(self) -> bool:
        """Whether it waited on the device: it reached us more than a minute after it was made."""
        return self.received_at - self.at > timedelta(minutes=1)


class TapAnswer(models.Model):
    """What a human decided about a tap that waited: it counts after all, or it does not."""

    tap = models.OneToOneField(Tap, on_delete=models.PROTECT, related_name="answer")
    counts = models.BooleanField()
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.tap}: {'counts' if self.counts else 'does not count'}"
