"""The offers to wallets that stand."""

from __future__ import annotations

import hashlib
from datetime import datetime

from cecto.credentials.models import WalletOffer
from cecto.credentials.queries import versions


class NoSuchOffer(Exception):
    """No offer stands at that address: there never was one, it was taken, it is over, or its version was revoked."""


def hashed(secret: str) -> str:
    """Return the form in which a secret is kept: the hex SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_offer(secret: str, *, at: datetime) -> WalletOffer:
    """The offer with that secret that nobody took yet, of a version that holds. Raises NoSuchOffer."""
    found = WalletOffer.objects.filter(secret_sha256=hashed(secret), handed_at=None, expires_at__gt=at).first()
    if found is None:
        raise NoSuchOffer
    version = versions().filter(pk=found.version_id, revocation=None).first()
    if version is None:
        raise NoSuchOffer
    found.version = version
    return found
