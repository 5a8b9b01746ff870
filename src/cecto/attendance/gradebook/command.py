"""Scores of graded online work from a Canvas gradebook: those at or above their bar become accepted work.

Which work a column is, and how much of its points is enough, is said once and remembered for the class.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError, OutputWrapper

from cecto.attendance.gradebook.actions import ColumnAnswer, ScoresRefused, accept_scores, remember_gradebook
from cecto.attendance.gradebook.preview import Preview, What, preview_scores
from cecto.attendance.gradebook.reading import read_gradebook
from cecto.classes.models import Cohort
from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.coursework.queries import NoSuchItem, item_called
from cecto.coursework.refusals import WorkRefused
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.foundation.sheets import SheetRefused

BY = Actor.command("import scores")


def add_arguments(parser: ArgumentParser) -> None:
    """FILE --class C --on DAY [--column CANVAS-ID=CODE:PERCENT ...] [--dry-run]."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--class", dest="cohort", required=True, metavar="C", help="the class's code")
    parser.add_argument("--on", required=True, type=date.fromisoformat, metavar="DAY", help="when it was handed in")
    told = "a column's number in Canvas, the code of the work it is, and the percent that is enough"
    parser.add_argument("--column", action="append", default=[], type=_column, metavar="ID=CODE:PERCENT", help=told)
    parser.add_argument("--dry-run", action="store_true", help="show what would be accepted and write nothing")


def run(options: dict[str, Any], stdout: TextIO | OutputWrapper) -> None:
    """Remember what was said of columns, then show what the scores come to, and unless it is a dry run, accept it."""
    path: Path = options["file"]
    try:
        content, cohort = path.read_bytes(), cohort_called(options["cohort"])
        _remember(content, path.name, cohort, options["column"])
        told: dict[str, Any] = {"content": content, "file": path.name, "cohort": cohort, "on": options["on"]}
        found = preview_scores(**told) if options["dry_run"] else accept_scores(**told, by=BY, at=clock.now())
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except (NoSuchClass, NoSuchItem, SheetRefused, ScoresRefused, WorkRefused) as error:
        raise CommandError(str(error)) from error
    _say(found, stdout)
    if options["dry_run"]:
        stdout.write("No score was accepted. Run it again without --dry-run to accept.")


def _column(text: str) -> tuple[str, str, int]:
    number, equals, rest = text.partition("=")
    code, colon, percent = rest.rpartition(":")
    if not (equals and colon and number.isdigit() and percent.isdigit()):
        raise ArgumentTypeError("write it like 4711=module-1:70")
    return number, code, int(percent)


def _remember(content: bytes, file: str, cohort: Cohort, told: list[tuple[str, str, int]]) -> None:
    by_id = {column.id: column for column in read_gradebook(content, file=file).columns}
    unknown = [number for number, _, _ in told if number not in by_id]
    if unknown:
        raise ScoresRefused(f"No column of {file} has the number {unknown[0]}. Those it has: {', '.join(by_id)}.")
    answers = [ColumnAnswer(by_id[number], item_called(cohort, code), percent) for number, code, percent in told]
    remember_gradebook(cohort=cohort, columns=answers, students=(), by=BY, at=clock.now())


def _say(found: Preview, stdout: TextIO | OutputWrapper) -> None:
    for one in found.outcomes:
        if one.what is What.ACCEPTED and one.person and one.mapped.item:
            stdout.write(f"  {one.mapped.item.code}: {one.person.name}, {one.why}")
    counts = ", ".join(f"{found.count(what)} {word}" for what, word in _WORDS.items() if found.count(what))
    stdout.write(f"Scores: {counts or 'none'}.")
    for column in found.unanswered:
        stdout.write(f"  Not said yet: what is “{column.column.title}” ({column.column.id})? --column or the page.")
    for waiting in found.waiting:
        stdout.write(f"  row {waiting.student.number}: “{waiting.student.name}” waits: {waiting.why}")


_WORDS = {What.ACCEPTED: "accepted", What.UNCHANGED: "unchanged", What.LEFT: "left", What.WAITS: "waiting"}
