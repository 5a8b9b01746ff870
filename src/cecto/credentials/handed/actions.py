"""The one write of this folder: a file leaves its hash as it leaves the house."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from cecto.credentials.models import HandedOut
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor


@transaction.atomic
def hand_out(*, code: str, form: str, renderer: str, content: bytes, by: Actor, at: datetime) -> bytes:
    """Return a file of the certificate or paper with that code, after noting its hash; the same file is noted once."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not HandedOut.objects.filter(sha256=sha256).exists():
        named = {"code": code, "form": form, "renderer": renderer}
        _, new = HandedOut.objects.get_or_create(sha256=sha256, defaults={**named, "handed_at": at})
        if new:
            record("credentials.hand-out", by=by, at=at, subject=("code", code), form=form, sha256=sha256)
    return content
