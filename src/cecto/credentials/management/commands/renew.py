"""`cecto renew`: which certificates end, and renewing one as an officer."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from rich.console import Console
from rich.markup import escape

from cecto.certification.actions import DecisionRefused
from cecto.credentials import actions, codes, queries
from cecto.credentials.keys import KeySealed
from cecto.credentials.renewing.queries import Ending, case_of, ending
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person
from cecto.people.seats import NotTheirOffice
from cecto.requirements.document import Span
from cecto.requirements.windows import later

REFUSALS = (
    actions.CredentialRefused,
    queries.NoSuchCredential,
    DecisionRefused,
    NotTheirOffice,
    NotReadyToIssue,
    KeySealed,
)


class Command(BaseCommand):
    """`cecto renew [--within MONTHS]` lists; `cecto renew CODE --as EMAIL` signs and issues."""

    help = "List the certificates that end, with what is left to do; or renew one as an officer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which certificate, and who signs; or how far to look ahead."""
        parser.add_argument("code", nargs="?", default="", help="the code printed on the certificate")
        parser.add_argument("--as", dest="officer", metavar="EMAIL", help="who signs: the holder of the office")
        parser.add_argument("--within", type=int, default=12, metavar="MONTHS", help="how far ahead to list")

    def handle(self, *, code: str, officer: str | None, within: int, **options: Any) -> None:
        """List, or renew one."""
        if not code:
            return self._list(within)
        signer = Person.objects.filter(emails__address__iexact=officer or "").first()
        if signer is None:
            raise CommandError("Say who signs: --as EMAIL, the address of someone who holds the office.")
        try:
            self._renew(code, signer)
        except REFUSALS as error:
            raise CommandError(str(error)) from error
        return None

    def _list(self, within: int) -> None:
        today = clock.today()
        by = later(today, Span(within))
        found = ending(Q(), by=by, true_on=today, known_at=clock.now())
        console = Console()
        for one in found:
            console.print(escape(_line(one)), highlight=False, soft_wrap=True)
            for result in one.case.left:
                console.print(escape(f"    {result.title}: {result.sentence}"), highlight=False, soft_wrap=True)
        self.stdout.write(f"{len(found)} certificates have ended or end by {by}.")
        if any(one.case.renewable_until for one in found):
            self.stdout.write("Next: renew one that is ready: cecto renew CODE --as EMAIL")

    def _renew(self, code: str, signer: Person) -> None:
        version, at = queries.version_called(code), clock.now()
        zone = version.credential.decision.enrollment.cohort.program.time_zone
        case = case_of(version.credential, true_on=clock.today(zone), known_at=at)
        if case is None:
            raise CommandError("This certificate does not end, or was revoked: there is nothing to renew.")
        new = actions.renew(
            credential=version.credential,
            viewed_until=str(case.renewable_until),
            officer=signer,
            key=open_issuer_key(settings.CECTO_KEY_PASSPHRASE),
            by=Actor.person(signer.key, signer.pk),
            at=at,
        )
        self.stdout.write(
            f"{new.shown_name} is renewed until {case.renewed_last_day}, as {codes.printed(new.code)}. "
            "The earlier version’s page says so."
        )


def _line(one: Ending) -> str:
    return f"{one.case.last_day}  {one.version.printed_code}  {one.version.shown_name}: {one.case.word}"
