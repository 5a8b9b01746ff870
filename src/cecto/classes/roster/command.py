"""Enroll the people of a roster (CSV or XLSX) in a class."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.classes.roster.actions import Imported, import_roster
from cecto.classes.roster.preview import Preview, PreviewRow, State, preview_roster
from cecto.classes.roster.reading import read_roster
from cecto.foundation import clock, evidence
from cecto.foundation.journal.actor import Actor
from cecto.foundation.sheets import SheetRefused
from cecto.foundation.sheets.bounds import LARGEST_BYTES

BY = Actor.command("import roster")


def add_arguments(parser: ArgumentParser) -> None:
    """FILE, --class and --dry-run."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--class", dest="cohort", required=True, metavar="C", help="the class's code")
    parser.add_argument("--dry-run", action="store_true", help="show what would be done, and do nothing")


def run(options: dict[str, Any], stdout: OutputWrapper) -> None:
    """Show the preview; enroll those who are ready unless told not to. Refuses when nothing in the file can be used."""
    try:
        _run(options["file"], options["cohort"], dry=options["dry_run"], stdout=stdout)
    except (NoSuchClass, SheetRefused, OSError) as error:
        raise CommandError(str(error)) from error


def _run(path: Path, code: str, *, dry: bool, stdout: OutputWrapper) -> None:
    cohort, content = cohort_called(code), _content(path)
    roster = read_roster(content, file=path.name, first_day=cohort.first_day, last_day=cohort.last_day)
    preview = preview_roster(roster, cohort)
    _show(preview, stdout)
    if dry:
        stdout.write("Nothing was written (--dry-run).")
        return
    done = import_roster(
        cohort=cohort,
        sha256=evidence.store(content),
        file=path.name,
        fingerprint=preview.fingerprint,
        by=BY,
        at=clock.now(),
    )
    _finish(done, code, stdout)


def _content(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_BYTES:
        limit = LARGEST_BYTES // 1_000_000
        raise CommandError(f"{path.name} is larger than {limit} MB. Keep only the rows that belong here.")
    return path.read_bytes()


def _show(preview: Preview, stdout: OutputWrapper) -> None:
    for row in preview.rows:
        for note in row.notes:
            stdout.write(f"{_mark(row)} {preview.file}, row {row.row.number}, {row.row.name or 'no name'}: {note}")
    if preview.unread:
        stdout.write(f"Columns not read: {', '.join(preview.unread)}.")
    stdout.write(preview.summary)


def _mark(row: PreviewRow) -> str:
    return "?" if row.state == State.QUESTION else " "


def _finish(done: Imported, code: str, stdout: OutputWrapper) -> None:
    if done.left_out and not done.enrolled and not done.already:
        raise CommandError("No row could be used. Mend the file and import it again.")
    stdout.write(f"Enrolled {done.enrolled}; {done.already} already enrolled; {done.left_out} left out.")
    if done.left_out:
        stdout.write("Mend the rows marked “?” and import the file again: those enrolled stay as they are.")
    else:
        stdout.write(f"Next: cecto import schedule FILE --class {code}")
