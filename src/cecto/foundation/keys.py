"""Opaque keys: what addresses a row in a URL without saying anything about it."""

from __future__ import annotations

import secrets


def new_key() -> str:
    """A fresh random key of 22 URL-safe characters (132 bits)."""
    return secrets.token_urlsafe(16)
