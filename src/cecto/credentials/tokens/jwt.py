"""A credential as a signed token: JSON Web Token proof of Open Badges 3.0 (§8.2), payload as in W3C VC-JOSE-COSE.

Only ES256 is made and read. The key is the one that the issuer's DID document lists under the token's `kid`: what a
token says of its own algorithm or key is never followed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from joserfc.util import to_bytes

from cecto.credentials.canonical import JSON

ALGORITHM = "ES256"
HEADER = frozenset({"alg", "typ", "kid"})
LONGEST = 64 * 1024


class TokenRefused(ValueError):
    """The token is none of this issuer's; the message says why."""


def claims_of(document: JSON) -> JSON:
    """The payload for a signed credential: its content without the proof, and the registered claims that repeat it."""
    payload: dict[str, Any] = {name: value for name, value in document.items() if name != "proof"}
    payload |= {"iss": document["issuer"]["id"], "jti": document["id"], "nbf": _seconds(document["validFrom"])}
    if "validUntil" in document:
        payload["exp"] = _seconds(document["validUntil"])
    return payload


def sign_token(payload: bytes, *, key: ECKey, kid: str) -> str:
    """The compact token of a JSON payload under a P-256 key; `kid` is the DID URL under which the key is published."""
    protected = {"alg": ALGORITHM, "typ": "vc+jwt", "kid": kid}
    return jws.serialize_compact(protected, payload, key, algorithms=[ALGORITHM])


def read_token(token: str, find_key: Callable[[str], ECKey | None]) -> bytes:
    """The payload of a token whose signature holds.

    `find_key` gives the P-256 key of a DID URL that the issuer lists for assertions, or None. Raises TokenRefused.
    """
    if len(token) > LONGEST:
        raise TokenRefused(f"it has {len(token):,} characters; a token has at most {LONGEST:,}")
    try:
        found = jws.extract_compact(to_bytes(token))
        header = found.headers()
    except (JoseError, ValueError, RecursionError) as error:
        raise TokenRefused("it is not a token") from error
    if header.get("alg") != ALGORITHM or set(header) != HEADER:
        raise TokenRefused("its header is not one that we sign under")
    key = find_key(str(header["kid"]))
    if key is None:
        raise TokenRefused(f"the issuer does not list the key {ascii(header['kid'])[:200]}")
    try:
        return jws.deserialize_compact(token, key, algorithms=[ALGORITHM]).payload
    except (JoseError, ValueError) as error:
        raise TokenRefused("the signature is not over this content: something was changed after signing") from error


def _seconds(written: str) -> int:
    return int(datetime.fromisoformat(written).timestamp())
