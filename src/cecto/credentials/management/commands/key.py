"""`cecto key`: the issuer's signing keys."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from cecto.credentials import actions
from cecto.credentials.keys import KeySealed
from cecto.credentials.models import CredentialVersion, SigningKey
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key, the_issuer
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor


class Command(BaseCommand):
    """`cecto key list | rotate | compromised KEY`."""

    help = "List the signing keys, start a new one, or stop vouching for a stolen one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do."""
        parser.add_argument("verb", choices=["list", "rotate", "compromised"])
        parser.add_argument("key", nargs="?", default="", help="the key, or its first letters")

    def handle(self, *, verb: str, key: str, **options: Any) -> None:
        """Do it and list the keys."""
        try:
            issuer = the_issuer()
            if verb == "rotate":
                self._rotate()
            elif verb == "compromised":
                self._compromise(key)
        except (NotReadyToIssue, KeySealed) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{issuer.did} ({issuer.name})")
        _print()

    def _rotate(self) -> None:
        by, at = Actor.command("key"), clock.now()
        actions.create_key(passphrase=settings.CECTO_KEY_PASSPHRASE, by=by, at=at)
        actions.publish_list(key=open_issuer_key(settings.CECTO_KEY_PASSPHRASE), by=by, at=at)

    def _compromise(self, word: str) -> None:
        found = list(SigningKey.objects.filter(public_multibase__startswith=word)) if word else []
        if len(found) != 1:
            raise CommandError(f"{len(found)} keys start with “{word}”. See them: cecto key list")
        actions.mark_compromised(key=found[0], by=Actor.command("key"), at=clock.now())
        self._rotate()
        signed = CredentialVersion.objects.filter(signing_key=found[0], revocation=None).count()
        self.stdout.write(
            f"{signed} certificates were signed with it. Give each a new version: cecto revoke CODE --correct"
        )


def _print() -> None:
    table = Table("Key", "Since", "State", "Signed", box=None, header_style="bold")
    for row in SigningKey.objects.all():
        signed = CredentialVersion.objects.filter(signing_key=row).count()
        table.add_row(row.public_multibase, f"{row.created_at:%Y-%m-%d}", _state(row), str(signed))
    Console().print(table)


def _state(row: SigningKey) -> str:
    if row.compromised_at:
        return f"compromised {row.compromised_at:%Y-%m-%d}"
    return f"retired {row.retired_at:%Y-%m-%d}, still published" if row.retired_at else "in use"
