"""List the names that a class remembers from attendance files, or forget some of them."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from cecto.attendance.actions import forget_names
from cecto.attendance.queries.names import RememberedName, remembered_names
from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor


def add_arguments(parser: ArgumentParser) -> None:
    """The class, and what is to be forgotten."""
    parser.add_argument("--class", dest="cohort", required=True, metavar="CLASS", help="the class's code")
    parser.add_argument("--forget", type=int, nargs="+", metavar="NUMBER", help="forget these of the list")
    parser.add_argument("--format", choices=["text", "json"], default="text")


def run(options: Mapping[str, Any], stdout: OutputWrapper) -> None:
    """Write what is remembered, or forget it and write what that was. Raises CommandError when asked wrongly."""
    try:
        found = remembered_names(cohort_called(options["cohort"]))
    except NoSuchClass as error:
        raise CommandError(str(error)) from error
    if options["forget"]:
        found = _forgotten(found, set(options["forget"]))
    if options["format"] == "json":
        stdout.write(json.dumps([_told(one) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        told = _told(one)
        account = f", {told['email']}" if told["email"] else ""
        stdout.write(f"{told['number']}  “{told['name']}”{account} ({told['source']}): {one.who}")
    if options["forget"]:
        stdout.write("Forgotten. The next file asks about them again.")


def _forgotten(found: tuple[RememberedName, ...], numbers: set[int]) -> tuple[RememberedName, ...]:
    chosen = tuple(one for one in found if one.alias.pk in numbers)
    missing = sorted(numbers - {one.alias.pk for one in chosen})
    if missing:
        raise CommandError(f"The class remembers nothing with the number {missing[0]}. List it without --forget.")
    told = tuple(RememberedName(one.alias, one.everywhere) for one in chosen)
    forget_names(aliases=[one.alias for one in chosen], by=Actor.command("import"), at=clock.now())
    return told


def _told(one: RememberedName) -> dict[str, Any]:
    person = one.alias.person
    return {
        "number": one.alias.pk,
        "name": one.alias.name,
        "email": one.alias.email,
        "source": "every" if one.everywhere else one.alias.source,
        "person": {"key": person.key, "name": person.name} if person else None,
        "at": one.alias.recorded_at.isoformat(),
    }
