"""List the rosters and attendance files imported for a class, those taken back too."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from cecto.attendance.imports import report_lines
from cecto.audits.roster_imports import RosterImport, roster_imports
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
    found = [*map(_line, roster_imports(cohort)), *report_lines(cohort)]
    found.sort(key=lambda line: str(line["at"]))
    if options["format"] == "json":
        stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for line in found:
        what = line.get("layout") or f"{line['enrolled']} enrolled"
        gone = "withdrawn" if line.get("layout") else "taken back"
        state = f"{gone}: {line['why']}" if line["undone"] else what
        where = line.get("session") or "roster"
        stdout.write(f"{line['import']}  {where}  {line['file']['name']}  ({state})")


def _line(one: RosterImport) -> dict[str, Any]:
    return {
        "import": one.key,
        "kind": "roster",
        "file": {"name": "", "sha256": one.sha256},
        "enrolled": one.enrolled,
        "at": one.at.isoformat(),
        "undone": one.undone,
        "why": one.why,
    }
