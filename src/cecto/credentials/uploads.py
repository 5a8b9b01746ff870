"""What a stranger uploads: the signed JSON or token, alone or inside a PDF, a picture or a kit, read in fixed bounds.

Nothing here interprets JSON-LD or parses a PDF's structure, so a hostile file costs at most one pass over its bytes.
A file that holds several different credentials gives them all: ours hold one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any

import rfc8785

from cecto.credentials.baking import PNG, baked_in_png, baked_in_svg
from cecto.credentials.canonical import JSON

LARGEST_JSON = 1024 * 1024
# Of a file of any kind: a PDF, a picture, a kit.
LARGEST = 4 * 1024 * 1024
MOST_ATTACHMENTS = 8
DEEPEST = 24
LONGEST_DICTIONARY = 2000
# Beyond this, RFC 8785 has no form for a whole number: others would read another one.
LARGEST_NUMBER = 2**53 - 1
LONGEST_NUMBER = len(str(-LARGEST_NUMBER))
ATTACHMENT = re.compile(rb"/Type\s*/EmbeddedFile\b")
STREAM = re.compile(rb"stream\r?\n")
# Control characters, and halves of a surrogate pair: no database, hash or terminal takes them.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
ZIP = b"PK\x03\x04"
IN_KIT = "credential.json"
ENVELOPE = "EnvelopedVerifiableCredential"
# What reading an archive raises when a stranger made it.
NO_ARCHIVE = (
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
    EOFError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
)
# An award of Open Badges 2.0.
ASSERTION = "Assertion"


class Unreadable(ValueError):
    """The file is no credential of any issuer's; the message says what to upload instead."""


@dataclass(frozen=True, slots=True)
class Unheld:
    """A number of a JSON text that no certificate of ours holds, as it is written: it is never computed."""

    text: str


@dataclass(frozen=True)
class Signed:
    """One credential found in a file: its content, and the token's text when it was signed as one.

    The content of a token is what it says of itself: nothing of it is verified yet.
    """

    document: JSON
    token: str = ""

    @property
    def unfit(self) -> str:
        """The first value in it that no certificate of ours holds, in a sentence; an empty text where all are sound."""
        return next(_unfit(self.document), "")

    @property
    def sha256(self) -> str:
        """What the records know it by: the token's hash, or the fingerprint; empty when it has none."""
        if self.token:
            return hashlib.sha256(self.token.encode()).hexdigest()
        try:
            return fingerprint(self.document)
        except Unreadable:
            return ""


def read(raw: bytes) -> list[Signed]:
    """Return the different credentials in a file, at least one. Raises Unreadable."""
    if len(raw) > LARGEST:
        raise Unreadable(f"A certificate has at most {LARGEST // 2**20} MB. This is another file.")
    start = raw[:1024].lstrip()
    if start.startswith(b"%PDF-"):
        return _from_pdf(raw)
    if start.startswith(PNG):
        return _from_picture(baked_in_png(raw))
    if start.startswith((b"<svg", b"<?xml", b"<!DOCTYPE svg")):
        return _from_picture(baked_in_svg(raw))
    if start.startswith(ZIP):
        return [_from_kit(raw)]
    return _opened(_from_text(raw))


def stands_alone(raw: bytes) -> bool:
    """Whether a file is the signed JSON or token itself, with nothing around it that could say something else."""
    return raw[:1024].lstrip()[:1] in {b"{", b"e"}


def read_document(raw: bytes) -> JSON:
    """Return the content of the one credential in a file. Raises Unreadable."""
    found = read(raw)[0]
    if found.unfit:
        raise Unreadable(found.unfit)
    return found.document


def fingerprint(document: JSON) -> str:
    """Return the SHA-256 (hex) of the document's RFC 8785 form: the same however the JSON was laid out.

    Raises Unreadable for values that form cannot hold.
    """
    try:
        canonical = rfc8785.dumps(document)
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as error:
        raise Unreadable(f"This JSON holds a value no credential of ours has: {error}.") from error
    return hashlib.sha256(canonical).hexdigest()


def _from_text(raw: bytes) -> Signed:
    """A JSON file or a compact token, which begins with the base64 of an opening brace and quote."""
    if len(raw) > LARGEST_JSON:
        raise Unreadable(f"The file has {len(raw):,} bytes; a certificate's has at most {LARGEST_JSON:,}.")
    if raw[:64].lstrip().startswith(b"eyJ"):
        token = raw.decode("ascii", "replace").strip()
        return Signed(_said_by(token), token)
    return Signed(_parsed(raw))


def _said_by(token: str) -> JSON:
    """What a token says of itself, under the names a credential has; older tokens keep the credential in `vc`."""
    try:
        payload = token.split(".")[1]
        claims = _parsed(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (IndexError, binascii.Error, ValueError) as error:
        raise Unreadable("The file begins like a signed token, but it is none.") from error
    within = claims.get("vc")
    named = {"id": claims.get("jti"), "issuer": claims.get("iss")}
    content = {**(within if isinstance(within, dict) else claims)}
    return {**{name: value for name, value in named.items() if value}, **content}


def _parsed(raw: bytes) -> JSON:
    try:
        document = json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=_no_duplicates,
            parse_int=_whole_number,
            parse_constant=Unheld,
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise Unreadable("The file is neither a digital certificate nor a certificate’s PDF.") from error
    if not isinstance(document, dict) or _depth(document) > DEEPEST:
        raise Unreadable("The JSON in this file is not a certificate.")
    return document


def _no_duplicates(pairs: list[tuple[str, Any]]) -> JSON:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("The JSON names something twice, so it could be read in two ways.")
    return found


def _whole_number(text: str) -> int | Unheld:
    """The number, looked at before it is computed: Python raises at thousands of digits."""
    if len(text) > LONGEST_NUMBER or abs(number := int(text)) > LARGEST_NUMBER:
        return Unheld(text)
    return number


def _unfit(node: object) -> Iterator[str]:
    """Each value that cannot be kept, hashed or shown, in a sentence."""
    if isinstance(node, Unheld):
        yield f"The JSON holds the number {node.text[:40]}, which no certificate has."
    elif isinstance(node, str) and (found := UNWRITABLE.search(node)):
        yield f"The JSON holds the character U+{ord(found.group()):04X}, which no certificate has."
    for part in (*(node if isinstance(node, dict) else ()), *_parts(node)):
        yield from _unfit(part)


def _depth(value: object) -> int:
    """Nesting of a parsed value, counted without recursion and no further than one past the limit."""
    level, deep = [value], 0
    while level and deep <= DEEPEST:
        deep += 1
        level = [part for node in level for part in _parts(node)]
    return deep


def _parts(node: object) -> Iterator[object]:
    if isinstance(node, dict):
        yield from node.values()
    elif isinstance(node, list):
        yield from node


def _opened(found: Signed) -> list[Signed]:
    """The credentials that a wallet's presentation or an envelope holds, or the document itself."""
    within = found.document.get("vp", found.document)
    if not isinstance(within, dict):
        return [found]
    if ENVELOPE in kinds(within):
        return [_held(within)]
    if "VerifiablePresentation" not in kinds(within):
        return [found]
    held = within.get("verifiableCredential")
    listed = held if isinstance(held, list) else [held]
    return _different(_held(one) for one in listed if isinstance(one, dict | str)) or [found]


def _held(one: JSON | str) -> Signed:
    """A credential as a presentation holds it: as JSON, as a token's text, or in an envelope (VC Data Model §4.12)."""
    if isinstance(one, dict) and ENVELOPE not in kinds(one):
        return Signed(one)
    token = one if isinstance(one, str) else str(one.get("id")).partition(",")[2]
    return Signed(_said_by(token), token)


def kinds(document: JSON) -> list[Any]:
    """Return the types that a document says it is of, whatever it puts in their place."""
    said = document.get("type")
    return said if isinstance(said, list) else [said]


def _different(found: Iterable[Signed]) -> list[Signed]:
    """Each credential once, by its content; what is not a credential counts only where nothing else is there."""
    seen = {one.sha256 or repr(one): one for one in found}
    credentials = [one for one in seen.values() if {"issuer", "proof"} & one.document.keys()]
    return credentials or list(seen.values())[:1]


def _from_picture(inside: list[bytes]) -> list[Signed]:
    if not inside:
        raise Unreadable("This is a copy. Upload the original badge, not a screenshot, or type the certificate’s code.")
    return _different(_baked(one) for one in inside)


def _baked(content: bytes) -> Signed:
    """What a badge holds; of Open Badges 2.0 it may be only the address of the award, which is at its issuer's."""
    if content.startswith((b"https://", b"http://")):
        return Signed({"type": ASSERTION, "id": content[:400].decode("utf-8", "replace").strip()})
    return _from_text(content)


def _from_pdf(raw: bytes) -> list[Signed]:
    found = _different(_readable(raw))
    if not found:
        raise Unreadable("This is a copy. Upload the original PDF, or type the code at the bottom of the certificate.")
    return found


def _readable(raw: bytes) -> Iterator[Signed]:
    for start in _attachments(raw):
        try:
            yield _from_text(_unpacked(raw[start : start + LARGEST_JSON]))
        except Unreadable:
            continue


def _attachments(raw: bytes) -> Iterator[int]:
    """Where the first attached files' bytes start; a PDF keeps every stream outside its compressed object streams."""
    for marker in islice(ATTACHMENT.finditer(raw), MOST_ATTACHMENTS):
        stream = STREAM.search(raw, marker.end(), marker.end() + LONGEST_DICTIONARY)
        if stream:
            yield stream.end()


def _unpacked(stream: bytes) -> bytes:
    """Inflate a stream, no further than one byte past the largest credential; plain streams are cut at their end."""
    try:
        return zlib.decompressobj().decompress(stream, LARGEST_JSON + 1)
    except zlib.error:
        return stream.partition(b"endstream")[0].strip()


def _from_kit(raw: bytes) -> Signed:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive, archive.open(IN_KIT) as inside:
            content = inside.read(LARGEST_JSON + 1)
    except NO_ARCHIVE as error:
        raise Unreadable("The archive is no certificate’s kit: upload the certificate itself.") from error
    return _from_text(content)
