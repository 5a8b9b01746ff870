"""Bring the sessions of a CSV or XLSX file into a class.

One row per segment: session, title, date, start, end, format, segment, minutes, competency, slot, tags, tracks, place,
link, instructors, breaks. Rows with one session code are one session; times are in the program's time zone.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError, OutputWrapper

from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.classes.schedule.actions import ScheduleRefused, import_schedule
from cecto.classes.schedule.preview import Preview, What, preview_schedule
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.foundation.sheets import SheetRefused
from cecto.people.actions import PeopleRefused
from cecto.people.addresses import AddressRefused

BY = Actor.command("import schedule")
WORDS = {
    What.ADDED: "added",
    What.REVISED: "revised",
    What.LINKED: "linked (held by another class)",
    What.REWORDED: "with new words",
    What.UNCHANGED: "unchanged",
}


def add_arguments(parser: ArgumentParser) -> None:
    """FILE --class C [--dry-run]."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--class", dest="cohort", required=True, metavar="C", help="the class's code")
    parser.add_argument("--dry-run", action="store_true", help="show what would change and write nothing")


def run(options: dict[str, Any], stdout: TextIO | OutputWrapper) -> None:
    """Show what the file changes, and unless it is a dry run, change it."""
    path: Path = options["file"]
    try:
        content, cohort, at = path.read_bytes(), cohort_called(options["cohort"]), clock.now()
        if options["dry_run"]:
            preview = preview_schedule(content, file=path.name, cohort=cohort, known_at=at)
        else:
            preview = import_schedule(content=content, file=path.name, cohort=cohort, by=BY, at=at)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except (NoSuchClass, SheetRefused, ScheduleRefused, PeopleRefused, AddressRefused) as error:
        raise CommandError(str(error)) from error
    for line in _lines(preview):
        stdout.write(line)
    stdout.write(_next(options))


def _lines(preview: Preview) -> list[str]:
    told = [
        f"  {change.what:9} {change.draft.code}: {change.title}" + "".join(f"\n      {d}" for d in change.differences)
        for change in preview.changes
        if change.what is not What.UNCHANGED
    ]
    counts = ", ".join(f"{preview.count(what)} {words}" for what, words in WORDS.items() if preview.count(what))
    unread = [f"Columns not read: {', '.join(preview.unread)}."] if preview.unread else []
    others = len(preview.untouched)
    untouched = [f"{others} sessions of the class are not in this file and stay as they are."] if others else []
    return [*told, f"Sessions: {counts}.", *unread, *untouched]


def _next(options: dict[str, Any]) -> str:
    if options["dry_run"]:
        return "Nothing was written. Run it again without --dry-run to accept."
    return f"Next: cecto import work FILE --class {options['cohort']}"
