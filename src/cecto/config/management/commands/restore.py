"""`cecto restore FILE`: a backup into an empty home."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cecto.config.backups.archive import BackupRefused, restore_backup
from cecto.credentials.keys import KeySealed
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key


class Command(BaseCommand):
    """`cecto restore FILE`. Refuses a home or a database that holds anything."""

    help = "Put a backup into an empty CECTO_HOME (and an empty PostgreSQL database, if DATABASE_URL names one)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backup."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Put it back, bring it up to this version, and say whether it can sign."""
        try:
            manifest = restore_backup(file)
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(manifest.files)} files of {manifest.made_at} are back in {settings.CECTO_HOME}.")
        call_command("init", stdout=self.stdout)
        self.stdout.write(_signing())
        self.stdout.write("Next: cecto doctor")


def _signing() -> str:
    try:
        return f"It signs as {open_issuer_key(settings.CECTO_KEY_PASSPHRASE).issuer.did}."
    except (KeySealed, NotReadyToIssue) as error:
        return f"It cannot sign yet: {error}. Set CECTO_KEY_PASSPHRASE; two escrow sheets give it: cecto key recover"
