"""Items of work in a class. What became of them for a person is in the ledger."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from cecto.classes.models import Cohort, Modality
from cecto.foundation.keys import new_key


class Item(models.Model):
    """An assignment, online module or project of a class. `minutes` is what it is worth at most, for one person.

    `accepted_until` is the last day it may still be accepted; empty means the day it is due. Each row holds from
    `recorded_at` until `withdrawn_at` (or still): other dates make another row with the same key.
    """

    class Kind(models.TextChoices):
        ASSIGNMENT = "assignment", "Assignment"
        MODULE = "module", "Online module"
        PROJECT = "project", "Best-practice project"

    key = models.CharField(max_length=22, db_index=True, default=new_key)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="items")
    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=300)
    minutes = models.PositiveIntegerField()
    modality = models.CharField(max_length=8, choices=Modality, default=Modality.ASYNC)
    competency = models.CharField(max_length=60, blank=True)
    category = models.CharField(max_length=60, blank=True)
    tags = models.JSONField(default=list)
    tracks = models.JSONField(default=list)
    required = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    accepted_until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint("key", condition=models.Q(withdrawn_at__isnull=True), name="coursework_key_once"),
            models.UniqueConstraint(
                fields=["cohort", "code"], condition=models.Q(withdrawn_at__isnull=True), name="coursework_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title
