"""Keeping the scan of a sheet that people signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cecto.attendance.models import SignedSheet
from cecto.classes.models import Meeting
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.foundation.papers import Paper


@dataclass(frozen=True, slots=True)
class Kept:
    """A signed sheet, and whether it was not there before."""

    sheet: SignedSheet
    new: bool


@transaction.atomic
def keep_signed_sheet(*, meeting: Meeting, paper: Paper, by: Actor, at: datetime) -> Kept:
    """Keep a scan or photo of a session's signed sheet as evidence; the same bytes again change nothing.

    It may come at any time, also once the session is settled. Raises PaperRefused for a file that is too large or no
    PDF, PNG or JPEG by its content.
    """
    sheet, new = SignedSheet.objects.get_or_create(
        meeting=meeting,
        sha256=paper.keep(),
        defaults={"file_name": paper.name[:300], "recorded_at": at, "recorded_by": by.key},
    )
    if new:
        subject = ("session", meeting.key)
        record(
            "attendance.keep-signed-sheet", by=by, at=at, subject=subject, class_key=meeting.owner.key, sheet=sheet.key
        )
    return Kept(sheet, new)
