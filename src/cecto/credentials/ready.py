"""What `cecto init` does for credentials: freeze the issuer, make its first key, publish an empty status list."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from cecto.credentials import actions
from cecto.credentials.models import SigningKey
from cecto.credentials.queries import published_list
from cecto.credentials.signing import open_issuer_key
from cecto.foundation.journal.actor import Actor


@transaction.atomic
def make_ready_to_issue(*, by: Actor, at: datetime) -> str:
    """Bring issuer, key and list to where they can issue, and say in a line how it stands. Changes nothing twice."""
    try:
        issuer = actions.establish_issuer(
            address=settings.CECTO_URL, name=settings.CECTO_ISSUER_NAME, demo=settings.CECTO_DEMO, by=by, at=at
        )
    except actions.IssuerRefused as error:
        return f"No issuer yet, so nothing can be issued. {error}"
    if not SigningKey.objects.filter(retired_at=None).exists():
        actions.create_key(passphrase=settings.CECTO_KEY_PASSPHRASE, by=by, at=at)
    if published_list() is None:
        actions.publish_list(key=open_issuer_key(settings.CECTO_KEY_PASSPHRASE), by=by, at=at)
    return f"Issues as {issuer.did}"
