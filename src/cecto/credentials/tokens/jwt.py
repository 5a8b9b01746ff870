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
from joserfc.util import to_bytes, urlsafe_b64decode, urlsafe_b64encode

from cecto.credentials.canonical import JSON

ALGORITHM = "ES256"
# Open Badges 3.0 §8.2.4.1 wants `typ` to be JWT where there is one, VC-JOSE-COSE §3.1.1 vc+jwt: without it, both hold.
HEADER = frozenset({"alg", "kid"})
# Tokens made before this form was chosen.
FORMER = {"alg": ALGORITHM, "typ": "vc+jwt"}
LONGEST = 64 * 1024
# The order of P-256 (FIPS 186-5). Of the two signatures (r, s) and (r, -s) only the one with the lower s is ours.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


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
    protected = {"alg": ALGORITHM, "kid": kid}
    signed, _, signature = jws.serialize_compact(protected, payload, key, algorithms=[ALGORITHM]).rpartition(".")
    raw = urlsafe_b64decode(to_bytes(signature))
    s = int.from_bytes(raw[32:])
    lower = raw[:32] + min(s, ORDER - s).to_bytes(32)
    return f"{signed}.{urlsafe_b64encode(lower).decode()}"


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
    is_former = header == {**FORMER, "kid": header.get("kid")}
    if not is_former and (header.get("alg") != ALGORITHM or set(header) != HEADER):
        raise TokenRefused("its header is not one that we sign under")
    if not _is_only_form(token, is_former=is_former):
        raise TokenRefused("its signature is written in another way than we write it")
    key = find_key(str(header["kid"]))
    if key is None:
        raise TokenRefused(f"the issuer does not list the key {ascii(header['kid'])[:200]}")
    try:
        return jws.deserialize_compact(token, key, algorithms=[ALGORITHM]).payload
    except (JoseError, ValueError) as error:
        raise TokenRefused("the signature is not over this content: something was changed after signing") from error


def _is_only_form(token: str, *, is_former: bool) -> bool:
    """Whether a signature is written as it is when nobody has turned it into another that holds as well."""
    written = token.rpartition(".")[2]
    try:
        raw = urlsafe_b64decode(to_bytes(written))
    except ValueError:
        return False
    return urlsafe_b64encode(raw).decode() == written and (is_former or int.from_bytes(raw[32:]) <= ORDER // 2)


def _seconds(written: str) -> int:
    return int(datetime.fromisoformat(written).timestamp())
