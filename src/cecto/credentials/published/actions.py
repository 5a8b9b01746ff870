"""Taking up a published copy: keys, revocations and what was issued since the backup, so that nothing is taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cecto.credentials import did
from cecto.credentials.models import (
    CredentialVersion,
    Issuer,
    PublishedList,
    Remembered,
    Revocation,
    SigningKey,
    TranscriptDocument,
    Unkept,
)
from cecto.credentials.published.folder import PublishedCopy
from cecto.credentials.reasons import REASONS
from cecto.credentials.register import take_turn
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor

REASON = "published"


@transaction.atomic
def note_restore(*, made_at: str, by: Actor, at: datetime) -> None:
    """Note that this installation is a backup put back: until a published copy is taken up, doctor asks for one.

    What was given out since the backup left no hash in it, so no file of its versions is told as changed without doubt.
    """
    issuer = Issuer.objects.first()
    last = CredentialVersion.objects.order_by("-pk").first()
    if last:
        Unkept.objects.create(last_version=last, reason=Unkept.RESTORE, noted_at=at)
    record("credentials.restore", by=by, at=at, subject=("issuer", issuer.did if issuer else ""), made_at=made_at)


@transaction.atomic
def take_up(*, copy: PublishedCopy, by: Actor, at: datetime) -> tuple[int, int]:
    """Take over what a published copy knows and this installation does not.

    Keys, published since or no longer trusted; revocations; and by their hashes the versions issued since. The list in
    it is the one served until a newer one is signed. Taking it up twice changes nothing.
    Returns how many certificates are revoked by it, and how many are known by their hash alone.
    """
    take_turn()
    _take_keys(copy, at)
    revoked = sum(_revoke(version, copy, by) for version in CredentialVersion.objects.filter(revocation=None))
    remembered = _remember(copy)
    _take_list(copy)
    subject = ("issuer", str(copy.did_document["id"]))
    record("credentials.take-up", by=by, at=at, subject=subject, revoked=revoked, remembered=remembered)
    return revoked, remembered


def _take_keys(copy: PublishedCopy, at: datetime) -> None:
    """Keys made since the backup are published still, though their private parts are lost; a lost key stays lost."""
    for entry in copy.did_document["verificationMethod"]:
        public = str(entry.get("publicKeyMultibase", ""))
        if not public:
            continue
        trusted = did.may_assert(copy.did_document, str(entry["id"]))
        row, _ = SigningKey.objects.get_or_create(
            public_multibase=public,
            defaults={"fragment": public, "encrypted_private": b"", "created_at": copy.valid_from, "retired_at": at},
        )
        if not trusted and row.compromised_at is None:
            row.compromised_at, row.retired_at = at, row.retired_at or at
            row.save(update_fields=["compromised_at", "retired_at"])


def _revoke(version: CredentialVersion, copy: PublishedCopy, by: Actor) -> bool:
    if not copy.revoked(version.status_index):
        return False
    state = next((one.state for one in copy.entries if one.sha256 == version.sha256), "revoked")
    Revocation.objects.create(
        version=version,
        reason=REASON,
        wording=REASONS[REASON],
        superseded=state == "superseded",
        revoked_at=copy.valid_from,
        revoked_by=by.key,
    )
    return True


def _remember(copy: PublishedCopy) -> int:
    own = {
        *CredentialVersion.objects.order_by().values_list("status_index", flat=True),
        *TranscriptDocument.objects.values_list("status_index", flat=True),
        *Remembered.objects.values_list("status_index", flat=True),
    }
    by_index = {one.index: one for one in copy.entries}
    lost = sorted(copy.used - own)
    for index in lost:
        entry = by_index.get(index)
        Remembered.objects.create(
            status_index=index,
            sha256=entry.sha256 if entry else "",
            entry=entry.name if entry else "",
            revoked=copy.revoked(index),
            published_at=copy.valid_from,
        )
    return sum(index in by_index for index in lost)


def _take_list(copy: PublishedCopy) -> None:
    last = PublishedList.objects.order_by("-signed_at").first()
    if last and last.signed_at >= copy.valid_from:
        return
    PublishedList.objects.create(
        document=copy.list_text,
        revoked=sum(copy.revoked(index) for index in copy.used),
        signing_key=SigningKey.objects.get(public_multibase=copy.list_key),
        signed_at=copy.valid_from,
    )
