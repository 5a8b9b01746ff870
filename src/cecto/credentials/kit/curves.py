"""Ed25519 and ES256, verification only, in plain Python: what the kit's checker proves signatures with."""

from __future__ import annotations

import hashlib
from typing import Any

# A point: of Ed25519 in extended coordinates, of P-256 as (x, y).
Point = Any

# --- Ed25519 (RFC 8032), verification only -----------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def recover_x(y: int, sign: int) -> int | None:
    """The x of a point from its y and the sign bit, or None."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def point(raw: bytes) -> Point:
    """Decode 32 bytes to a point in extended coordinates, or None."""
    number = int.from_bytes(raw, "little")
    y = number & ((1 << 255) - 1)
    x = recover_x(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


def add(a: Point, b: Point) -> Point:
    """Add two points."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar: int, a: Point) -> Point:
    """Multiply a point."""
    total = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = add(total, a)
        a, scalar = add(a, a), scalar >> 1
    return total


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_weak(a: Point) -> bool:
    """Whether it is one of the eight points under which signatures hold that nobody made."""
    eight = times(8, a)
    return bool(eight[0] == 0 and (eight[1] - eight[2]) % P == 0)


def signed_by(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the 64-byte signature over the message is by the 32-byte key."""
    a, r, s = point(public_key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(public_key) != 32 or len(signature) != 64 or a is None or r is None or s >= ORDER or is_weak(a):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % ORDER
    left, right = times(s, BASE), add(r, times(k, a))
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return bool(same_x and (left[1] * right[2] - right[1] * left[2]) % P == 0)


# --- ES256 (FIPS 186-5, P-256), verification only -----------------------------------------------------------------

Q = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def sum_of(a: Point, b: Point) -> Point:
    """Add two points (x, y) of P-256; None is zero."""
    if a is None or b is None:
        return b if a is None else a
    if a[0] == b[0]:
        if (a[1] + b[1]) % Q == 0:
            return None
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, Q) % Q
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, Q) % Q
    x = (slope * slope - a[0] - b[0]) % Q
    return x, (slope * (a[0] - x) - a[1]) % Q


def product(scalar: int, a: Point) -> Point:
    """Multiply a point of P-256."""
    total = None
    while scalar:
        if scalar & 1:
            total = sum_of(total, a)
        a, scalar = sum_of(a, a), scalar >> 1
    return total


def signed_es256(x_bytes: bytes, y_bytes: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the 64-byte signature over the message is by the P-256 key with these coordinates."""
    x, y = int.from_bytes(x_bytes, "big"), int.from_bytes(y_bytes, "big")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    on_curve = x < Q and y < Q and (y * y - x * x * x + 3 * x - B) % Q == 0
    if len(signature) != 64 or not on_curve or not 0 < r < N or not 0 < s < N:
        return False
    inverse, digest = pow(s, -1, N), int.from_bytes(hashlib.sha256(message).digest(), "big")
    found = sum_of(product(digest * inverse % N, G), product(r * inverse % N, (x, y)))
    return found is not None and found[0] % N == r
