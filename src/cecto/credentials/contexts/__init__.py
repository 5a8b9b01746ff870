"""The JSON-LD contexts we sign with, pinned by SHA-256 and shipped in the package; none is ever fetched.

Sources: W3C VC Data Model 2.0 and its examples, W3C DID 1.0, 1EdTech Open Badges 3.0.3 and CLR 2.0.1.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
DID_V1 = "https://www.w3.org/ns/did/v1"

PINNED: dict[str, tuple[str, str]] = {
    CREDENTIALS_V2: ("credentials-v2.json", "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"),
    "https://www.w3.org/ns/credentials/examples/v2": (
        "credentials-examples-v2.json",
        "57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c",
    ),
    DID_V1: ("did-v1.json", "adefa50311393eb1bd788a38ac9fe2696c65367928f6996812cd54577394f4da"),
    OPEN_BADGES: ("ob-3.0.3.json", "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84"),
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": (
        "ob-extensions.json",
        "146f85aa16effd7ca1da8056eb443f53ce1eca8a34186cb062832c0a97d889c3",
    ),
    CLR: ("clr-2.0.1.json", "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6"),
}


class UnknownContext(Exception):
    """A document names a context that is not one of the pinned ones."""


class ContextChanged(Exception):
    """A shipped context file is not the one that was pinned."""


def raw(url: str) -> bytes:
    """Return the bytes of a pinned context. Raises UnknownContext, or ContextChanged if the file was altered."""
    if url not in PINNED:
        raise UnknownContext(f"the context {url} is not one this program knows, and contexts are never fetched")
    name, digest = PINNED[url]
    content = files(__package__).joinpath(name).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise ContextChanged(f"{name} in the installed package was changed: reinstall cecto")
    return content


@cache
def _parsed(url: str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(raw(url))
    return parsed


def load(url: str, _options: object = None) -> dict[str, Any]:
    """Document loader in pyld's form that only knows the pinned contexts. Raises UnknownContext."""
    return {
        "contextUrl": None,
        "documentUrl": url,
        "document": _parsed(url),
        "contentType": "application/ld+json",
        "tag": "static",
    }
