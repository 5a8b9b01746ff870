"""`cecto restore FILE`: a backup into an empty home; with what was published since, so that nothing is taken back."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cecto.config.backups.archive import BackupRefused, Manifest, check_backup, newest, restore_backup
from cecto.credentials.keys import KeySealed
from cecto.credentials.published.actions import note_restore, take_up
from cecto.credentials.published.folder import CopyRefused, read_copy
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.foundation.patterns import expanded

BY = Actor.command("restore")


class Command(BaseCommand):
    """`cecto restore FILE [--published DIR] [--check]`. Refuses a home or a database that holds anything."""

    help = "Put a backup into an empty CECTO_HOME (and an empty PostgreSQL database, if DATABASE_URL names one)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which backup, and what was published since."""
        parser.add_argument("file", nargs="*", metavar="FILE", help="the backup; of several, the newest")
        parser.add_argument(
            "--published",
            type=Path,
            metavar="DIR",
            help="what cecto export-public wrote since: its revocations stand; without FILE, take it up now",
        )
        parser.add_argument("--check", action="store_true", help="only say whether the backup could be put back")

    def handle(self, *, file: list[str], published: Path | None, check: bool, **options: Any) -> None:
        """Put it back, bring it up to this version, take up what was published, and say whether it can sign."""
        try:
            if check:
                return self.stdout.write(_told(*_newest(file)))
            if file:
                self._restore(*_newest(file))
            elif published is None:
                raise CommandError("Name the backup to put back: cecto restore FILE --published DIR", returncode=2)
            self._take_up(published)
        except (BackupRefused, CopyRefused, NotReadyToIssue) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_signing())
        self.stdout.write("Next: cecto doctor")
        return None

    def _restore(self, file: Path, manifest: Manifest) -> None:
        restore_backup(file)
        self.stdout.write(f"{len(manifest.files)} files of {manifest.made_at} are back in {settings.CECTO_HOME}.")
        call_command("init", stdout=self.stdout)
        note_restore(made_at=manifest.made_at, by=BY, at=clock.now())

    def _take_up(self, published: Path | None) -> None:
        if published is None:
            self.stdout.write("Revocations made since that backup are not known here. Take up what was published:")
            self.stdout.write("  cecto restore --published DIR")
            return
        revoked, remembered = take_up(copy=read_copy(published), by=BY, at=clock.now())
        self.stdout.write(f"{revoked} certificates are revoked by what was published since the backup.")
        self.stdout.write(f"{remembered} issued since are known by their hash.")


def _newest(words: list[str]) -> tuple[Path, Manifest]:
    if not words:
        raise CommandError("Name the backup: cecto restore FILE --check", returncode=2)
    return newest([(file, check_backup(file)) for file in map(Path, expanded(words))])


def _told(file: Path, manifest: Manifest) -> str:
    return f"{file}: whole, {len(manifest.files)} files of {manifest.issuer or 'no issuer'}, made {manifest.made_at}"


def _signing() -> str:
    try:
        return f"It signs as {open_issuer_key(settings.CECTO_KEY_PASSPHRASE).issuer.did}."
    except (KeySealed, NotReadyToIssue) as error:
        return f"It cannot sign yet: {error}. Set CECTO_KEY_PASSPHRASE; two escrow sheets give it: cecto key recover"
