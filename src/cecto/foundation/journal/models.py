"""The journal table."""

from __future__ import annotations

from django.db import models


class JournalEntry(models.Model):
    """One thing done: by whom, when, to what. Carries keys, never names."""

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_key = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=80)
    class_key = models.CharField(max_length=40, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_key"], name="journal_subject"),
            models.Index(fields=["class_key", "at"], name="journal_class"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_kind} {self.subject_key}"
