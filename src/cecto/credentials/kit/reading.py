"""Reading what carries a signed document, in plain Python: PDFs, badges, JSON. Kit and export both do."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

# A JSON document.
Document = Any
LARGEST = 4 * 1024 * 1024


class Refused(Exception):
    """The certificate does not hold; the message says why."""


def base64url(text: str) -> bytes:
    """Decode base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def inside(raw: bytes) -> Document:
    """The signed JSON in a PDF, a badge or a JSON file."""
    if len(raw) > LARGEST:
        raise Refused("the file is larger than any of the program's")
    if b"%PDF-" in raw[:1024]:
        return attached(raw)
    if raw.startswith(b"\x89PNG"):
        return json.loads(next((text for kind, text in chunks(raw) if kind == b"iTXt"), b"").split(b"\0", 5)[-1])
    baked = re.search(rb"<openbadges:credential>\s*<!\[CDATA\[(.*?)\]\]>", raw, re.DOTALL)
    return json.loads(baked[1] if baked else raw)


def attached(raw: bytes) -> Document:
    """The first JSON that is attached to a PDF."""
    for marker in re.finditer(rb"/Type\s*/EmbeddedFile\b", raw):
        stream = re.compile(rb"stream\r?\n").search(raw, marker.end(), marker.end() + 2000)
        try:
            return json.loads(zlib.decompressobj().decompress(raw[stream.end() :], LARGEST)) if stream else None
        except (ValueError, zlib.error):
            continue
    raise Refused("no signed file is attached to this PDF")


def chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kind and content of each part of a PNG that holds a badge's text."""
    at = 8
    while at + 8 <= len(raw):
        length = int.from_bytes(raw[at : at + 4], "big")
        kind, content = raw[at + 4 : at + 8], raw[at + 8 : at + 8 + length]
        if kind != b"iTXt" or content.startswith(b"openbadgecredential\0"):
            yield kind, content
        at += length + 12
