"""`cecto import WHAT FILE`: one command in front of what each feature reads.

A feature offers a module whose docstring begins with the help, with `add_arguments(parser)` and `run(options, stdout)`.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cecto.attendance import import_command as attendance
from cecto.attendance import names_command as names
from cecto.attendance.gradebook import command as scores
from cecto.classes.roster import command as roster
from cecto.classes.schedule import command as schedule
from cecto.config import list_command as listing
from cecto.config import undo_command as undoing
from cecto.coursework.importing import command as work

KINDS = {"roster": roster, "schedule": schedule, "work": work, "attendance": attendance, "scores": scores} | {
    "undo": undoing,
    "list": listing,
    "names": names,
}


class Command(BaseCommand):
    """Finds the feature that reads this kind of file and hands it the rest."""

    help = "Read a roster, a schedule, the work of a class, an attendance report or scores from a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A subcommand for each kind of file."""
        kinds = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
        for name, module in KINDS.items():
            text = (module.__doc__ or "").strip()
            module.add_arguments(kinds.add_parser(name, help=text.partition("\n")[0], description=text))

    def handle(self, *args: object, **options: Any) -> None:
        """Read the file as its kind."""
        KINDS[options["what"]].run(options, self.stdout)
