"""`cecto verify FILE`: check a certificate's PDF or JSON in full, as a stranger's software would."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cecto.credentials import codes, queries, uploads, verifying
from cecto.credentials.signing import NotReadyToIssue
from cecto.credentials.verifying import Outcome, State
from cecto.foundation import clock


class Command(BaseCommand):
    """`cecto verify FILE`. Exit code 0 only for a valid one."""

    help = "Say whether a certificate (PDF or JSON) is real and still holds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="a certificate's PDF, or its JSON")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Print every check, then the state; refuse (exit code 1) all but the valid."""
        try:
            raw = file.read_bytes()
            outcome = _judged(raw)
            found = queries.found_by_file(raw, at=clock.now())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except (uploads.Unreadable, NotReadyToIssue) as error:
            raise CommandError(f"{file}: {error}.") from error
        self._tell(outcome, found)
        state = _state(outcome, found)
        if state is not State.VALID:
            raise CommandError(f"{file} is {state.value.replace('-', ' ')}. {found.sentence}")
        self.stdout.write(self.style.SUCCESS(f"{file} is valid."))

    def _tell(self, outcome: Outcome, found: queries.Found) -> None:
        for check in outcome.checks:
            mark = self.style.SUCCESS("yes") if check.passed else self.style.ERROR("no ")
            self.stdout.write(f"  {mark}  {check.name:10} {check.sentence}")
        if found.version:
            who, what = found.version.shown_name, found.version.certificate["title"]
            self.stdout.write(f"  {codes.printed(found.version.code)}: {who}, {what}")


def _judged(raw: bytes) -> Outcome:
    """What the file's own content shows. Raises uploads.Unreadable, NotReadyToIssue."""
    published, find_list, at = queries.did_document(), queries.find_list, clock.now()
    if uploads.is_token(raw):
        token = raw.decode("utf-8", "replace").strip()
        return verifying.verify_token(token, did_document=published, find_list=find_list, at=at)
    document = uploads.read_document(raw)
    return verifying.verify(document, did_document=published, find_list=find_list, at=at)


def _state(outcome: Outcome, found: queries.Found) -> State:
    """What the file's own content shows; the registry adds that a revoked version has a successor."""
    superseded = outcome.state is State.REVOKED and found.state is State.SUPERSEDED
    return State.SUPERSEDED if superseded else outcome.state
