"""The secret in a kiosk's link. We keep its SHA-256 only: whoever reads the database cannot open a kiosk with it."""

from __future__ import annotations

from hashlib import sha256

from cecto.foundation.keys import new_key


def new_token() -> str:
    """A fresh secret for a link: about 128 random bits, so that a plain hash hides it."""
    return new_key()


def hashed(token: str) -> str:
    """The secret as it is kept (hex)."""
    return sha256(token.encode()).hexdigest()
