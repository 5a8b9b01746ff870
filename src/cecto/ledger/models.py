"""Activities, entries and what people bring. These tables only grow: the database refuses to change or delete rows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from cecto.people.models import Person


class Activity(models.Model):
    """What an entry is about, told once and shared by everyone it happened to.

    `facets` holds each program's own words: {program: {"competency": …, "category": …, "slot": …, "tags": […]}}.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    modality = models.CharField(max_length=8, blank=True)
    meeting_key = models.CharField(max_length=22, blank=True, db_index=True)
    segment_code = models.CharField(max_length=20, blank=True)
    item_key = models.CharField(max_length=22, blank=True)
    item_code = models.CharField(max_length=80, blank=True)
    held_by = models.CharField(max_length=40, blank=True)
    provider = models.CharField(max_length=60, blank=True)
    series = models.CharField(max_length=60, blank=True)
    required = models.BooleanField(default=False)
    facets = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.title


class Entry(models.Model):
    """One fact about one person.

    Minutes are whole; `offered` is how long the activity was, `attended` how much of it they had.

    `source` says what posted it, like `settlement:<session key>:1`. `judges` are the person keys of a panel, or who
    attested.
    """

    class Kind(models.TextChoices):
        ATTENDED = "attended", "Attended"
        ACCEPTED = "accepted", "Work accepted"
        MAKEUP = "makeup", "Make-up"
        RECOGNIZED = "recognized", "Recognized study"
        VERDICT = "verdict", "Verdict of a panel"
        HELD = "held", "Credential held"
        ATTESTED = "attested", "Attested"
        SCORED = "scored", "Scored"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entries")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind)
    attended = models.IntegerField(default=0)
    offered = models.IntegerField(default=0)
    outcome = models.CharField(max_length=60, blank=True)
    judges = models.JSONField(default=list)
    score = models.IntegerField(null=True)
    verified = models.BooleanField(default=True)
    valid_until = models.DateField(null=True)
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)
    source = models.CharField(max_length=80)
    replaces_meeting = models.CharField(max_length=22, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    evidence_sha256 = models.CharField(max_length=64, blank=True)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")

    class Meta:
        ordering = ["occurred_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "person", "activity", "kind"],
                condition=models.Q(reverses__isnull=True),
                name="ledger_posted_once",
            ),
            models.CheckConstraint(
                condition=models.Q(attended__lte=models.F("offered")), name="ledger_at_most_offered"
            ),
            models.CheckConstraint(condition=models.Q(attended__gte=0), name="ledger_never_negative"),
        ]
        indexes = [models.Index(fields=["person", "occurred_on", "id"], name="ledger_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.attended}/{self.offered} min on {self.occurred_on}"


class Background(models.Model):
    """What a person brings, from a date on: years of experience, something held, a fee paid, a trait.

    `of` is a definition's word for it. `amount` is days of experience, 1 for what is held, or whole dollars; of a
    trait, `word` says which. A row that takes another back repeats it, with the reason.
    """

    class Kind(models.TextChoices):
        YEARS = "years", "Years of experience"
        HELD = "held", "Held"
        PAID = "paid", "Paid"
        TRAIT = "trait", "Trait"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="background")
    kind = models.CharField(max_length=8, choices=Kind)
    of = models.CharField(max_length=80)
    amount = models.PositiveIntegerField(default=0)
    word = models.CharField(max_length=80, blank=True)
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)
    evidence_sha256 = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")

    class Meta:
        ordering = ["occurred_on", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.of} {self.said} on {self.occurred_on}"

    @property
    def said(self) -> str:
        """How much of it, or which: 5 years, $3,900, florida; nothing for what is held."""
        if self.kind == self.Kind.YEARS:
            return f"{round(self.amount / 365, 1):g} years"
        return self.word or (f"${self.amount:,}" if self.kind == self.Kind.PAID else "")
