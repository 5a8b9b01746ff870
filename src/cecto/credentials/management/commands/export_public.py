"""`cecto export-public DIR`: the public side of the register as static files that outlive the server."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cecto.credentials.kit.export import write_public
from cecto.credentials.signing import NotReadyToIssue
from cecto.foundation import clock


class Command(BaseCommand):
    """`cecto export-public DIR`."""

    help = "Write did.json, the status list, contexts and verification data as static files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder to write to")

    def handle(self, *, folder: Path, **options: Any) -> None:
        """Write the files and say what to do with them."""
        try:
            written = write_public(folder, at=clock.now())
        except NotReadyToIssue as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{len(written)} files written to {folder}. They tell a name only to who has its certificate’s code."
        )
        self.stdout.write(
            "Next: serve them at the issuer’s address when the program’s server is gone. hosting.md says how."
        )
