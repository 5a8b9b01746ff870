"""Withdrawing an imported report as one act: it stays as it came and counts for nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cecto.attendance.models import Report
from cecto.attendance.openness import AttendanceRefused, open_session
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor


class WithdrawalRefused(AttendanceRefused):
    """The report cannot be withdrawn; the message says why."""


@transaction.atomic
def withdraw_report(*, report: Report, reason: str, by: Actor, at: datetime) -> Report:
    """Take a report back with a reason, with every answer to its names. The file itself is kept.

    Raises WithdrawalRefused without a reason or when it was withdrawn before, SettledAlready and NotHeld.
    """
    open_session(report.meeting, at=at)
    why = reason.strip()[:300]
    if not why:
        raise WithdrawalRefused("Say why the file is withdrawn: it stays with the record.")
    withdrawn = {"withdrawn_at": at, "withdrawn_by": by.key, "withdrawn_why": why}
    if Report.objects.filter(withdrawn_at=None, pk=report.pk).update(**withdrawn) != 1:
        raise WithdrawalRefused("This file was withdrawn before. Reload the page to see what counts.")
    record(
        "attendance.withdraw",
        by=by,
        at=at,
        subject=("session", report.meeting.key),
        class_key=report.meeting.owner.key,
        sha256=report.sha256,
    )
    report.refresh_from_db()
    return report
