"""Opaque keys: what addresses a row in a URL without saying anything about it."""

from __future__ import annotations

import re
import secrets


def new_key() -> str:
    """A fresh random key of 22 URL-safe characters (132 bits)."""
    return secrets.token_urlsafe(16)


def is_key(text: str) -> bool:
    """Whether a text has the form of a key, as browsers make them too."""
    return re.fullmatch(r"[A-Za-z0-9_-]{22}", text) is not None
