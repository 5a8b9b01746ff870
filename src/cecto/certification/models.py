"""Decisions, signatures and effects."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models

from cecto.classes.models import Enrollment, Meeting
from cecto.foundation.keys import new_key
from cecto.people.models import Person
from cecto.programs.models import Definition


class Decision(models.Model):
    """The proposal to certify an enrollment on an audit.

    `offices` lists who must sign; `ahead_of` names the session it waits for.
    A signed decision is in effect when an `Effect` row exists.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="decisions")
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="+")
    offices = models.JSONField()
    true_on = models.DateField()
    known_at = models.DateTimeField()
    audit = models.JSONField()
    audit_sha256 = models.CharField(max_length=64)
    ahead_of = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_by = models.CharField(max_length=40)
    proposed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrollment"], condition=models.Q(withdrawn_at__isnull=True), name="certification_one_live"
            )
        ]

    def __str__(self) -> str:
        return f"Decision on {self.enrollment}"


class Signature(models.Model):
    """An office signs a decision, by the person who holds the seat that day (or acts for it)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="signatures")
    office = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acting = models.BooleanField(default=False)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "office"], name="certification_office_once"),
            models.UniqueConstraint(fields=["decision", "person"], name="certification_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.office} signed {self.decision}"


class Effect(models.Model):
    """A decision took effect: at its last signature, or, if signed ahead, when its session was settled.

    Holds the audit of that moment.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="effect")
    effective_on = models.DateField()
    known_at = models.DateTimeField()
    audit = models.JSONField()
    audit_sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.decision} in effect from {self.effective_on}"


class Renewal(models.Model):
    """An officer renewed an award on the audit of a cycle that was met, up to (not including) a day.

    `reinstated`: it had lapsed after that cycle, and what was missing was made up.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="renewals")
    cycle = models.PositiveIntegerField()
    reinstated = models.BooleanField(default=False)
    valid_until = models.DateField()
    audit = models.JSONField()
    audit_sha256 = models.CharField(max_length=64)
    office = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acting = models.BooleanField(default=False)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["cycle"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "cycle"], name="certification_renewed_once")
        ]

    def __str__(self) -> str:
        return f"{self.decision} renewed until {self.valid_until}"

    @property
    def last_day(self) -> date:
        """The last day on which the award is valid by this renewal."""
        return self.valid_until - timedelta(days=1)
