"""Who holds a role, and what to do when someone lost the second factor. Roles are given by `cecto grant`."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people.actions import PeopleRefused, forget_second_factor
from cecto.people.queries import NoSuchPerson, current_grants, person_called


class Command(BaseCommand):
    """`cecto person roles` and `cecto person new-second-factor WHO`."""

    help = "List who holds which role, or let someone set up a new second factor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Subcommands; WHO is an e-mail address, a name or a key."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("roles", help="who holds which role now")
        forget = verbs.add_parser("new-second-factor", help="forget a lost second factor; it is set up anew")
        forget.add_argument("who", metavar="WHO")

    def handle(self, *args: object, verb: str, who: str = "", **options: object) -> None:
        """Do what the subcommand says."""
        if verb == "roles":
            self._roles()
        else:
            self._forget(who)

    def _roles(self) -> None:
        for grant in current_grants(clock.now()):
            where = f" of {grant.program_code}" if grant.program_code else ""
            self.stdout.write(f"{grant.person.name}: {grant.get_role_display()}{where}")

    def _forget(self, who: str) -> None:
        try:
            person = person_called(who)
            forget_second_factor(person=person, by=Actor.command("person"), at=clock.now())
        except (PeopleRefused, NoSuchPerson) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{person.name} sets up a second factor at the next sign-in.")
