"""`cecto letters`: letters of attendance of a class, for its people and their employers, and its summary."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify
from rich.progress import track

from cecto.classes.models import Cohort
from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.credentials.letters.actions import make_papers
from cecto.credentials.letters.answers import issuer_name
from cecto.credentials.letters.class_papers import employers_of, letter_to, letters_of, summary_of
from cecto.credentials.letters.paper import Written
from cecto.credentials.letters.recorded import RecordedDay, recorded_day
from cecto.credentials.typesetting import CannotPrint
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor

BY = Actor.command("letters")


class Command(BaseCommand):
    """`cecto letters --class C [--as-of D] --out DIR`."""

    help = "Write letters of attendance as PDF: for each person, each employer and the class."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which class, as of which day, where to."""
        parser.add_argument("--class", dest="cohort", required=True, metavar="CLASS", help="the class's code")
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            metavar="DATE",
            help="as recorded by that day; now if left out",
        )
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")

    def handle(self, *, cohort: str, as_of: date | None, out: Path, **options: Any) -> None:
        """Write one PDF for each person, for each employer that may be told, and for the class."""
        try:
            found = cohort_called(cohort)
        except NoSuchClass as error:
            raise CommandError(str(error)) from error
        day, issuer = recorded_day(found, as_of), issuer_name(found)
        out.mkdir(parents=True, exist_ok=True)
        for name, paper in track(list(_papers(found, day)), description="Writing", transient=True):
            path = out / f"{name}.pdf"
            try:
                pdf = make_papers([paper], cohort=found, issuer=issuer, known_at=day.at, by=BY, at=clock.now())
            except CannotPrint as error:
                raise CommandError(f"{paper.title}, {paper.about}: {error}.") from error
            path.write_bytes(pdf)
            self.stdout.write(f"{paper.number}  {paper.about}: {path}")


def _papers(cohort: Cohort, day: RecordedDay) -> Iterator[tuple[str, Written]]:
    for one, paper in letters_of(cohort, day):
        yield f"{slugify(one.person.sort_name)[:60]}-{one.key[:6]}-attendance", paper
    for employer in employers_of(cohort):
        if employer.agreed:
            name = slugify(employer.organization.name)[:60]
            yield f"employer-{name}-{employer.organization.key[:6]}", letter_to(cohort, employer, day)
    yield "class-summary", summary_of(cohort, day)
