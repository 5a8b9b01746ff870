"""`cecto backup DIR`: one file that holds the installation, written while it serves."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cecto.config.backups.archive import BackupRefused, check_backup, write_backup
from cecto.foundation import clock
from cecto.foundation.evidence.columns import needed_files
from cecto.foundation.patterns import expanded


class Command(BaseCommand):
    """`cecto backup DIR | --check FILE…`. What was written is read through before it is called done."""

    help = "Back up database, evidence and keys to one file, while the site serves; or check such a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, or which to check."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the folder to write the backup to")
        which.add_argument("--check", nargs="+", metavar="FILE", help="read backups through instead")

    def handle(self, *, folder: Path | None, check: list[str] | None, **options: Any) -> None:
        """Write and check, or only check."""
        try:
            paths = [Path(word) for word in expanded(check or [])] or [write_backup(folder or Path(), at=clock.now())]
            refused = [error for path in paths if (error := self._read_through(path))]
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        if refused:
            raise CommandError("\n".join(refused))
        if not check:
            path = paths[0]
            self._tell_missing(path)
            self.stdout.write("The passphrase of the signing keys is not in it, on purpose: keep the escrow sheets.")
            self.stdout.write(f"Next: keep a copy elsewhere. To put it back: cecto restore {path.name}")

    def _tell_missing(self, path: Path) -> None:
        held = {PurePosixPath(name).name for name in check_backup(path).files}
        missing = {digest for _, digest in needed_files()} - held
        if missing:
            self.stdout.write(f"Files missing from it that records name: {len(missing)}. cecto doctor tells which.")

    def _read_through(self, path: Path) -> str:
        """Say that a backup is whole, or return why it is not."""
        try:
            manifest = check_backup(path)
        except BackupRefused as error:
            return str(error)
        size = path.stat().st_size / 1_000_000
        self.stdout.write(f"{path}: whole, {len(manifest.files)} files, {size:.1f} MB, made {manifest.made_at}")
        return ""
