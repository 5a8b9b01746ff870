"""`cecto revoke CODE`: revoke a certificate, which takes two persons; or correct or reinstate it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cecto.credentials import actions, codes, queries
from cecto.credentials.keys import KeySealed
from cecto.credentials.models import CredentialVersion
from cecto.credentials.reasons import FOR_GOOD, UnknownReason
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key
from cecto.foundation import clock
from cecto.foundation.journal.actor import Actor
from cecto.people.acting import NotTheirs, acting_as
from cecto.people.viewer import Permission, Viewer

REFUSALS = (
    actions.CredentialRefused,
    queries.NoSuchCredential,
    UnknownReason,
    NotReadyToIssue,
    NotTheirs,
    KeySealed,
)
SAID = "The page and the status list say so from now on."


class Command(BaseCommand):
    """`cecto revoke CODE --reason R --as A`, then `--confirm --as B`; or `--drop`, `--correct`, `--reinstate`."""

    help = "Revoke a certificate for good (one person asks, another confirms), or correct or reinstate it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which certificate, what for, and who acts."""
        parser.add_argument("code", help="the code printed on the certificate")
        verb = parser.add_mutually_exclusive_group(required=True)
        verb.add_argument("--reason", choices=list(FOR_GOOD), help="ask to revoke it, and why")
        verb.add_argument("--confirm", action="store_true", help="confirm what another person asked")
        verb.add_argument("--drop", action="store_true", help="keep it valid, and drop what was asked")
        verb.add_argument("--correct", action="store_true", help="issue it again with the names as they are now")
        verb.add_argument("--reinstate", action="store_true", help="issue a revoked one again, as a new version")
        parser.add_argument("--wording", default="", help="what the public reads, instead of the reason’s own words")
        parser.add_argument("--as", dest="email", default="", metavar="EMAIL", help="who asks, confirms or drops")

    def handle(self, *, code: str, **options: Any) -> None:
        """Do it, and say what the public sees now."""
        try:
            version = queries.version_called(code)
            done = _anew if options["correct"] or options["reinstate"] else _decided
            self.stdout.write(done(version, **options))
        except REFUSALS as error:
            raise CommandError(str(error)) from error


def _anew(version: CredentialVersion, **options: Any) -> str:
    by, at, key = Actor.command("revoke"), clock.now(), open_issuer_key(settings.CECTO_KEY_PASSPHRASE)
    credential, code = version.credential, codes.printed(version.code)
    if options["correct"]:
        new = actions.correct(credential=credential, key=key, by=by, at=at, wording=options["wording"])
        return f"{code} was replaced by {codes.printed(new.code)} ({new.shown_name}).\n{SAID}"
    new = actions.reinstate(credential=credential, key=key, by=by, at=at)
    return f"{new.shown_name} has the certificate again, as {codes.printed(new.code)}.\n{SAID}"


def _decided(version: CredentialVersion, **options: Any) -> str:
    at, program = clock.now(), version.credential.decision.enrollment.cohort.program
    who = acting_as(options["email"], Permission.ISSUE, program_code=program.code, at=at)
    if options["reason"]:
        asked = {"reason": options["reason"], "wording": options["wording"]}
        actions.propose_revocation(version=version, **asked, person=who.someone, by=who.actor, at=at)
        if queries.decided_alone(version):
            return _confirmed(version, who)
        code = codes.printed(version.code)
        return f"{code} is under review. Next: another person runs: cecto revoke {code} --confirm --as EMAIL"
    return _confirmed(version, who) if options["confirm"] else _dropped(version, who)


def _confirmed(version: CredentialVersion, who: Viewer) -> str:
    key, at = open_issuer_key(settings.CECTO_KEY_PASSPHRASE), clock.now()
    proposal = queries.proposal_of(version)
    done = actions.confirm_revocation(proposal=proposal, person=who.someone, key=key, by=who.actor, at=at)
    return f"{codes.printed(version.code)} of {version.shown_name} is revoked: {done.wording}\n{SAID}"


def _dropped(version: CredentialVersion, who: Viewer) -> str:
    proposal = queries.proposal_of(version)
    actions.drop_revocation(proposal=proposal, person=who.someone, by=who.actor, at=clock.now())
    return f"{codes.printed(version.code)} stays valid."
