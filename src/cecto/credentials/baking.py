"""A signed credential inside a picture, PNG or SVG: what Open Badges 3.0 §5.3 calls baking."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from itertools import islice

PNG = b"\x89PNG\r\n\x1a\n"
HEADER_LENGTH = 25
KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
# Under these names pictures of Open Badges 3.0 and 2.0 hold what they hold.
KEYWORDS = (KEYWORD, b"openbadges")
MOST_BAKED = 8
LARGEST_TEXT = 1024 * 1024
IN_SVG = re.compile(rb"<openbadges:(?:credential|assertion)(?=[\s/>])([^<>]*)>")
VERIFY = re.compile(rb"\sverify\s*=\s*[\"']([^\"'<>]*)[\"']")
CDATA = b"<![CDATA["


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
    """Return the credentials in a PNG, the first few; walks its chunks once."""
    texts = (_text_of(kind, content) for kind, content in _chunks(raw) if kind in (b"iTXt", b"tEXt"))
    return list(islice((text for text in texts if text), MOST_BAKED))


def baked_in_svg(raw: bytes) -> list[bytes]:
    """Return the credentials in an SVG, the first few; of one that is signed as a token, the token."""
    found: list[bytes] = []
    for element in islice(IN_SVG.finditer(raw), MOST_BAKED):
        named = VERIFY.search(element[1])
        start = raw.find(CDATA, element.end(), element.end() + 100)
        end = raw.find(b"]]>", start) if start >= 0 and not raw[element.end() : start].strip() else -1
        if named and named[1].strip():
            found.append(named[1].strip())
        elif end >= 0:
            found.append(raw[start + len(CDATA) : end])
    return found


def _text_of(kind: bytes, content: bytes) -> bytes:
    """What a PNG's text chunk holds if it is a badge's, unpacked no further than any credential is long."""
    keyword, _, rest = content.partition(b"\0")
    if keyword not in KEYWORDS:
        return b""
    if kind == b"tEXt":
        # Open Badges 3.0 §5.3.1 wants iTXt.
        return rest if keyword != KEYWORD else b""
    # Whether it is packed, how, its language, and the keyword in that language come before the text (PNG §11.3.3.4).
    text = b"".join(rest[2:].split(b"\0", 2)[2:])
    return _unpacked(text) if rest[:1] == b"\1" else text


def _unpacked(text: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(text, LARGEST_TEXT + 1)
    except zlib.error:
        return b""


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG)
    while at + 8 <= len(raw):
        (length,) = struct.unpack(">I", raw[at : at + 4])
        yield raw[at + 4 : at + 8], raw[at + 8 : at + 8 + length]
        at += length + 12
