"""List the attendance files imported for a class, those withdrawn too."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from cecto.attendance.models import Report
from cecto.classes.queries import NoSuchClass, cohort_called


def add_arguments(parser: ArgumentParser) -> None:
    """The class."""
    parser.add_argument("--class", dest="cohort", required=True, metavar="CLASS", help="the class's code")
    parser.add_argument("--format", choices=["text", "json"], default="text")


def run(options: Mapping[str, Any], stdout: OutputWrapper) -> None:
    """Write one line for each import, the first first. Raises CommandError for a class that does not exist."""
    try:
        cohort = cohort_called(options["cohort"])
    except NoSuchClass as error:
        raise CommandError(str(error)) from error
    found = [_line(report) for report in Report.objects.select_related("meeting").filter(meeting__owner=cohort)]
    if options["format"] == "json":
        stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for line in found:
        state = f"withdrawn: {line['why']}" if line["undone"] else line["layout"]
        stdout.write(f"{line['import']}  {line['session']}  {line['file']['name']}  ({state})")


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
