"""Programs and published definitions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from cecto.foundation.keys import new_key

# Letters that the words of a definition may have, because they stand in columns.
LONGEST = {"track": 60, "catalogue": 40, "title": 200}


class Program(models.Model):
    """A certification program, known by its code (like `cecto`)."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=40, default="America/New_York")
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Definition(models.Model):
    """A published definition: the text as written, and its SHA-256. Rows are never changed (the database refuses).

    `examples` is the text of the example persons that it was published with.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="definitions")
    track = models.CharField(max_length=LONGEST["track"])
    catalogue = models.CharField(max_length=LONGEST["catalogue"])
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=LONGEST["title"])
    sha256 = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    examples = models.TextField(default="")
    reason = models.CharField(max_length=300, default="", blank=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["program", "track", "catalogue", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["program", "track", "catalogue", "version"], name="programs_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.catalogue} version {self.version}"
