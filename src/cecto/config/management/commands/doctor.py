"""`cecto doctor`: is this installation sound?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from cecto.config.doctor import Level, examine


class Command(BaseCommand):
    """Prints every finding with its id and what to do; exits 1 when one is an error."""

    help = "Check this installation; every finding has an id and says what to do."

    def handle(self, **_: Any) -> None:
        """Examine and report."""
        findings = examine()
        console = Console()
        for finding in findings:
            color = "red" if finding.level is Level.ERROR else "yellow"
            console.print(f"[{color}]{finding.id} {finding.level}[/{color}] {finding.message} {finding.hint}")
        errors = sum(finding.level is Level.ERROR for finding in findings)
        if errors:
            raise CommandError(f"{errors} of {len(findings)} findings must be mended.")
        self.stdout.write("Sound." if not findings else f"{len(findings)} to look at, nothing broken.")
