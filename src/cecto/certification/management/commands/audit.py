"""Audits at the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from rich.console import Console

from cecto.audits import printing
from cecto.audits.queries import EnrollmentAudit, audit_enrollments, enrollments_to_audit
from cecto.audits.standing import Part
from cecto.certification.awards import parts_of
from cecto.classes.models import Cohort, Enrollment
from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.foundation import clock


class Command(BaseCommand):
    """`cecto audit --class C [--person P] [--admission | --renewal [--cycle N]] [--true-on D] [--known-at T]`."""

    help = "Say where a class, or one person, stands: on any date, by what was known at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options; dates are in the program's time zone."""
        parser.add_argument("--class", dest="cohort", required=True, metavar="CLASS", help="the class's code")
        parser.add_argument("--person", help="a name, or a part of it, an e-mail address or a key")
        parser.add_argument("--true-on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="default: today")
        parser.add_argument("--known-at", type=datetime.fromisoformat, metavar="ISO-8601", help="default: now")
        part = parser.add_mutually_exclusive_group()
        part.add_argument("--admission", action="store_true", help="what the definition asks for admission")
        part.add_argument(
            "--renewal", action="store_true", help="what an award asks to be renewed, and where it stands"
        )
        parser.add_argument(
            "--cycle", type=int, metavar="N", help="with --renewal: that cycle; default: the one that decides"
        )
        parser.add_argument("--format", choices=["text", "json", "csv"], default="text")

    def handle(self, *, cohort: str, person: str | None, format: str, **options: Any) -> None:  # noqa: A002
        """Print the audits asked for."""
        found = _cohort(cohort)
        zone = ZoneInfo(found.program.time_zone)
        instant = options["known_at"] or clock.now()
        true_on = options["true_on"] or clock.today(found.program.time_zone)
        known_at = instant if instant.tzinfo else instant.replace(tzinfo=zone)
        people = _enrollments(found, person)
        if options["admission"] or options["renewal"]:
            cycle = options["cycle"] if options["renewal"] else None
            try:
                parts = parts_of(people, renewal=options["renewal"], cycle=cycle, true_on=true_on, known_at=known_at)
            except ValueError as error:
                raise CommandError(str(error)) from error
            self._tell(parts, format)
            return
        seen = audit_enrollments(people, true_on=true_on, known_at=known_at)
        if format == "json":
            self.stdout.write(printing.as_json(seen))
        elif format == "csv":
            printing.write_csv(seen, self.stdout)
        else:
            self._print(seen, whole_class=person is None)

    def _tell(self, parts: list[Part], format: str) -> None:  # noqa: A002
        if not parts:
            raise CommandError("Nobody is asked that: the definition has no such part, or nothing is awarded.")
        if format == "json":
            self.stdout.write(printing.parts_as_json(parts))
        elif format == "csv":
            raise CommandError("Admission and renewal are told as text or JSON.")
        else:
            printing.print_parts(parts, Console())

    def _print(self, seen: list[EnrollmentAudit], *, whole_class: bool) -> None:
        console = Console()
        if whole_class:
            printing.print_class(seen, console)
            console.print("\nOne person in full: add --person NAME. Who can be certified: cecto decide --class …")
            return
        for one in seen:
            printing.print_person(one, console)


def _cohort(word: str) -> Cohort:
    try:
        return cohort_called(word)
    except NoSuchClass as error:
        raise CommandError(str(error)) from error


def _enrollments(cohort: Cohort, person: str | None) -> list[Enrollment]:
    rows = enrollments_to_audit().filter(cohort=cohort)
    if person is not None:
        asked = Q(person__name__icontains=person) | Q(person__key=person) | Q(person__emails__address__iexact=person)
        rows = rows.filter(asked).distinct()
    found = list(rows)
    if not found:
        raise CommandError(f"Nobody in “{cohort}” answers to “{person}”." if person else f"“{cohort}” has nobody yet.")
    return found
