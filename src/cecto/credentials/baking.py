"""A signed credential inside a picture, PNG or SVG: what Open Badges 3.0 §5.3 calls baking."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

PNG = b"\x89PNG\r\n\x1a\n"
HEADER_LENGTH = 25
KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
IN_SVG = re.compile(rb"<openbadges:credential>\s*<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


def bake_png(picture: bytes, credential: bytes) -> bytes:
    """Put a credential into a PNG, right behind its header."""
    text = KEYWORD + b"\0\0\0\0\0" + credential
    header_end = len(PNG) + HEADER_LENGTH
    return picture[:header_end] + _chunk(b"iTXt", text) + picture[header_end:]


def bake_svg(picture: bytes, credential: bytes) -> bytes:
    """Put a credential into an SVG, as its first element."""
    start = picture.index(b"<svg")
    end = picture.index(b">", start)
    opening = picture[start:end] + f' xmlns:openbadges="{NAMESPACE}">'.encode()
    # What would end the section can only be inside a JSON text, where the escape means the same.
    safe = credential.replace(b"]]>", b"]]\\u003e")
    inside = b"<openbadges:credential><![CDATA[" + safe + b"]]></openbadges:credential>"
    return picture[:start] + opening + inside + picture[end + 1 :]


def baked_in_png(raw: bytes) -> list[bytes]:
    """Return every credential in a PNG; walks its chunks once and unpacks nothing."""
    texts = (content for kind, content in _chunks(raw) if kind == b"iTXt" and content.startswith(KEYWORD + b"\0\0\0"))
    return [content.split(b"\0", 5)[5] for content in texts if content.count(b"\0") >= 5]


def baked_in_svg(raw: bytes) -> list[bytes]:
    """Return every credential in an SVG."""
    return IN_SVG.findall(raw)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG)
    while at + 8 <= len(raw):
        (length,) = struct.unpack(">I", raw[at : at + 4])
        yield raw[at + 4 : at + 8], raw[at + 8 : at + 8 + length]
        at += length + 12
