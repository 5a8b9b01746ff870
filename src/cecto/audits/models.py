"""Exceptions: dated grants by an office, never edits of a definition."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from cecto.classes.models import CohortTrack, Enrollment
from cecto.foundation.keys import new_key
from cecto.ledger.models import Entry
from cecto.people.models import Person
from cecto.programs.models import Definition


class ExceptionGrant(models.Model):
    """An office excuses an enrollment from a requirement, or changes how it is met, for a written reason.

    Where the definition asks for a second office, the exception counts from `second_at`, when that office joined it.
    Exceptions granted to many people at once share a `proposal`. `cycle` is that of a renewal it was granted on, 0 for
    what is no renewal.
    """

    class Kind(models.TextChoices):
        WAIVE = "waive", "Waive the requirement"
        LOWER = "lower", "Lower the target"
        ACCEPT = "accept", "Accept an entry"
        EXCLUDE = "exclude", "Leave an entry out"
        REVALUE = "revalue", "Give an entry another value"
        EXTEND = "extend", "Extend the time"
        REPLACE = "replace", "Put another requirement in its place"

    key = models.CharField(max_length=22, unique=True, default=new_key)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="exceptions")
    node = models.CharField(max_length=80)
    cycle = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=Kind)
    amount = models.PositiveIntegerField(null=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    other_node = models.CharField(max_length=80, blank=True)
    until = models.DateField(null=True)
    office = models.CharField(max_length=40)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    second_office = models.CharField(max_length=40, blank=True)
    second_at = models.DateTimeField(null=True)
    reason = models.TextField(max_length=2000)
    evidence_sha256 = models.CharField(max_length=64, blank=True)
    evidence_name = models.CharField(max_length=300, blank=True)
    proposal = models.CharField(max_length=22, blank=True, db_index=True)
    granted_on = models.DateField()
    recorded_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrollment", "node", "cycle", "kind", "entry"],
                condition=models.Q(revoked_at__isnull=True),
                name="audits_one_live_grant",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.node} for {self.enrollment}"

    @property
    def waiting(self) -> bool:
        """Whether it waits for its second office."""
        return bool(self.second_office) and self.second_at is None and self.revoked_at is None


class VersionChange(models.Model):
    """From a date on, a track of a class, or one enrollment of it, is held to another version of its definition.

    The version that the track was pinned to when the class began stays where it is; the rule says what becomes of those
    under way on that date. Who enrolls later is held to the new version. Who is certified keeps the version of their
    decision for good: a row of their own says so when the track is moved.
    """

    class Rule(models.TextChoices):
        STAY = "stay", "Those under way stay with the version they began with"
        MOVE = "move", "Those under way move to the new version"
        BETTER = "better-of-both", "Those under way have the better of both"
        KEEP = "keep", "Certified by these rules, and keeps them"

    # What somebody may choose for those under way.
    CHOSEN = (Rule.STAY, Rule.MOVE, Rule.BETTER)

    key = models.CharField(max_length=22, unique=True, default=new_key)
    track = models.ForeignKey(CohortTrack, on_delete=models.PROTECT, related_name="version_changes")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, null=True, related_name="version_changes")
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=14, choices=Rule)
    start = models.DateField()
    reason = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    changed_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["start", "id"]

    def __str__(self) -> str:
        return f"{self.enrollment or self.track}: {self.definition} from {self.start}"


class VersionAgreement(models.Model):
    """An officer agrees that a track of a class, or one enrollment of it, moves to an easier version.

    When everyone has agreed whose office an exception with that effect would need, the version changes: nothing changes
    before. What was agreed for another day, rule or person is another move.
    """

    track = models.ForeignKey(CohortTrack, on_delete=models.PROTECT, related_name="version_agreements")
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, null=True, related_name="version_agreements")
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=14, choices=VersionChange.Rule)
    start = models.DateField()
    reason = models.CharField(max_length=300)
    officer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.officer}: {self.enrollment or self.track} to {self.definition} from {self.start}"
