"""Bring assignments, online modules and projects of a CSV or XLSX file into a class.

One row per item: code, title, kind, minutes, format, competency, tags, tracks, required, due, accepted until.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError, OutputWrapper

from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.coursework.actions import import_work
from cecto.coursework.importing.preview import Preview, What, preview_work
from cecto.coursework.refusals import WorkRefused
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.foundation.sheets import SheetRefused

BY = Actor.command("import work")


def add_arguments(parser: ArgumentParser) -> None:
    """FILE --class C [--dry-run]."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--class", dest="cohort", required=True, metavar="C", help="the class's code")
    parser.add_argument("--dry-run", action="store_true", help="show what would change and write nothing")


def run(options: dict[str, Any], stdout: TextIO | OutputWrapper) -> None:
    """Show what the file changes, and unless it is a dry run, change it."""
    path: Path = options["file"]
    try:
        content, cohort = path.read_bytes(), cohort_called(options["cohort"])
        if options["dry_run"]:
            preview = preview_work(content, file=path.name, cohort=cohort)
        else:
            preview = import_work(content=content, file=path.name, cohort=cohort, by=BY, at=clock.now())
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except (NoSuchClass, SheetRefused, WorkRefused) as error:
        raise CommandError(str(error)) from error
    for line in _lines(preview):
        stdout.write(line)
    if options["dry_run"]:
        stdout.write("Nothing was written. Run it again without --dry-run to accept.")
    else:
        stdout.write(f"Next: cecto record accepted --class {options['cohort']} --work CODE --everyone --on DAY")


def _lines(preview: Preview) -> list[str]:
    told = [
        f"  {change.what:9} {change.plan.code}: {change.plan.title}"
        + (f" ({', '.join(change.columns)})" if change.columns else "")
        for change in preview.changes
        if change.what is not What.UNCHANGED
    ]
    counts = ", ".join(f"{preview.count(what)} {what}" for what in What if preview.count(what))
    unread = [f"Columns not read: {', '.join(preview.unread)}."] if preview.unread else []
    return [*told, f"Pieces of work: {counts}.", *unread]
