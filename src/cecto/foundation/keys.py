"""Opaque keys: what addresses a row in a URL without saying anything about it."""

from __future__ import annotations

import re
import secrets


def new_key() -> str:
    """A fresh random key of 22 URL-safe characters (about 128 bits).

    It never begins with a hyphen: a command line would take it for an option.
    """
    while (key := secrets.token_urlsafe(16)).startswith("-"):
        pass
    return key


def is_key(text: str) -> bool:
    """Whether a text has the form of a key, as browsers make them too."""
    return re.fullmatch(r"[A-Za-z0-9_-]{22}", text) is not None
