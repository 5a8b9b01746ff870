"""Withdrawing an imported report as one act: it stays as it came and counts for nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cecto.attendance.actions.remembered import forget_names
from cecto.attendance.models import Alias, Match, Report
from cecto.attendance.openness import AttendanceRefused, open_session
from cecto.attendance.queries.names import named, roster_of
from cecto.classes.schedule.queries import Session
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor


class WithdrawalRefused(AttendanceRefused):
    """The report cannot be withdrawn; the message says why."""


@transaction.atomic
def withdraw_report(*, report: Report, reason: str, by: Actor, at: datetime) -> Report:
    """Take a report back with a reason, with every answer to its names and what was remembered by these.

    The file itself is kept, and so is what an answer for another report has said since.

    Raises WithdrawalRefused without a reason or when it was withdrawn before, SettledAlready and NotHeld.
    """
    session = open_session(report.meeting, at=at)
    why = reason.strip()[:300]
    if not why:
        raise WithdrawalRefused("Say why the file is withdrawn: it stays with the record.")
    withdrawn = {"withdrawn_at": at, "withdrawn_by": by.key, "withdrawn_why": why}
    if Report.objects.filter(withdrawn_at=None, pk=report.pk).update(**withdrawn) != 1:
        raise WithdrawalRefused("This file was withdrawn before. Reload the page to see what counts.")
    forget_names(aliases=_remembered_by(report, session), by=by, at=at)
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


def _remembered_by(report: Report, session: Session) -> list[Alias]:
    """What the class remembers by the answers that people gave for this report. Four queries, one without answers."""
    given = {(one.name, one.email): one.recorded_at for one in report.matches.filter(how=Match.How.HAND)}
    if not given:
        return []
    roster = roster_of(session, (), report.source)
    answered = {
        one.row for row in report.rows.all() if (row.name, row.email) in given for one in roster.answered_by(named(row))
    }
    kept = Alias.objects.filter(pk__in=answered, recorded_at__in=given.values())
    return list(kept.select_related("cohort"))
