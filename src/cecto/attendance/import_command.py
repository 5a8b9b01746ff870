"""An attendance report: Zoom, a typed-up sign-in sheet, and what else `cecto.attendance.reports` reads."""

from __future__ import annotations

import hashlib
import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from cecto.attendance.actions import AttendanceRefused, Imported, import_report
from cecto.attendance.command_words import add_session_arguments, session_called
from cecto.attendance.import_document import Document, document, refused
from cecto.attendance.queries.preview import Preview, other_zone, preview, usual_time_zone
from cecto.attendance.reports.sheet import LARGEST_BYTES
from cecto.classes.schedule.queries import Session
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.foundation.sheets import SheetRefused

BY = Actor.command("import")


def add_arguments(parser: ArgumentParser) -> None:
    """The file (or “-”), the session, the zone of its times, and whether to write."""
    parser.add_argument("file", type=Path)
    add_session_arguments(parser)
    parser.add_argument("--time-zone", help="of times that name none; default: the program's")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done and write nothing")
    parser.add_argument("--format", choices=["text", "json"], default="text")


def run(options: Mapping[str, Any], stdout: OutputWrapper) -> None:
    """Import the file, or say what importing it would do. Raises CommandError when refused."""
    at = clock.now()
    session = session_called(options["cohort"], options["session"], at=at)
    zone = options["time_zone"] or usual_time_zone(session)
    content, name = _content(options["file"]), _name(options["file"])
    other = "" if options["time_zone"] else other_zone(session)
    in_json = options["format"] == "json"
    try:
        if options["dry_run"]:
            found = preview(session, content, file_name=name, time_zone=zone)
            if in_json:
                _write(document(found, key=None, other_zone=other), stdout)
                return
            _say(found, stdout)
            stdout.write("Nothing was written. Run it again without --dry-run to import.")
            return
        imported = import_report(meeting=session.meeting, content=content, file_name=name, time_zone=zone, by=BY, at=at)
    except (SheetRefused, AttendanceRefused) as error:
        if in_json:
            sha256 = hashlib.sha256(content).hexdigest()
            _write(refused(error, file=name, sha256=sha256, time_zone=zone), stdout)
        raise CommandError(str(error)) from error
    if in_json:
        _write(document(imported.preview, key=imported.report.key, other_zone=other), stdout)
    else:
        _say_imported(imported, session, stdout)


def _write(told: Document, stdout: OutputWrapper) -> None:
    stdout.write(json.dumps(told, ensure_ascii=False, indent=2))


def _name(path: Path) -> str:
    """What the file is called in messages; a pipe has no name of its own."""
    return path.name if path.is_file() else "standard input"


def _content(path: Path) -> bytes:
    """The bytes of a file, or of what is piped in under the name “-”."""
    if path == Path("-"):
        return sys.stdin.buffer.read(LARGEST_BYTES + 1)
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _say(found: Preview, stdout: OutputWrapper) -> None:
    stdout.write(f"{found.file_name}: {found.parsed.layout}, {len(found.rows)} rows, times in {found.time_zone}.")
    stdout.write(f"  {found.credited} people are certain, {found.waiting} names wait for an answer.")
    if found.outside:
        stdout.write(f"  {found.outside} rows fall outside the session and count nothing.")
    for row in {line.row.raw_name: line for line in found.rows if line.waits}.values():
        stdout.write(f"  row {row.row.number}: “{row.row.raw_name}” {row.row.email}: {row.matched.why}")


def _say_imported(imported: Imported, session: Session, stdout: OutputWrapper) -> None:
    if not imported.new:
        stdout.write(f"{imported.preview.file_name} was imported before; nothing has changed.")
        return
    _say(imported.preview, stdout)
    words = f"--class {session.meeting.owner.code} --session {session.meeting.code}"
    stdout.write(f"Imported. Next: cecto settle {words}")
