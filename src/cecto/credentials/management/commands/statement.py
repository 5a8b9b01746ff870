"""`cecto statement`: the statement of contact hours of one person or of a whole class."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify
from rich.progress import track

from cecto.audits.queries import enrollments_to_audit
from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.credentials.letters.actions import make_papers
from cecto.credentials.letters.recorded import recorded_day
from cecto.credentials.letters.statement import statement_of, statement_paper
from cecto.credentials.open_badge import hours_text
from cecto.credentials.signing import NotReadyToIssue, the_issuer
from cecto.credentials.typesetting import CannotPrint
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor

BY = Actor.command("statement")


class Command(BaseCommand):
    """`cecto statement --class C [--person P] [--since D] [--last-day D] [--as-of D] --out DIR`."""

    help = "Write statements of contact hours as PDF, for license renewal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, for which period, where to."""
        parser.add_argument("--class", dest="cohort", required=True, metavar="CLASS", help="the class's code")
        parser.add_argument("--person", default="", help="only this person: a name or a part of it")
        parser.add_argument(
            "--since", type=date.fromisoformat, metavar="DATE", help="the class's first day if left out"
        )
        parser.add_argument("--last-day", type=date.fromisoformat, metavar="DATE", help="today if left out")
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            metavar="DATE",
            help="as recorded by that day; now if left out",
        )
        parser.add_argument("--license", default="", metavar="NUMBER", help="a license number, with --person")
        parser.add_argument("--reasons", action="store_true", help="say why each exception was granted")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")

    def handle(self, *, cohort: str, person: str, out: Path, **options: Any) -> None:
        """Write one PDF for each person."""
        try:
            found, issuer = cohort_called(cohort), the_issuer().name
        except (NoSuchClass, NotReadyToIssue) as error:
            raise CommandError(str(error)) from error
        day = recorded_day(found, options["as_of"])
        everyone = [
            one
            for one in enrollments_to_audit().filter(cohort=found)
            if person.casefold() in one.person.name.casefold()
        ]
        if not everyone or (options["license"] and len(everyone) > 1):
            raise CommandError(f"{len(everyone)} people in {found} match “{person}”. Name one of them.")
        out.mkdir(parents=True, exist_ok=True)
        for enrollment in track(everyone, description="Writing", transient=True):
            made = statement_of(
                enrollment,
                since=options["since"] or found.first_day,
                until=(options["last_day"] or day.on) + timedelta(days=1),
                true_on=day.on,
                known_at=day.at,
                license_number=options["license"],
                reasons=options["reasons"],
            )
            path = out / f"{slugify(enrollment.person.sort_name)[:60]}-{enrollment.key[:6]}-contact-hours.pdf"
            try:
                paper = statement_paper(made)
                pdf = make_papers([paper], cohort=found, issuer=issuer, known_at=day.at, by=BY, at=clock.now())
            except CannotPrint as error:
                raise CommandError(f"The statement of {enrollment.person.name}: {error}.") from error
            path.write_bytes(pdf)
            self.stdout.write(f"{hours_text(made.minutes):>8} h  {enrollment.person.name}: {path}")
