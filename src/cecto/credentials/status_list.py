"""The revocation list: one bit per signed version (W3C Bitstring Status List 1.0).

The list has 131,072 entries whatever the number issued, and an index is drawn at random, so that neither an index nor
the list tells how many awards there are or who was next to whom. It has no `validUntil`: a list that a dead server
can no longer renew must not turn good certificates bad.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import secrets
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from cecto.credentials.canonical import JSON
from cecto.credentials.contexts import CREDENTIALS_V2
from cecto.credentials.proofs import timestamp

ENTRIES = 131_072
LIST_BYTES = ENTRIES // 8
LONGEST_ENCODED = 64 * 1024
DRAWS = 20


class ListUnreadable(ValueError):
    """The status list is not one that says anything about this credential."""


class ListFull(Exception):
    """Every index of the list is taken: start a new list."""


class Taken(Protocol):
    """The indexes in use: how many, and whether one of them is."""

    def __len__(self) -> int: ...

    def __contains__(self, index: object, /) -> bool: ...


def draw_index(taken: Taken) -> int:
    """Draw a free index at random. Raises ListFull."""
    while True:
        # Counting them reads every one, so it is left until drawing in vain makes a full list likely.
        for _ in range(DRAWS):
            if (index := secrets.randbelow(ENTRIES)) not in taken:
                return index
        if len(taken) >= ENTRIES:
            raise ListFull(f"all {ENTRIES} indexes of the status list are taken")


def encode(revoked: Iterable[int]) -> str:
    """Return the list as multibase base64url (`u…`) of its gzip; index 0 is the leftmost bit. Same input, same text."""
    bits = bytearray(LIST_BYTES)
    for index in revoked:
        if not 0 <= index < ENTRIES:
            raise ListUnreadable(f"index {index} is outside the list of {ENTRIES}")
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")


def decode(encoded: str) -> bytes:
    """Return the list's bits, never expanding past its fixed size. Raises ListUnreadable."""
    if not encoded.startswith("u") or len(encoded) > LONGEST_ENCODED:
        raise ListUnreadable("the status list is not base64url, or is longer than any list of ours")
    try:
        packed = base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4))
        bits = zlib.decompressobj(wbits=31).decompress(packed, LIST_BYTES + 1)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise ListUnreadable(f"the status list cannot be unpacked: {error}") from error
    if len(bits) != LIST_BYTES:
        raise ListUnreadable(f"the status list does not have {ENTRIES} entries")
    return bits


def is_set(bits: bytes, index: int) -> bool:
    """Say whether the bit at the index is set. Raises ListUnreadable outside the list."""
    if not 0 <= index < len(bits) * 8:
        raise ListUnreadable(f"index {index} is outside the status list")
    return bool(bits[index // 8] & (0x80 >> index % 8))


def indexes_in(bits: bytes) -> set[int]:
    """The indexes whose bits are set."""
    places = ((place, byte) for place, byte in enumerate(bits) if byte)
    return {place * 8 + offset for place, byte in places for offset in range(8) if byte & (0x80 >> offset)}


def entry(list_url: str, index: int) -> JSON:
    """Build a credential's `credentialStatus`."""
    return {
        "type": "BitstringStatusListEntry",
        "id": f"{list_url}#{index}",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": list_url,
    }


def build(list_url: str, *, issuer: str, revoked: Iterable[int], valid_from: datetime) -> JSON:
    """Build the unsigned BitstringStatusListCredential."""
    return {
        "@context": [CREDENTIALS_V2],
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "id": list_url,
        "issuer": issuer,
        "validFrom": timestamp(valid_from),
        "credentialSubject": {
            "type": "BitstringStatusList",
            "id": f"{list_url}#list",
            "statusPurpose": "revocation",
            "encodedList": encode(revoked),
        },
    }
