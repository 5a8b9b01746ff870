"""`cecto issue`: sign the credentials of a class, and write them to a folder."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track
from rich.table import Table

from cecto.classes.models import Cohort
from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.credentials.actions import CredentialRefused, issue, print_ahead
from cecto.credentials.handed.files import both, given_paper, paper_name, write
from cecto.credentials.keys import KeySealed
from cecto.credentials.queries import issued_in, read_to_issue, to_issue, to_print_ahead
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor

# Who was issued what, and the code as it is printed.
Issued = tuple[str, str, str]


class Command(BaseCommand):
    """`cecto issue --class C [--person P] [--out DIR]`. Running it again issues only what is new."""

    help = "Issue the credentials of a class's decisions in effect."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which class, who of it, and where to."""
        parser.add_argument("--class", dest="cohort", required=True, metavar="CLASS", help="the class's code")
        parser.add_argument("--person", help="only this person: a name or a part of it")
        parser.add_argument(
            "--ahead", action="store_true", help="print the papers of those signed ahead; issuing later releases them"
        )
        parser.add_argument("--out", type=Path, metavar="DIR", help="also write every JSON and PDF of the class here")

    def handle(self, *, cohort: str, person: str | None, out: Path | None, ahead: bool, **options: Any) -> None:
        """Issue, print what was issued, write the files."""
        found = _cohort(cohort)
        if ahead:
            return self._print_ahead(found, person, out)
        new, refused = self._issue(found, person)
        _print(new)
        if out:
            self._write(found, person, out)
        if refused:
            raise CommandError("\n".join(refused))
        self.stdout.write(f"{len(new)} issued, {issued_in(found).count()} hold in {found}.")
        self.stdout.write(_next(found, new, out))
        return None

    def _print_ahead(self, cohort: Cohort, person: str | None, out: Path | None) -> None:
        if out is None:
            raise CommandError("Say where the papers go: --out DIR")
        waiting = [one for one in to_print_ahead(cohort) if _named(one.enrollment.person.name, person)]
        try:
            for decision in track(waiting, description="Printing", transient=True):
                by, at = Actor.command("issue"), clock.now()
                paper = print_ahead(decision=decision, by=by, at=at)
                write({paper_name(paper): given_paper(paper, by=by, at=at)}, out)
        except (NotReadyToIssue, CredentialRefused) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{len(waiting)} papers written to {out}. Their codes say “unreleased” until they are issued."
        )
        self.stdout.write(f"Next: settle the session, then: cecto decide --class {cohort.code} --take-effect")

    def _issue(self, cohort: Cohort, person: str | None) -> tuple[list[Issued], list[str]]:
        """Issue one by one; a decision holds a whole audit, and there may be thousands."""
        names = to_issue(cohort).values_list("pk", "enrollment__person__name")
        waiting = [pk for pk, name in names if _named(name, person)]
        if not waiting:
            return [], []
        try:
            key = open_issuer_key(settings.CECTO_KEY_PASSPHRASE)
        except (NotReadyToIssue, KeySealed) as error:
            raise CommandError(str(error)) from error
        new, refused = [], []
        decisions = read_to_issue(cohort, waiting)
        for decision in track(decisions, total=len(waiting), description="Issuing", transient=True):
            try:
                version = issue(decision=decision, key=key, by=Actor.command("issue"), at=clock.now())
                new.append((version.shown_name, version.certificate["title"], version.printed_code))
            except CredentialRefused as error:
                refused.append(str(error))
        return new, refused

    def _write(self, cohort: Cohort, person: str | None, out: Path) -> None:
        holding = [one for one in issued_in(cohort) if not one.erased and _named(one.shown_name, person)]
        for version in track(holding, description="Writing", transient=True):
            write(both(version, by=Actor.command("issue"), at=clock.now()), out)
        self.stdout.write(f"{2 * len(holding)} files written to {out}")


def _cohort(word: str) -> Cohort:
    try:
        return cohort_called(word)
    except NoSuchClass as error:
        raise CommandError(str(error)) from error


def _named(name: str, part: str | None) -> bool:
    return part is None or part.casefold() in name.casefold()


def _print(new: Sequence[Issued]) -> None:
    if new:
        table = Table("Person", "Credential", "Code", box=None, header_style="bold")
        for row in new:
            table.add_row(*row)
        Console().print(table)


def _next(cohort: Cohort, new: Sequence[Issued], out: Path | None) -> str:
    if not new and not issued_in(cohort).exists():
        return f"Nobody is certified yet. See the docket: cecto decide --class {cohort.code}"
    if out:
        return "Next: check one of the files: cecto verify FILE"
    return f"Next: write the files to print or send: cecto issue --class {cohort.code} --out DIR"
