"""What a stranger hands in: the signed JSON, alone or inside our PDF or badge, read within fixed bounds.

Nothing here interprets JSON-LD or parses a PDF's structure, so a hostile file costs at most one pass over its bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import rfc8785

from cecto.credentials.baking import PNG, baked_in_png, baked_in_svg
from cecto.credentials.canonical import JSON

LARGEST_JSON = 256 * 1024
LARGEST_PDF = 4 * 1024 * 1024
MOST_ATTACHMENTS = 8
DEEPEST = 24
# Beyond this, RFC 8785 has no form for a whole number: others would read another one.
LARGEST_NUMBER = 2**53 - 1
LONGEST_NUMBER = len(str(-LARGEST_NUMBER))
LONGEST_DICTIONARY = 2000
ATTACHMENT = re.compile(rb"/Type\s*/EmbeddedFile\b")
# Control characters, as canonical.py refuses them, and halves of a surrogate pair, which are no characters.
UNWRITABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
STREAM = re.compile(rb"stream\r?\n")


class Unreadable(ValueError):
    """The file is no credential of any issuer's; the message says what to hand in instead."""


def is_token(raw: bytes) -> bool:
    """Whether a file looks like a compact token, which begins with the base64 of an opening brace and quote."""
    return raw[:64].lstrip().startswith(b"eyJ")


def read_document(raw: bytes) -> JSON:
    """Return the signed JSON from a .json file, a certificate PDF or a badge picture. Raises Unreadable."""
    start = raw[:1024].lstrip()
    if start.startswith(b"%PDF-"):
        return _from_pdf(raw)
    if start.startswith(PNG):
        return _from_picture(raw, baked_in_png)
    if start.startswith((b"<svg", b"<?xml")):
        return _from_picture(raw, baked_in_svg)
    return _from_json(raw)


def fingerprint(document: JSON) -> str:
    """Return the SHA-256 (hex) of the document's RFC 8785 form: the same however the JSON was laid out.

    Raises Unreadable for values that form cannot hold.
    """
    try:
        canonical = rfc8785.dumps(document)
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as error:
        raise Unreadable(f"this JSON holds a value no credential of ours has: {error}") from error
    return hashlib.sha256(canonical).hexdigest()


def _from_json(raw: bytes) -> JSON:
    if len(raw) > LARGEST_JSON:
        raise Unreadable(f"the file has {len(raw):,} bytes; a credential has at most {LARGEST_JSON:,}")
    try:
        document = json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=_no_duplicates,
            parse_int=_whole_number,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise Unreadable("the file is neither a credential's JSON nor a certificate PDF") from error
    if not isinstance(document, dict) or _depth(document) > DEEPEST:
        raise Unreadable("the JSON in this file is not a credential")
    _refuse_unwritable(document)
    return document


def _no_duplicates(pairs: list[tuple[str, Any]]) -> JSON:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("the JSON names something twice, so it could be read in two ways")
    return found


def _no_number(text: str) -> NoReturn:
    raise Unreadable(f"the JSON holds the number {text[:40]}, which no credential of ours has")


def _whole_number(text: str) -> int:
    """The number, looked at before it is computed: Python raises at thousands of digits."""
    if len(text) > LONGEST_NUMBER or abs(number := int(text)) > LARGEST_NUMBER:
        return _no_number(text)
    return number


def _refuse_unwritable(node: object) -> None:
    """Refuse characters that are never signed, and that no database, hash or terminal takes."""
    if isinstance(node, str) and (found := UNWRITABLE.search(node)):
        raise Unreadable(
            f"a text in the JSON holds the character U+{ord(found.group()):04X}, which no credential of ours has"
        )
    if isinstance(node, dict):
        for name in node:
            _refuse_unwritable(name)
    for part in _parts(node):
        _refuse_unwritable(part)


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


def _from_picture(raw: bytes, baked_in: Callable[[bytes], bytes | None]) -> JSON:
    if len(raw) > LARGEST_PDF:
        raise Unreadable(f"the picture has {len(raw):,} bytes; a badge has at most {LARGEST_PDF:,}")
    inside = baked_in(raw)
    if inside is None:
        raise Unreadable("no credential is inside this picture: hand in the original badge, not a copy or a screenshot")
    return _from_json(inside)


def _from_pdf(raw: bytes) -> JSON:
    if len(raw) > LARGEST_PDF:
        raise Unreadable(f"the PDF has {len(raw):,} bytes; a certificate has at most {LARGEST_PDF:,}")
    for start in _attachments(raw):
        try:
            return _from_json(_unpacked(raw[start : start + LARGEST_JSON]))
        except Unreadable:
            continue
    raise Unreadable(
        "no credential is attached to this PDF: hand in the original file, not a scan or a print to PDF, "
        "or type the code at the bottom of the certificate"
    )


def _attachments(raw: bytes) -> Iterator[int]:
    """Where the first attached files' bytes start; a PDF keeps every stream outside its compressed object streams."""
    for _, marker in zip(range(MOST_ATTACHMENTS), ATTACHMENT.finditer(raw), strict=False):
        stream = STREAM.search(raw, marker.end(), marker.end() + LONGEST_DICTIONARY)
        if stream:
            yield stream.end()


def _unpacked(stream: bytes) -> bytes:
    """Inflate a stream, no further than one byte past the largest credential; plain streams are cut at their end."""
    try:
        return zlib.decompressobj().decompress(stream, LARGEST_JSON + 1)
    except zlib.error:
        return stream.partition(b"endstream")[0].strip()
