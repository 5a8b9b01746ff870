"""`cecto import WHAT FILE`: one command in front of what each feature reads.

A feature offers a module with a one-line docstring (the help), `add_arguments(parser)` and `run(options, stdout)`.
"""

from __future__ import annotations

from argparse import ArgumentParser
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.core.management.base import BaseCommand

MODULES = {
    "roster": "cecto.classes.roster.command",
    "schedule": "cecto.classes.schedule.command",
    "work": "cecto.coursework.importing.command",
    "attendance": "cecto.attendance.import_command",
}


class Command(BaseCommand):
    """Finds the feature that reads this kind of file and hands it the rest."""

    help = "Read a roster, a schedule, the work of a class or an attendance report from a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
        for name, module in _importers().items():
            text = (module.__doc__ or "").strip().splitlines()[0]
            module.add_arguments(kinds.add_parser(name, help=text, description=text))

    def handle(self, *args: object, **options: Any) -> None:
        _importers()[options["what"]].run(options, self.stdout)


def _importers() -> dict[str, ModuleType]:
    return {name: import_module(path) for name, path in MODULES.items() if _is_there(path)}


def _is_there(path: str) -> bool:
    try:
        return find_spec(path) is not None
    except ModuleNotFoundError:
        return False
