"""`cecto grant`: give someone a role, or seat them in an office; how a new installation gets its first people."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people import actions
from cecto.people.models import Person, Role


class Command(BaseCommand):
    """`cecto grant --email E [--name N] [--role R] [--office O] [--program P] [--acting]`."""

    help = "Give someone a role or an office; an unknown address with --name is a new person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, what, and in which program."""
        parser.add_argument("--email", required=True, help="the person's e-mail address, by which they sign in")
        parser.add_argument("--name", default="", help="their name, if they are new")
        parser.add_argument("--role", choices=Role.values)
        parser.add_argument(
            "--office", default="", help="a position the rules name, like program-director; with the role to act for it"
        )
        parser.add_argument("--program", default="", help="the program's code; none for an administrator")
        parser.add_argument("--acting", action="store_true", help="they act for the office")

    @transaction.atomic
    def handle(self, *, email: str, name: str, role: str | None, office: str, **options: Any) -> None:
        """Grant and seat, all or nothing."""
        if not role and not office:
            raise CommandError("Say what to give: --role or --office.")
        by, at = Actor.command("grant"), clock.now()
        try:
            person = Person.objects.filter(emails__address__iexact=email).first()
            if person is None and not name:
                raise CommandError(f"Nobody has the address {email}. For a new person add --name.")
            person = person or actions.add_person(name=name, email=email, by=by, at=at)
            actions.create_account(person=person, by=by, at=at)
            self._give(person, role, office, by=by, **options)
        except (actions.PeopleRefused, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{person.name} can sign in with {email}. Next: cecto serve")

    def _give(self, person: Person, role: str | None, office: str, *, by: Actor, **options: Any) -> None:
        at, program = clock.now(), str(options["program"])
        if role:
            actions.grant_role(person=person, role=Role(role), program_code=program, by=by, at=at)
        if office:
            actions.appoint(
                person=person,
                office=office,
                program_code=program,
                start=clock.today(),
                acting=bool(options["acting"]),
                by=by,
                at=at,
            )
