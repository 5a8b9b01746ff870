"""Undo an import: a report counts for nothing any more, a roster's enrollments are taken back; the file is kept."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from cecto.attendance import undo_command as attendance
from cecto.audits.actions.mistaken import NotMistaken
from cecto.audits.actions.roster_imports import NoSuchImport, undo_roster_import
from cecto.audits.roster_imports import PREFIX
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor


def add_arguments(parser: ArgumentParser) -> None:
    """The key of the import, and why."""
    attendance.add_arguments(parser)


def run(options: Mapping[str, Any], stdout: OutputWrapper) -> None:
    """Take it back. Raises CommandError when refused."""
    key, reason = options["key"], options["reason"]
    if not key.startswith(PREFIX):
        attendance.run(options, stdout)
        return
    if not reason.strip():
        raise CommandError("Say why with --reason.")
    try:
        taken = undo_roster_import(key=key, reason=reason, by=Actor.command("import"), at=clock.now())
    except (NoSuchImport, NotMistaken) as error:
        raise CommandError(str(error)) from error
    if options["format"] == "json":
        stdout.write(json.dumps({"import": key, "undone": True, "enrollments": taken}, indent=2))
        return
    stdout.write(f"Enrollments taken back: {taken}. The people stay known, and the file is kept.")
