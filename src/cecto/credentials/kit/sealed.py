"""What a code opens: entries that are found and read by those who have the code, and by nobody who has not.

The file's name and its key are outputs of PBKDF2 (RFC 8018) over the code, so that trying all 2^50 codes is beyond
anybody; its body is AES-128-GCM (NIST SP 800-38D). Plain Python, reading only: the export seals with a library.
"""

# ruff: noqa: B905 - it runs on older Pythons than the program
from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import unquote

ITERATIONS = 600_000
NONCE, TAG = 12, 16
# What keyboards in Japan and China write for a dash, though it is a letter.
DASH_LETTERS = "\u30fc\u4e00"
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


class NotOpened(Exception):
    """The entry was changed, or is another code's."""


def code_in(typed: str) -> str:
    """The code in what a person typed: with any dashes, in any case, or the whole address of its page."""
    named = re.search(r"/verify/([^/?#]+)", typed, re.IGNORECASE)
    text = unicodedata.normalize("NFKC", unquote(named[1]) if named else typed).upper()
    return "".join(one for one in text if one.isalnum() and one not in DASH_LETTERS).translate(LOOK_ALIKES)


def name_and_key(code: str, salt: str) -> tuple[str, bytes]:
    """The file name of a code's entry, and the key that opens it."""
    derived = hashlib.pbkdf2_hmac("sha256", code.encode(), salt.encode(), ITERATIONS, 32)
    return derived[:16].hex(), derived[16:]


# --- AES-128 (FIPS 197), encryption only, and GCM over it ------------------------------------------------------------


def _doubled(byte: int) -> int:
    return (byte << 1) ^ (0x11B if byte & 0x80 else 0)


def _sbox() -> list[int]:
    powers, byte = [0] * 256, 1
    for exponent in range(255):
        powers[exponent] = byte
        byte = _doubled(byte) ^ byte
    logs = {power: exponent for exponent, power in enumerate(powers[:255])}
    box = []
    for value in range(256):
        inverse = powers[(255 - logs[value]) % 255] if value else 0
        turned = inverse
        for shift in (1, 2, 3, 4):
            turned ^= (inverse << shift | inverse >> 8 - shift) & 0xFF
        box.append(turned ^ 0x63)
    return box


SBOX = _sbox()


def _round_keys(key: bytes) -> list[bytes]:
    words, constant = [key[start : start + 4] for start in range(0, 16, 4)], 1
    while len(words) < 44:
        word = words[-1]
        if len(words) % 4 == 0:
            word = bytes(SBOX[byte] for byte in word[1:] + word[:1])
            word = bytes([word[0] ^ constant]) + word[1:]
            constant = _doubled(constant)
        words.append(bytes(a ^ b for a, b in zip(words[-4], word)))
    return [b"".join(words[start : start + 4]) for start in range(0, 44, 4)]


def _mixed(column: bytes) -> bytes:
    a, b, c, d = column
    total = a ^ b ^ c ^ d
    pairs = ((a, b), (b, c), (c, d), (d, a))
    return bytes(one ^ total ^ _doubled(one ^ other) for one, other in pairs)


def _encrypted(block: bytes, keys: list[bytes]) -> bytes:
    state = bytes(a ^ b for a, b in zip(block, keys[0]))
    for number, key in enumerate(keys[1:], start=1):
        state = bytes(SBOX[state[(at + 4 * (at % 4)) % 16]] for at in range(16))
        if number < 10:
            state = b"".join(_mixed(state[start : start + 4]) for start in range(0, 16, 4))
        state = bytes(a ^ b for a, b in zip(state, key))
    return state


def _multiplied(left: int, right: int) -> int:
    product = 0
    for bit in range(127, -1, -1):
        if left >> bit & 1:
            product ^= right
        right = right >> 1 ^ (0xE1 << 120 if right & 1 else 0)
    return product


def opened(sealed: bytes, key: bytes) -> bytes:
    """The content of an entry. Raises NotOpened."""
    nonce, body, tag = sealed[:NONCE], sealed[NONCE:-TAG], sealed[-TAG:]
    keys = _round_keys(key)
    hashed, check = int.from_bytes(_encrypted(bytes(16), keys), "big"), 0
    padded = body + bytes(-len(body) % 16) + (8 * len(body)).to_bytes(16, "big")
    for start in range(0, len(padded), 16):
        check = _multiplied(check ^ int.from_bytes(padded[start : start + 16], "big"), hashed)
    mask = _encrypted(nonce + (1).to_bytes(4, "big"), keys)
    if len(sealed) < NONCE + TAG or bytes(a ^ b for a, b in zip(check.to_bytes(16, "big"), mask)) != tag:
        raise NotOpened("the entry was changed, or is another code's")
    stream = b"".join(_encrypted(nonce + number.to_bytes(4, "big"), keys) for number in range(2, 3 + len(body) // 16))
    return bytes(a ^ b for a, b in zip(body, stream))
