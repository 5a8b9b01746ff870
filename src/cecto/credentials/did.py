"""The issuer's identity: a `did:web` of the installation's own address (W3C CCG did:web method).

A key's fragment is its own Multikey text, so a verification method can never come to mean another key. Retired keys
stay listed, or what they signed could not be checked; a compromised key is taken out of `assertionMethod`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from cecto.credentials.canonical import JSON
from cecto.credentials.contexts import DID_V1
from cecto.credentials.multikey import MalformedKey, decode_public

MULTIKEY_V1 = "https://w3id.org/security/multikey/v1"
JWK_V1 = "https://w3id.org/security/jwk/v1"


class NotAnIssuer(ValueError):
    """The address cannot be an issuer's, or the DID document cannot be read."""


def from_address(base_url: str) -> str:
    """Name the issuer at a base URL: `https://a.example:8000/x` is `did:web:a.example%3A8000:x`."""
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotAnIssuer(f"{base_url!r} is not a web address with a host name")
    path = [quote(part, safe="") for part in parts.path.split("/") if part]
    return ":".join(["did:web", quote(parts.netloc.rpartition("@")[2].lower(), safe="-._"), *path])


def document_url(did: str) -> str:
    """Say where the DID's document is served. Raises NotAnIssuer for another DID method."""
    if not did.startswith("did:web:"):
        raise NotAnIssuer(f"{did!r} is not a did:web")
    host, *path = [unquote(part) for part in did.removeprefix("did:web:").split(":")]
    return "/".join([f"https://{host}", *(path or [".well-known"]), "did.json"])


def method_of(did: str, multikey: str) -> str:
    """Return the DID URL of a key."""
    return f"{did}#{multikey}"


def document(
    did: str,
    multikeys: Iterable[str],
    *,
    jwks: Mapping[str, JSON] = MappingProxyType({}),
    compromised: Iterable[str] = (),
) -> JSON:
    """Build did.json for every key the issuer ever had, oldest first; compromised ones no longer assert.

    `jwks` are the keys that sign tokens, by their thumbprint (RFC 7638).
    """
    listed, barred = list(multikeys), set(compromised)
    return {
        "@context": [DID_V1, MULTIKEY_V1, *([JWK_V1] if jwks else [])],
        "id": did,
        "verificationMethod": [
            *(_method(did, key) for key in listed),
            *(_jwk_method(did, kid, jwk) for kid, jwk in jwks.items()),
        ],
        "assertionMethod": [method_of(did, key) for key in [*listed, *jwks] if key not in barred],
    }


def _method(did: str, multikey: str) -> dict[str, str]:
    decode_public(multikey)
    return {"id": method_of(did, multikey), "type": "Multikey", "controller": did, "publicKeyMultibase": multikey}


def _jwk_method(did: str, kid: str, jwk: JSON) -> JSON:
    return {"id": method_of(did, kid), "type": "JsonWebKey", "controller": did, "publicKeyJwk": jwk}


def may_assert(did_document: JSON, method: str) -> bool:
    """Whether the document still vouches for what a method signs: a compromised key stays listed, but does not."""
    return method in _texts(did_document.get("assertionMethod"))


def find_jwk(did_document: JSON, method: str, *, trusted: bool = True) -> JSON | None:
    """Return the JSON Web Key of a method that the document lists, controlled by its own subject.

    Only of one that may assert, unless `trusted` is False.
    """
    entry = _listed(did_document, method, trusted=trusted)
    jwk = entry.get("publicKeyJwk") if entry and entry.get("type") == "JsonWebKey" else None
    return jwk if isinstance(jwk, dict) else None


def find_key(did_document: JSON, method: str, *, trusted: bool = True) -> bytes | None:
    """Return the public key of a method that the document lists, controlled by its own subject.

    Only of one that may assert, unless `trusted` is False.
    """
    entry = _listed(did_document, method, trusted=trusted)
    if entry is None or entry.get("type") != "Multikey":
        return None
    try:
        return decode_public(str(entry.get("publicKeyMultibase")))
    except MalformedKey:
        return None


def _listed(did_document: JSON, method: str, *, trusted: bool) -> JSON | None:
    """The entry of a method that is the subject's own, and may assert if it is to be trusted."""
    if trusted and not may_assert(did_document, method):
        return None
    for entry in did_document.get("verificationMethod") or ():
        if isinstance(entry, dict) and entry.get("id") == method:
            own = entry.get("controller") == did_document.get("id") and "revoked" not in entry
            return entry if own else None
    return None


def _texts(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
