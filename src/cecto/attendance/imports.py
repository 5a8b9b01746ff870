"""The attendance files imported for a class, as `cecto import list` tells them."""

from __future__ import annotations

from typing import Any

from cecto.attendance.models import Report
from cecto.classes.models import Cohort


def report_lines(cohort: Cohort) -> list[dict[str, Any]]:
    """One for each report of the class's own sessions, the first first, withdrawn ones too. One query."""
    return [_line(report) for report in Report.objects.select_related("meeting").filter(meeting__owner=cohort)]


def _line(report: Report) -> dict[str, Any]:
    return {
        "import": report.key,
        "kind": "attendance",
        "session": report.meeting.code,
        "file": {"name": report.file_name, "sha256": report.sha256},
        "layout": report.layout,
        "at": report.recorded_at.isoformat(),
        "undone": report.withdrawn_at is not None,
        "why": report.withdrawn_why,
    }
