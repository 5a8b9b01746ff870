"""Finds and runs the commands that the features offer, under the one name `cecto`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import django
from django.core.management import get_commands, load_command_class
from django.core.management.base import CommandError
from django.db import OperationalError
from rich.console import Console
from rich.markup import escape

from cecto.config import environment

MAKING_A_HOME = {"init", "demo", "restore"}
ASKING = {"help", "--help", "-h", "--version"}
# The verbs of `cecto definition` that read or write what is published; the others read files.
KEEPING_DEFINITIONS = {"compare", "publish", "move"}
PLUMBING = {"migrate", "makemigrations", "collectstatic", "shell"}


def run(arguments: Sequence[str]) -> int:
    """Run `cecto NAME …`; return the exit code: 0 done, 1 refused, 2 asked wrongly."""
    try:
        if arguments and arguments[0] in MAKING_A_HOME and not ASKING.intersection(arguments):
            environment.make_home()
        django.setup()
    except environment.BadSetting as error:
        return _refused(str(error), 1)
    offered = _offered()
    if not arguments or arguments[0] in {"help", "--help", "-h"}:
        _list(offered)
        return 0
    name = arguments[0]
    module = name.replace("-", "_")
    if module not in offered:
        Console(stderr=True).print(f"There is no command “{name}”. Run [bold]cecto help[/bold] to see them all.")
        return 2
    home = environment.home_folder()
    if not (environment.is_home(home) or name in MAKING_A_HOME or _asks_files_only(arguments)):
        return _refused(f"There is no home at {home}. Begin one there: cecto init. Or say where it is: CECTO_HOME=…", 1)
    return _execute(offered[module], name, arguments[1:])


def _asks_files_only(arguments: Sequence[str]) -> bool:
    of_files = arguments[0] == "definition" and not KEEPING_DEFINITIONS.intersection(arguments[1:2])
    return of_files or bool(ASKING.intersection(arguments))


def _offered() -> dict[str, str]:
    return {name: app for name, app in get_commands().items() if app.startswith("cecto.") or name in PLUMBING}


def _list(offered: dict[str, str]) -> None:
    console = Console()
    for name, app in sorted(offered.items()):
        if app.startswith("cecto."):
            console.print(f"  [bold]cecto {name.replace('_', '-'):14}[/bold] {load_command_class(app, name).help}")


def _execute(app: str, name: str, arguments: Sequence[str]) -> int:
    command = load_command_class(app, name.replace("-", "_"))
    parser = command.create_parser("cecto", name)
    try:
        options = vars(parser.parse_args(list(arguments)))
    except CommandError as error:
        return _refused(str(error), 2)
    try:
        command.execute(*options.pop("args", ()), **options)
    except CommandError as error:
        return _refused(str(error), error.returncode)
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        return _refused("Another program is writing to the database. Wait until it is done, then try again.", 1)
    except BrokenPipeError:
        # Whoever read our output has read enough; what is still buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _refused(why: str, code: int) -> int:
    Console(stderr=True).print(f"[bold red]Refused.[/bold red] {escape(why)}", highlight=False)
    return code
