"""`cecto revoke CODE`: revoke a certificate, or correct or reinstate it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cecto.credentials import actions, codes, queries
from cecto.credentials.keys import KeySealed
from cecto.credentials.models import CredentialVersion
from cecto.credentials.reasons import REASONS, UnknownReason
from cecto.credentials.signing import IssuerKey, NotReadyToIssue, open_issuer_key
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor

REFUSALS = (
    actions.CredentialRefused,
    queries.NoSuchCredential,
    UnknownReason,
    NotReadyToIssue,
    KeySealed,
)


class Command(BaseCommand):
    """`cecto revoke CODE --reason R [--wording W] | --correct | --reinstate`."""

    help = "Revoke a certificate for good, or replace it with a corrected or reinstated version."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which certificate, and what for."""
        parser.add_argument("code", help="the code printed on the certificate")
        verb = parser.add_mutually_exclusive_group(required=True)
        verb.add_argument("--reason", choices=list(REASONS), help="why it is revoked")
        verb.add_argument("--correct", action="store_true", help="issue it anew with the person's name as it is now")
        verb.add_argument("--reinstate", action="store_true", help="issue a revoked one again, as a new version")
        parser.add_argument("--wording", default="", help="what the public reads, instead of the reason's own words")

    def handle(self, *, code: str, **options: Any) -> None:
        """Do it, and say what the public sees now."""
        try:
            version = queries.version_called(code)
            key = open_issuer_key(settings.CECTO_KEY_PASSPHRASE)
            self.stdout.write(_done(version, key, **options))
        except REFUSALS as error:
            raise CommandError(str(error)) from error
        self.stdout.write("The page and the status list say so from now on.")


def _done(version: CredentialVersion, key: IssuerKey, **options: Any) -> str:
    by, at = Actor.command("revoke"), clock.now()
    credential, code = version.credential, codes.printed(version.code)
    if options["correct"]:
        new = actions.correct(credential=credential, key=key, by=by, at=at, wording=options["wording"])
        return f"{code} is superseded by {codes.printed(new.code)}, in the name of {new.shown_name}."
    if options["reinstate"]:
        new = actions.reinstate(credential=credential, key=key, by=by, at=at)
        return f"{new.shown_name} holds the credential again, as {codes.printed(new.code)}."
    revocation = actions.revoke(
        version=version, reason=options["reason"], wording=options["wording"], key=key, by=by, at=at
    )
    return f"{code} of {version.shown_name} is revoked: {revocation.wording}"
