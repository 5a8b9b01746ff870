"""`cecto key`: the issuer's signing keys."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cecto.credentials import actions
from cecto.credentials.escrow import EscrowRefused
from cecto.credentials.keys import KeySealed
from cecto.credentials.models import CredentialVersion, Issuer, SigningKey
from cecto.credentials.queries import signed_with
from cecto.credentials.sheets import sheet
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key, the_issuer
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor

REFUSALS = (NotReadyToIssue, KeySealed, EscrowRefused, actions.IssuerRefused, actions.CredentialRefused)


class Command(BaseCommand):
    """`cecto key list | rotate | compromised KEY | escrow --out DIR | recover | outside KEY | resign KEY`."""

    help = "List the signing keys, start a new one, stop vouching for a stolen one; put the passphrase into escrow."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do."""
        parser.add_argument("verb", choices=["list", "rotate", "compromised", "escrow", "recover", "outside", "resign"])
        parser.add_argument(
            "key", nargs="?", default="", help="compromised, resign: the key, or its first letters; outside: the key"
        )
        parser.add_argument("--out", type=Path, metavar="DIR", help="escrow: where the three sheets are written")

    def handle(self, *, verb: str, key: str, out: Path | None, **options: Any) -> None:
        """Do it and list the keys."""
        try:
            issuer = the_issuer()
            if verb == "rotate":
                self._rotate()
            elif verb == "compromised":
                self._compromise(key)
            elif verb == "resign":
                self._resign(key)
            elif verb == "outside":
                self._outside(key)
            elif verb == "escrow":
                self._escrow(issuer, out)
            elif verb == "recover":
                return self._recover()
        except REFUSALS as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{issuer.did} ({issuer.name})")
        self.stdout.write("\n".join(_lines()))
        return None

    def _escrow(self, issuer: Issuer, out: Path | None) -> None:
        if out is None:
            raise CommandError("Say where the sheets go: --out DIR, a folder that only you can read.")
        at = clock.now()
        sheets = actions.escrow_passphrase(passphrase=settings.CECTO_KEY_PASSPHRASE, by=Actor.command("key"), at=at)
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        for number, words in enumerate(sheets, start=1):
            path = out / f"sheet-{number}.txt"
            path.touch(mode=0o600)
            path.write_text(sheet(words, number=number, issuer=issuer.name, did=issuer.did, at=at))
        self.stdout.write(f"{len(sheets)} sheets written to {out}. Print each once, try two of them with")
        self.stdout.write("  cecto key recover")
        self.stdout.write("then delete the files, and give each sheet to another person. Any two open the keys.")

    def _recover(self) -> None:
        sheets = [self._typed(which) for which in ("first", "second")]
        found = actions.recover_passphrase(sheets=sheets, by=Actor.command("key"), at=clock.now())
        self.stdout.write("The passphrase:")
        self.stdout.write(found)
        self.stdout.write("Next: set it as CECTO_KEY_PASSPHRASE, then: cecto doctor")

    def _typed(self, which: str) -> str:
        self.stderr.write(f"The twenty words of the {which} sheet, in one line, then Enter:")
        return sys.stdin.readline()

    def _rotate(self) -> None:
        by, at = Actor.command("key"), clock.now()
        actions.create_key(passphrase=settings.CECTO_KEY_PASSPHRASE, by=by, at=at)
        actions.publish_list(key=open_issuer_key(settings.CECTO_KEY_PASSPHRASE), by=by, at=at)

    @transaction.atomic
    def _outside(self, multikey: str) -> None:
        """Nothing changes unless the program signs the status list with that key."""
        by, at = Actor.command("key"), clock.now()
        actions.use_outside_key(multikey=multikey, by=by, at=at)
        actions.publish_list(key=open_issuer_key(settings.CECTO_KEY_PASSPHRASE), by=by, at=at)

    def _compromise(self, word: str) -> None:
        found = _key(word)
        actions.mark_compromised(key=found, by=Actor.command("key"), at=clock.now())
        self._rotate()
        signed = signed_with(found).count()
        self.stdout.write(f"{signed} certificates that hold were signed with it. Next: cecto key resign {word}")

    def _resign(self, word: str) -> None:
        """A new version of every certificate signed with a key, told to the public by the words for a lost key."""
        key = open_issuer_key(settings.CECTO_KEY_PASSPHRASE)
        by, found = Actor.command("key"), _key(word)
        if found == key.row:
            raise CommandError("That key is in use. Start a new one first: cecto key rotate, or cecto key compromised")
        for version in list(signed_with(found)):
            actions.sign_again(credential=version.credential, key=key, by=by, at=clock.now())
            self.stdout.write(f"{version.printed_code} has a new version.")
        self.stdout.write("Next: tell the holders to download theirs again.")


def _key(word: str) -> SigningKey:
    found = list(SigningKey.objects.filter(public_multibase__startswith=word)) if word else []
    if len(found) != 1:
        raise CommandError(f"{len(found)} keys start with “{word}”. See them: cecto key list")
    return found[0]


def _lines() -> Iterator[str]:
    """One line per key, the oldest first."""
    for row in SigningKey.objects.all():
        signed = CredentialVersion.objects.filter(signing_key=row).count()
        yield f"{row.public_multibase}  since {row.created_at:%Y-%m-%d}  {_state(row)}; signed {signed}"


def _state(row: SigningKey) -> str:
    if row.compromised_at:
        return f"compromised {row.compromised_at:%Y-%m-%d}"
    return f"retired {row.retired_at:%Y-%m-%d}, still published" if row.retired_at else "in use"
