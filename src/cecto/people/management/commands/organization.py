"""Organizations at the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Organization
from cecto.people.names import NameRefused
from cecto.people.organizations.actions import OrganizationExists, add_alias, add_organization
from cecto.people.queries import NoSuchOrganization, organization_called, organizations

BY = Actor.command("organization")


class Command(BaseCommand):
    """`cecto organization find WORDS`, `add NAME` and `alias ORGANIZATION NAME`."""

    help = "Find a district by name or LEA code, add a charter school or partner, note another name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Subcommands; ORGANIZATION is a LEA code, a name or a key."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        find = verbs.add_parser("find", help="organizations with these words in a name, code or county")
        find.add_argument("words", nargs="+", metavar="WORDS")
        add = verbs.add_parser("add", help="add a charter school, partner or other organization")
        add.add_argument("name", metavar="NAME")
        add.add_argument("--kind", choices=Organization.Kind.values, default="charter", help="default: charter")
        add.add_argument("--code", default="", help="its LEA code, like 01A")
        add.add_argument("--county", default="")
        alias = verbs.add_parser("alias", help="note another name, so that rosters are understood")
        alias.add_argument("organization", metavar="ORGANIZATION")
        alias.add_argument("name", metavar="NAME")
        alias.add_argument("--source", required=True, help="who says so, like “its website, 2024”")

    def handle(self, *args: object, verb: str, **options: Any) -> None:
        """Do what the subcommand says."""
        verbs = {"find": self._find, "add": self._add, "alias": self._alias}
        try:
            verbs[verb](options)
        except (OrganizationExists, NoSuchOrganization, NameRefused) as error:
            raise CommandError(str(error)) from error

    def _find(self, options: dict[str, Any]) -> None:
        found = list(organizations(" ".join(options["words"])))
        if not found:
            raise CommandError("No organization answers to that. Try one word of its name, or add it.")
        for row in found:
            self.stdout.write(f"{row.code or '---'}  {row.name}  ({', '.join(filter(None, [row.county, row.region]))})")

    def _add(self, options: dict[str, Any]) -> None:
        row = add_organization(
            kind=Organization.Kind(options["kind"]),
            name=options["name"],
            code=options["code"],
            county=options["county"],
            by=BY,
            at=clock.now(),
        )
        self.stdout.write(f"{row.name} was added as: {row.get_kind_display()}.")

    def _alias(self, options: dict[str, Any]) -> None:
        row = organization_called(options["organization"])
        alias = add_alias(organization=row, name=options["name"], source=options["source"], by=BY, at=clock.now())
        self.stdout.write(f"{row.name} is also known as {alias.name}.")
