#!/usr/bin/env python3
"""Check a certificate with nothing but Python 3.9 or newer, offline, long after the site that issued it is gone.

    python3 check.py [--key FINGERPRINT]

Run it in the folder of the verification kit. It proves that the program's key signed the statements in credential.nq
(W3C Data Integrity, eddsa-rdfc-2022: Ed25519 over SHA-256 of the canonical proof options and document), that the JSON
says the same, that it has not expired, and that it was not revoked when the kit was made.

Whether the key is really the program's, no file in this folder can say. Get the key's fingerprint from somewhere else
(the program's office, a printed directory, another copy of did.json) and give it with --key.

Exit code: 0 valid and by the key you named, 2 valid but you named no key, 1 anything else.
"""

# ruff: noqa: T201 - it talks to the person who runs it
# ruff: noqa: UP017 - it runs on older Pythons than the program
from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
import zlib
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

VOCABULARY = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
STATUS = "https://www.w3.org/ns/credentials/status#"
W3C = "https://www.w3.org/2018/credentials#"
LIST_BYTES = 131072 // 8

# A point of the curve in extended coordinates; a statement as subject, predicate, object.
Point = Any
Statements = Any

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


def signed_by(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the 64-byte signature over the message is by the 32-byte key."""
    a, r, s = point(public_key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(public_key) != 32 or len(signature) != 64 or a is None or r is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % ORDER
    left, right = times(s, BASE), add(r, times(k, a))
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return bool(same_x and (left[1] * right[2] - right[1] * left[2]) % P == 0)


# --- Text forms ---------------------------------------------------------------------------------------------------

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
QUAD = re.compile(
    r'^(\S+) <([^>]*)> (?:<([^>]*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:\^\^<[^>]*>|@\S+)?)(?: <[^>]*>| _:\S+)? \.$'
)
ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def base58(text: str) -> bytes:
    """Decode multibase base-58-btc; each leading 1 stands for a zero byte."""
    number, digits = 0, text[1:]
    for symbol in digits:
        number = number * 58 + ALPHABET.index(symbol)
    zeros = len(digits) - len(digits.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def unescape(text: str) -> str:
    """Read an N-Quads literal."""

    def letter(match: re.Match[str]) -> str:
        found = match.group(1)
        return ESCAPES[found] if len(found) == 1 else chr(int(found[1:], 16))

    return re.sub(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", letter, text)


def statements(text: str) -> Statements:
    """The statements of N-Quads as (subject, predicate, object)."""
    found = []
    for line in text.splitlines():
        match = QUAD.match(line)
        if not match:
            raise Refused(f"a statement cannot be read: {line[:60]}")
        subject, predicate, iri, blank, literal = match.groups()
        found.append((subject.strip("<>"), predicate, unescape(literal) if literal is not None else iri or blank))
    return found


class Refused(Exception):
    """The certificate does not hold; the message says why."""


# --- The checks ---------------------------------------------------------------------------------------------------


def check_signature(folder: Path, name: str, did: dict[str, Any]) -> tuple[Statements, bytes]:
    """Prove NAME.nq by the proof of NAME.json; return its statements and the key."""
    document = json.loads((folder / f"{name}.json").read_text("utf-8"))
    options, content = (folder / f"{name}-proof.nq").read_bytes(), (folder / f"{name}.nq").read_bytes()
    proof = document["proof"]
    method = proof["verificationMethod"]
    listed = [entry for entry in did["verificationMethod"] if entry["id"] == method]
    if method not in did["assertionMethod"] or len(listed) != 1:
        raise Refused(f"did.json does not vouch for the key {method}")
    key = base58(listed[0]["publicKeyMultibase"])[2:]
    message = hashlib.sha256(options).digest() + hashlib.sha256(content).digest()
    if not signed_by(key, message, base58(proof["proofValue"])):
        raise Refused(f"the signature is not over {name}.nq")
    said = statements(content.decode("utf-8"))
    check_same(document, said, name)
    return said, key


def check_same(document: dict[str, Any], said: Statements, name: str) -> None:
    """Prove that the JSON holds no value that was not signed."""
    signed = {part for statement in said for part in (statement[0], statement[2])}
    for value in leaves(apart_from_members(document)):
        if value not in signed:
            raise Refused(f"{name}.json says {value!r}, which was not signed")


def apart_from_members(document: dict[str, Any]) -> dict[str, Any]:
    """The document without proof and contexts, and of the credentials inside it no more than their signatures."""
    plain = {key: part for key, part in document.items() if key not in ("proof", "@context")}
    if "ClrCredential" not in document["type"]:
        return plain
    subject = plain["credentialSubject"]
    bound = [member["proof"]["proofValue"] for member in subject["verifiableCredential"]]
    return {**plain, "credentialSubject": {**subject, "verifiableCredential": bound}}


def own(said: Statements, document: dict[str, Any]) -> Statements:
    """The statements about a document itself and its status, not about what is inside it."""
    about = {document["id"], document["credentialStatus"]["id"]}
    return [statement for statement in said if statement[0] in about]


def check_transcript(folder: Path, did: dict[str, Any], listed: Statements, now: datetime) -> int:
    """Prove the transcript, if the kit has one, and every credential inside it; return how many are inside."""
    if not (folder / "transcript.json").exists():
        return 0
    document = json.loads((folder / "transcript.json").read_text("utf-8"))
    members = document["credentialSubject"]["verifiableCredential"]
    kept = [json.loads((folder / f"member-{n}.json").read_text("utf-8")) for n in range(1, len(members) + 1)]
    if kept != members:
        raise Refused("the member files are others than the credentials in transcript.json")
    named = {"transcript": document, **{f"member-{n}": one for n, one in enumerate(members, start=1)}}
    for name, one in named.items():
        try:
            check_inner(folder, name, one, did, listed, now)
        except Refused as problem:
            raise Refused(f"{name}.json: {problem}") from problem
    return len(members)


def check_inner(
    folder: Path, name: str, document: dict[str, Any], did: dict[str, Any], listed: Statements, now: datetime
) -> None:
    """Prove one credential of a transcript: signature, issuer, dates and status."""
    said = own(check_signature(folder, name, did)[0], document)
    if one(said, W3C + "issuer") != did["id"]:
        raise Refused("it names another issuer than did.json")
    check_dates(said, now)
    check_status(said, listed)


def leaves(value: Any, key: str = "") -> Iterator[str]:
    """Every text of a JSON document but the names of types."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part, key)
    elif key != "type":
        yield str(value).lower() if isinstance(value, bool) else str(value)


def one(said: Statements, predicate: str) -> str:
    """The object of the only statement with that predicate, or an empty text."""
    found = [statement[2] for statement in said if statement[1] == predicate]
    return str(found[0]) if len(found) == 1 else ""


def check_dates(said: Statements, now: datetime) -> None:
    """Prove that today lies in the time it is valid."""
    start, end = one(said, W3C + "validFrom"), one(said, W3C + "validUntil")
    if start and now < instant(start):
        raise Refused(f"it is valid from {start} on")
    if end and now >= instant(end):
        raise Refused(f"it expired on {end}")


def instant(text: str) -> datetime:
    """An XML Schema dateTime in UTC."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)


def check_status(said: Statements, listed: Statements) -> None:
    """Prove that the bit of this credential is not set in the issuer's list."""
    index = int(one(said, STATUS + "statusListIndex"))
    named = one(said, STATUS + "statusListCredential")
    if (named, STATUS + "BitstringStatusListCredential") not in {(s, o) for s, _, o in listed}:
        raise Refused("the status list is another one than the certificate names")
    if one(said, W3C + "issuer") != one(listed, W3C + "issuer"):
        raise Refused("the status list is of another issuer")
    packed = one(listed, STATUS + "encodedList")
    raw = base64.urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4))
    bits = zlib.decompressobj(wbits=31).decompress(raw, LIST_BYTES + 1)
    if len(bits) != LIST_BYTES or not 0 <= index < LIST_BYTES * 8:
        raise Refused("the status list cannot be read")
    if bits[index // 8] & (0x80 >> index % 8):
        raise Refused("it was revoked")


def fingerprint(key: bytes) -> str:
    """The SHA-256 of a key, in groups of eight."""
    digest = hashlib.sha256(key).hexdigest()
    return " ".join(digest[start : start + 8] for start in range(0, 64, 8))


def facts(said: Statements) -> Iterator[tuple[str, str]]:
    """What was signed, for a person to compare with the certificate before them."""
    award = next(s for s, p, o in said if o == VOCABULARY + "OpenBadgeCredential")
    names = {s: o for s, p, o in said if p == "https://schema.org/name"}
    yield "Holder", one(said, VOCABULARY + "identityHash")
    yield "Award", names.get(award, "")
    yield "Issuer", names.get(one(said, W3C + "issuer"), "")
    yield "Awarded", one(said, VOCABULARY + "awardedDate")[:10]
    for subject, predicate, described in said:
        if predicate == VOCABULARY + "resultDescription" and described in names:
            values = [o for s, p, o in said if s == subject and p == "https://schema.org/value"]
            if values:
                yield names[described], values[0]


def main() -> int:
    """Run every check and say how it went."""
    parser = argparse.ArgumentParser(description="Check a certificate offline.")
    parser.add_argument("--key", default="", metavar="FINGERPRINT", help="the key you trust, from another source")
    parser.add_argument("--folder", type=Path, default=Path(__file__).resolve().parent)
    asked = parser.parse_args()
    try:
        did = json.loads((asked.folder / "did.json").read_text("utf-8"))
        said, key = check_signature(asked.folder, "credential", did)
        if one(said, W3C + "issuer") != did["id"]:
            raise Refused("it names another issuer than did.json")
        listed, _ = check_signature(asked.folder, "status-list", did)
        check_dates(said, datetime.now(timezone.utc))
        check_status(said, listed)
        members = check_transcript(asked.folder, did, listed, datetime.now(timezone.utc))
    except (Refused, OSError, ValueError, KeyError, IndexError, TypeError, zlib.error) as problem:
        print(f"NOT VALID: {problem}.")
        return 1
    for label, value in facts(said):
        print(f"  {label}: {value}")
    if members:
        print(f"  Transcript: {members} credentials, each signed and not revoked")
    print(f"  Status as of: {one(listed, W3C + 'validFrom')}")
    print(f"  Key: {fingerprint(key)}")
    wanted = asked.key.replace(" ", "").replace(":", "").lower()
    if wanted and wanted != hashlib.sha256(key).hexdigest():
        print("NOT TRUSTED: the signature is whole, but by another key than the one you named.")
        return 1
    if wanted:
        print("VALID and TRUSTED: signed by the key you named.")
        return 0
    print("VALID, if this key is the program's: compare the fingerprint with one from another source, or give --key.")
    return 2


if __name__ == "__main__":
    sys.exit(main())
