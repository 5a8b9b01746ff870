"""Who holds a role, a person's addresses, and a lost second factor. Roles are given by `cecto grant`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError

from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people.actions import (
    PeopleRefused,
    add_email,
    forget_second_factor,
    make_email_primary,
    prove_email,
    remove_email,
)
from cecto.people.addresses import AddressRefused
from cecto.people.models import Person
from cecto.people.queries import NoSuchAddress, NoSuchPerson, address_of, current_grants, person_called

ACTS: dict[str, Callable[..., object]] = {
    "add": add_email,
    "prove": prove_email,
    "primary": make_email_primary,
    "remove": remove_email,
}


class Command(BaseCommand):
    """`cecto person roles`, `person address WHO add|prove|primary|remove ADDRESS`, `person new-second-factor WHO`."""

    help = "List who holds which role, keep someone's addresses, or let them set up a new second factor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Subcommands; WHO is an e-mail address, a name or a key."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("roles", help="who holds which role now")
        forget = verbs.add_parser("new-second-factor", help="forget a lost second factor; it is set up anew")
        forget.add_argument("who", metavar="WHO")
        address = verbs.add_parser("address", help="add, prove, prefer or remove an address; a proven one signs in")
        address.add_argument("who", metavar="WHO")
        address.add_argument("act", choices=list(ACTS), help="prove: you vouch that the address is theirs")
        address.add_argument("address", metavar="ADDRESS")
        address.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: object, verb: str, who: str = "", **options: str) -> None:
        """Do what the subcommand says."""
        try:
            if verb == "roles":
                self._roles()
            elif verb == "address":
                self._address(person_called(who), options["act"], options["address"], options["format"])
            else:
                self._forget(person_called(who))
        except (PeopleRefused, NoSuchPerson, NoSuchAddress) as error:
            raise CommandError(str(error)) from error
        except AddressRefused as error:
            raise CommandError(str(error), returncode=2) from error

    def _roles(self) -> None:
        for grant in current_grants(clock.now()):
            where = f" of {grant.program_code}" if grant.program_code else ""
            self.stdout.write(f"{grant.person.name}: {grant.get_role_display()}{where}")

    def _address(self, person: Person, act: str, address: str, form: str) -> None:
        if act == "prove":
            address = address_of(person, address).address
        ACTS[act](person=person, address=address, by=Actor.command("person"), at=clock.now())
        kept = [
            {
                "address": email.address,
                "primary": email.primary,
                "proven_at": email.verified_at.isoformat() if email.verified_at else None,
            }
            for email in person.emails.all()
        ]
        if form == "json":
            self.stdout.write(
                json.dumps({"key": person.key, "name": person.name, "addresses": kept}, ensure_ascii=False)
            )
        else:
            for row in kept:
                told = ["primary"] * bool(row["primary"]) + ["proven" if row["proven_at"] else "not proven"]
                self.stdout.write(f"{row['address']}: {', '.join(told)}")

    def _forget(self, person: Person) -> None:
        forget_second_factor(person=person, by=Actor.command("person"), at=clock.now())
        self.stdout.write(f"{person.name} sets up a second factor at the next sign-in.")
