"""Undo an import of attendance: the file is kept and counts for nothing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from cecto.attendance.actions import AttendanceRefused, withdraw_report
from cecto.attendance.models import Report
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor


def add_arguments(parser: ArgumentParser) -> None:
    """The key of the import, and why."""
    parser.add_argument("key", help="the key that the import and `cecto import list` name")
    parser.add_argument("--reason", required=True, help="why; it stays with the record")
    parser.add_argument("--format", choices=["text", "json"], default="text")


def run(options: Mapping[str, Any], stdout: OutputWrapper) -> None:
    """Withdraw it. Raises CommandError when refused."""
    report = Report.objects.select_related("meeting__owner").filter(key=options["key"]).first()
    if report is None:
        raise CommandError(f"There is no import “{options['key']}”. See them with: cecto import list --class CLASS")
    try:
        withdraw_report(report=report, reason=options["reason"], by=Actor.command("import"), at=clock.now())
    except AttendanceRefused as error:
        raise CommandError(str(error)) from error
    if options["format"] == "json":
        told = {"import": report.key, "file": {"name": report.file_name, "sha256": report.sha256}, "undone": True}
        stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        return
    stdout.write(f"{report.file_name} is withdrawn and no longer counts.")
