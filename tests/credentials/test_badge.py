"""The badge holds the signed credential, for Open Badges software and for our own page."""

from __future__ import annotations

import json
import struct
import zlib
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cecto.credentials import baking, uploads
from cecto.credentials.badge import badge_png, badge_svg
from tests.credentials import made

SVG = b'<svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg"><path/></svg>'


def png() -> bytes:
    """One white pixel."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0\xff")), (b"IEND", b"")]
    return baking.PNG + b"".join(baking._chunk(kind, content) for kind, content in chunks)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60))
def test_what_is_baked_in_comes_out(text: str) -> None:
    credential = ('{"name": ' + json.dumps(text, ensure_ascii=True) + "}").encode()
    expected = uploads.read_document(credential)
    assert uploads.read_document(baking.bake_png(png(), credential)) == expected
    assert uploads.read_document(baking.bake_svg(SVG, credential)) == expected


def test_the_end_of_a_section_inside_a_name_survives() -> None:
    assert uploads.read_document(baking.bake_svg(SVG, b'{"name": "a]]>b"}')) == {"name": "a]]>b"}


@pytest.mark.parametrize(
    "raw",
    [SVG, png(), baking.PNG, baking.PNG + b"\xff\xff\xff\xffiTXt", b"<svg>" + b"<openbadges:credential>" * 100_000],
    ids=["svg", "png", "no chunks", "endless chunk", "many elements"],
)
def test_pictures_without_a_credential_are_refused(raw: bytes) -> None:
    with pytest.raises(uploads.Unreadable, match="This is a copy"):
        uploads.read_document(raw)


def test_a_large_picture_is_refused() -> None:
    with pytest.raises(uploads.Unreadable, match="at most"):
        uploads.read_document(baking.PNG + b"x" * 5_000_000)


@pytest.mark.django_db
def test_the_badge_of_a_credential_is_whole() -> None:
    version = made.issued()
    picture = badge_png(version)
    assert struct.unpack(">II", picture[16:24]) == (900, 900)
    for kind, content in baking._chunks(picture):
        assert baking._chunk(kind, content) in picture
    assert baking.baked_in_png(picture) == [version.document.encode()]
    root = ElementTree.fromstring(badge_svg(version))  # noqa: S314 - our own picture
    element = root.find(f"{{{baking.NAMESPACE}}}credential")
    assert element is not None
    assert element.text == version.document


@pytest.mark.django_db
def test_the_badge_is_served_and_verifies_when_handed_in(client: Client) -> None:
    version = made.issued()
    for form, media_type in [("png", "image/png"), ("svg", "image/svg+xml")]:
        response = client.get(f"/verify/{version.code}/badge.{form}")
        assert (response.status_code, response["Content-Type"]) == (200, media_type)
        assert uploads.fingerprint(uploads.read_document(response.content)) == version.sha256
    assert client.get(f"/verify/{version.code}/badge.gif").status_code == 404
