"""Ed25519 public keys as Multikey text, and the multibase encodings around them.

Standards: Controlled Identifiers 1.0 §2.2.2 (Multikey) and §2.4 (multibase: base-58-btc with the header `z`).
"""

from __future__ import annotations

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
DIGITS = {symbol: value for value, symbol in enumerate(ALPHABET)}
ED25519_PUBLIC = b"\xed\x01"
ED25519_LENGTH = 32
LONGEST_TEXT = 256
# RFC 8032 §5.1: coordinates are below this prime, so each point has one encoding.
PRIME = 2**255 - 19
# The y of every point of order 1, 2, 4 and 8: under such a key, signatures that nobody made hold.
_OF_ORDER_8 = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
WEAK = frozenset({0, 1, PRIME - 1, _OF_ORDER_8, PRIME - _OF_ORDER_8})


class MalformedKey(ValueError):
    """The text is not a multibase value, or not an Ed25519 public key."""


def base58_encode(raw: bytes) -> str:
    """Write bytes as base-58-btc, each leading zero byte as one `1`."""
    number = int.from_bytes(raw, "big")
    symbols = ""
    while number:
        number, digit = divmod(number, 58)
        symbols = ALPHABET[digit] + symbols
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + symbols


def base58_decode(text: str) -> bytes:
    """Read base-58-btc. Raises MalformedKey at a symbol outside the alphabet or beyond 256 symbols."""
    if len(text) > LONGEST_TEXT:
        raise MalformedKey(f"a base58 value of {len(text)} symbols is longer than any key or signature")
    number = 0
    for symbol in text:
        if symbol not in DIGITS:
            raise MalformedKey(f"{symbol!r} is not a base58 symbol")
        number = number * 58 + DIGITS[symbol]
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def multibase_encode(raw: bytes) -> str:
    """Write bytes as multibase base-58-btc (`z…`)."""
    return "z" + base58_encode(raw)


def multibase_decode(text: str) -> bytes:
    """Read multibase base-58-btc. Raises MalformedKey for any other base."""
    if not text.startswith("z"):
        raise MalformedKey("a multibase value in base-58-btc starts with 'z'")
    return base58_decode(text[1:])


def encode_public(public_key: bytes) -> str:
    """Write a 32-byte Ed25519 public key as Multikey text (`z6Mk…`)."""
    if len(public_key) != ED25519_LENGTH:
        raise MalformedKey(f"an Ed25519 public key has 32 bytes, not {len(public_key)}")
    return multibase_encode(ED25519_PUBLIC + public_key)


def decode_public(text: str) -> bytes:
    """Read Multikey text to the 32 bytes of an Ed25519 public key.

    Raises MalformedKey, for a second encoding of a point too, and for one of the eight under which anything is signed.
    """
    raw = multibase_decode(text)
    if raw[:2] != ED25519_PUBLIC or len(raw) != ED25519_LENGTH + 2:
        raise MalformedKey("the Multikey does not hold an Ed25519 public key")
    y = int.from_bytes(raw[2:], "little") & (2**255 - 1)
    if y >= PRIME or y in WEAK:
        raise MalformedKey("the Multikey holds a point that is no key")
    return raw[2:]
