"""What `cecto doctor` looks at: each check finds nothing, or says what is wrong and what to do, under a lasting id."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cecto.attendance.models import Settlement
from cecto.certification.awards import idle_exceptions
from cecto.classes.models import Cohort
from cecto.credentials.keys import KeySealed
from cecto.credentials.letters.told import papers_that_told_more
from cecto.credentials.models import CredentialVersion, Issuer, PassphraseEscrow, SigningKey
from cecto.credentials.queries import listed_indexes, open_proposals, revoked_indexes, signed_with
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key
from cecto.foundation import clock, evidence
from cecto.foundation.append_only import missing_guards
from cecto.foundation.evidence.columns import needed_files
from cecto.foundation.journal.models import JournalEntry
from cecto.foundation.ui.words import hours
from cecto.ledger.models import Entry
from cecto.people.models import Role, RoleGrant
from cecto.programs.models import Definition

_ENOUGH_DISK = 500 * 1024 * 1024
_SAFE_SQLITE = (3, 51, 3)


class Level(StrEnum):
    """How bad a finding is: an error must be mended before people rely on the site."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: its lasting id, what it is, and what to do."""

    id: str
    level: Level
    message: str
    hint: str


def examine() -> list[Finding]:
    """Run every check, the ones that others stand on first; without tables only the first are run."""
    basic = [finding for check in _BASIC for finding in check()]
    if any(finding.id == "D02" for finding in basic):
        return basic
    return basic + [finding for check in _DEEPER for finding in check()]


def _home() -> Iterator[Finding]:
    mode = stat.S_IMODE(Path(settings.CECTO_HOME).stat().st_mode)
    if mode & 0o077:
        yield Finding("D01", Level.WARNING, f"{settings.CECTO_HOME} can be read by others.", "chmod 700 the folder.")
    secret = Path(settings.CECTO_HOME) / "secret_key"
    if secret.exists() and stat.S_IMODE(secret.stat().st_mode) & 0o077:
        yield Finding("D01", Level.ERROR, f"{secret} can be read by others.", "chmod 600 the file.")


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        message = f"The database lacks {len(waiting)} changes of this version."
        yield Finding("D02", Level.ERROR, message, "Run: cecto init")


def _sqlite() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    if sqlite3.sqlite_version_info < _SAFE_SQLITE:
        message = f"SQLite {sqlite3.sqlite_version} can lose writes when several processes write at once."
        yield Finding("D03", Level.ERROR, message, "Install the locked dependencies: they bring a newer SQLite.")
    with connection.cursor() as cursor:
        (answer,) = cursor.execute("PRAGMA quick_check").fetchone()
    if answer != "ok":
        yield Finding("D04", Level.ERROR, f"The database file is damaged: {answer}", "Restore the last backup.")


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.CECTO_HOME).free
    if free < _ENOUGH_DISK:
        yield Finding(
            "D05", Level.ERROR, f"Only {free // 1024**2} MB are free for {settings.CECTO_HOME}.", "Make room."
        )


def _guards() -> Iterator[Finding]:
    missing = missing_guards()
    if missing:
        message = f"The database would let rows be changed that only grow: {', '.join(missing)}."
        yield Finding("D06", Level.ERROR, message, "Run: cecto init")


def _definitions() -> Iterator[Finding]:
    for row in Definition.objects.all():
        if sha256(row.text.encode()).hexdigest() != row.sha256:
            message = f"The text of “{row}” is not the one that was published."
            yield Finding("D07", Level.ERROR, message, "Restore the last backup that holds it unchanged.")


def _evidence() -> Iterator[Finding]:
    """D08: every file that a declared column names is there, byte for byte; those of the erased are gone."""
    for column, digest in needed_files():
        wrong = _wrong_with(digest)
        if wrong:
            message = f"The file of a {column.called} ({digest[:12]}…) is {wrong}."
            yield Finding("D08", Level.ERROR, message, f"Restore {settings.CECTO_HOME}/evidence from a backup.")


def _wrong_with(digest: str) -> str:
    try:
        return "" if sha256(evidence.load(digest)).hexdigest() == digest else "changed"
    except FileNotFoundError:
        return "missing"


def _settlements() -> Iterator[Finding]:
    for settlement in Settlement.objects.filter(reopening=None).select_related("meeting"):
        if Entry.objects.filter(source=settlement.source, reversed_by__isnull=False).exists():
            message = f"{settlement} stands, but some of its ledger entries are taken back."
            yield Finding("D09", Level.ERROR, message, "Reopen the session with a reason and settle it again.")


def _issuer() -> Iterator[Finding]:
    try:
        open_issuer_key(settings.CECTO_KEY_PASSPHRASE)
    except (NotReadyToIssue, KeySealed) as error:
        yield Finding("D10", Level.WARNING, str(error), "Certificates cannot be issued until then.")
    issuer = Issuer.objects.first()
    if issuer and issuer.address != settings.CECTO_URL:
        message = f"Certificates name {issuer.address}, but the site is at {settings.CECTO_URL}."
        yield Finding("D11", Level.WARNING, message, "Serve the frozen address too: verifiers go there.")


def _status_list() -> Iterator[Finding]:
    revoked, listed = set(revoked_indexes()), listed_indexes()
    if CredentialVersion.objects.exists() and listed != revoked:
        told = "nothing" if listed is None else f"{len(revoked - listed)} too few, {len(listed - revoked)} too many"
        message = f"{len(revoked)} places in the list are revoked; the published one says {told}."
        yield Finding("D12", Level.ERROR, message, "Sign the list again with a new key: cecto key rotate")


def _lost_keys() -> Iterator[Finding]:
    for key in SigningKey.objects.filter(compromised_at__isnull=False):
        waiting = signed_with(key).count()
        if waiting:
            message = f"{waiting} certificates are genuine, but their key {key} is no longer trusted."
            yield Finding("D20", Level.ERROR, message, f"Sign them again: cecto key resign {key}")


def _restored() -> Iterator[Finding]:
    restored = JournalEntry.objects.filter(action="credentials.restore").order_by("-id").first()
    if restored and not JournalEntry.objects.filter(action="credentials.take-up", id__gt=restored.pk).exists():
        message = (
            f"This is a backup of {restored.detail['made_at']}, put back without what was published since: a "
            "revocation made since may be missing, and a code may be given out twice."
        )
        hint = (
            "Take up the newest copy of cecto export-public, or of what the site served: cecto restore --published DIR"
        )
        yield Finding("D21", Level.ERROR, message, hint)


def _under_review() -> Iterator[Finding]:
    waiting = open_proposals().count()
    if waiting:
        message = f"{waiting} certificates are under review: one person asked to revoke them."
        yield Finding("D22", Level.WARNING, message, "A second person decides: cecto revoke CODE --confirm --as EMAIL")


def _told_more() -> Iterator[Finding]:
    for cohort in Cohort.objects.select_related("program"):
        for one in papers_that_told_more(cohort, at=clock.now()):
            message = f"{one.name} told {hours(one.told)}; the record was corrected since: {hours(one.counted)} count."
            hint = "It stays as it was given. Give a new one to whoever holds it; correct or revoke a certificate."
            yield Finding("D23", Level.WARNING, message, hint)


def _idle_exceptions() -> Iterator[Finding]:
    for one in idle_exceptions(known_at=clock.now()):
        person = one.grant.enrollment.person.name
        message = f"The exception “{one.what}” for {person} changes nothing. {one.idle}"
        yield Finding("D24", Level.WARNING, message, "Revoke it on the person's record, or grant what was meant.")


def _administrator() -> Iterator[Finding]:
    if not RoleGrant.objects.filter(role=Role.ADMINISTRATOR, until=None).exists():
        message = "Nobody is administrator, so nobody can give people roles or offices."
        yield Finding("D13", Level.WARNING, message, "Name one: cecto grant --role administrator --email ADDRESS")


def _debug() -> Iterator[Finding]:
    if settings.DEBUG and not settings.CECTO_DEMO:
        yield Finding("D14", Level.ERROR, "CECTO_DEBUG is on: errors show code and data.", "Unset CECTO_DEBUG.")
    if os.environ.get("CECTO_NOW") and not settings.CECTO_DEMO:
        yield Finding("D15", Level.WARNING, "CECTO_NOW is set, and only the demo heeds it.", "Unset CECTO_NOW.")


def _escrow() -> Iterator[Finding]:
    if Issuer.objects.exists() and not settings.CECTO_DEMO and not PassphraseEscrow.objects.exists():
        message = "Nobody holds the passphrase of the signing keys in escrow: if it is lost, so are the keys."
        yield Finding("D16", Level.WARNING, message, "Make the sheets: cecto key escrow --out DIR")


def _mail() -> Iterator[Finding]:
    if settings.CECTO_DEMO:
        return
    hint = "Set CECTO_MAIL, like smtp+tls://user:password@smtp.example.org:587, then: cecto mail-test ADDRESS"
    if settings.CECTO_MAIL.folder:
        message = f"Mail is kept as {settings.CECTO_MAIL} and reaches nobody: nobody can sign in by code."
        yield Finding("D17", Level.ERROR, message, hint)
    elif settings.DEFAULT_FROM_EMAIL.endswith("@localhost>"):
        message = "Mail says it is from localhost, which other servers take for spam."
        yield Finding("D17", Level.WARNING, message, "Set CECTO_MAIL_FROM, like CeCTO program <cecto@example.org>.")


Check = Callable[[], Iterator[Finding]]
_BASIC: list[Check] = [_home, _migrations, _sqlite, _disk, _debug, _mail]
_DEEPER: list[Check] = [
    _guards,
    _definitions,
    _evidence,
    _settlements,
    _issuer,
    _status_list,
    _lost_keys,
    _restored,
    _under_review,
    _told_more,
    _idle_exceptions,
    _administrator,
    _escrow,
]
