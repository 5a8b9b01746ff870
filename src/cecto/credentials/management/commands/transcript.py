"""`cecto transcript`: the signed transcript of a certificate, or of every certificate of a class."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.progress import track

from cecto.classes.queries import NoSuchClass, cohort_called
from cecto.credentials.actions import CredentialRefused
from cecto.credentials.files import file_name
from cecto.credentials.keys import KeySealed
from cecto.credentials.models import CredentialVersion
from cecto.credentials.queries import NoSuchCredential, issued_in, version_called
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key
from cecto.credentials.transcript.actions import make_transcript
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor


class Command(BaseCommand):
    """`cecto transcript (--code CODE | --class C) --out DIR`. Made before, the same file is written again."""

    help = "Write the signed transcript (CLR 2.0) of a certificate or of a class."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and where to."""
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--code", help="the certificate's code or key")
        whose.add_argument("--class", dest="cohort", metavar="CLASS", help="the class's code: every one that holds")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write to")

    def handle(self, *, code: str | None, cohort: str | None, out: Path, **options: Any) -> None:
        """Sign what is not signed yet, and write one file for each."""
        try:
            wanted = [version_called(code)] if code else _kept(cohort or "")
            key = open_issuer_key(settings.CECTO_KEY_PASSPHRASE)
            out.mkdir(parents=True, exist_ok=True)
            for version in track(wanted, description="Signing", transient=True):
                made = make_transcript(version=version, key=key, by=Actor.command("transcript"), at=clock.now())
                _path(out, version).write_text(made.document, encoding="utf-8")
        except (NoSuchCredential, NoSuchClass, NotReadyToIssue, KeySealed, CredentialRefused) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(wanted)} {'transcript' if len(wanted) == 1 else 'transcripts'} written to {out}.")


def _kept(cohort: str) -> list[CredentialVersion]:
    return [version for version in issued_in(cohort_called(cohort)) if not version.erased]


def _path(out: Path, version: CredentialVersion) -> Path:
    return out / f"{file_name(version)}-transcript.json"
