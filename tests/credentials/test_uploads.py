"""What strangers hand in, and how little it costs."""

from __future__ import annotations

import hashlib
import json
import time
import zlib
from io import BytesIO
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.credentials import certificate, uploads
from tests.credentials.sample import AWARDED, Registry, badge, certificate_text

SIGNED = Registry().sign(badge())


@pytest.mark.parametrize("text", [json.dumps(SIGNED), json.dumps(SIGNED, indent=2), "\ufeff" + json.dumps(SIGNED)])
def test_json_is_read_however_it_is_laid_out(text: str) -> None:
    assert uploads.fingerprint(uploads.read_document(text.encode())) == uploads.fingerprint(SIGNED)


def test_the_fingerprint_is_of_the_rfc_8785_form() -> None:
    canonical = '{"a":1,"b":"ü"}'.encode()
    assert uploads.fingerprint({"b": "ü", "a": 1}) == hashlib.sha256(canonical).hexdigest()


def test_a_certificate_holds_its_credential() -> None:
    pdf = certificate.render(certificate_text(), json.dumps(SIGNED).encode(), at=AWARDED)
    assert uploads.read_document(pdf) == SIGNED


def stream(content: bytes) -> bytes:
    return b"1 0 obj <</Type /EmbeddedFile /Length 9>>\nstream\n" + content + b"\nendstream endobj\n"


REFUSED = {
    "empty": (b"", "neither a digital"),
    "words": (b"hello", "neither a digital"),
    "a list": (b"[]", "not a certificate"),
    "not utf-8": (b'{"a": "\xff"}', "neither a digital"),
    "something twice": (b'{"a": 1, "a": 2}', "twice"),
    "a number of 5,000 digits": (b'{"a": ' + b"9" * 5000 + b"}", "number 9999"),
    "a negative one": (b'{"a": [-' + b"9" * 5000 + b"]}", "number -9999"),
    "one that others would read otherwise": (b'{"a": 9007199254740992}', "9007199254740992"),
    "half a pair": (b'{"a": [{"b": "\\ud800"}]}', r"U\+D800"),
    "half a pair in a name": (b'{"a": {"\\udfff": 1}}', r"U\+DFFF"),
    "a zero character": (b'{"id": "https://cecto.example/credentials/\\u0000"}', r"U\+0000"),
    "an escape": (b'{"issuer": "\\u001b[2J"}', r"U\+001B"),
    "no number": (b'{"a": NaN}', "NaN"),
    "deep": (b'{"a":' + b"[" * 30 + b"]" * 30 + b"}", "not a certificate"),
    "bottomless": (b"[" * 1_000_000, "neither a digital"),
    "large": (b'{"a": "' + b"x" * 1_100_000 + b'"}', "at most"),
    "pdf without": (b"%PDF-1.7\n", "This is a copy"),
    "pdf with something else": (b"%PDF-1.7\n" + stream(b"hello"), "This is a copy"),
    "pdf with a bomb": (b"%PDF-1.7\n" + stream(zlib.compress(b"[" * 50_000_000)), "This is a copy"),
    "pdf of markers": (b"%PDF-1.7\n" + b"/Type /EmbeddedFile " * 200_000, "This is a copy"),
    "pdf of spaces": (b"%PDF-1.7\n/Type" + b" " * 4_000_000, "This is a copy"),
    "large pdf": (b"%PDF-1.7\n" + b"x" * 50_000_000, "at most"),
}


@pytest.mark.parametrize(("raw", "said"), REFUSED.values(), ids=REFUSED)
def test_other_files_are_refused_fast(raw: bytes, said: str) -> None:
    started = time.perf_counter()
    with pytest.raises(uploads.Unreadable, match=said):
        uploads.read_document(raw)
    assert time.perf_counter() - started < 1


def test_an_uncompressed_attachment_is_read() -> None:
    assert uploads.read_document(b"%PDF-1.7\n" + stream(json.dumps(SIGNED).encode())) == SIGNED


@pytest.mark.parametrize("value", [2**60, "\ud800", 1.5e400])
def test_values_that_cannot_be_canonical_are_refused(value: object) -> None:
    with pytest.raises(uploads.Unreadable):
        uploads.fingerprint({"a": value})


@pytest.mark.parametrize("number", [0, -0, 7, 2**53 - 1, -(2**53) + 1])
def test_whole_numbers_that_everyone_reads_alike_are_read(number: int) -> None:
    assert uploads.read_document(json.dumps({"a": number}).encode()) == {"a": number}


TEXTS = st.text(st.characters(codec=None), max_size=5)
DOCUMENTS = st.dictionaries(
    TEXTS,
    st.recursive(
        st.none() | st.booleans() | st.integers() | TEXTS, lambda part: st.lists(part) | st.dictionaries(TEXTS, part)
    ),
)


@given(DOCUMENTS, st.integers(1, 6000))
def test_what_is_read_can_be_hashed_written_and_looked_up(document: dict[str, Any], digits: int) -> None:
    for content in (document, document | {"a": "DIGITS"}):
        raw = json.dumps(content).replace('"DIGITS"', "9" * digits).encode()
        try:
            read = uploads.read_document(raw)
        except uploads.Unreadable:
            continue
        uploads.fingerprint(read)
        written = json.dumps(read, ensure_ascii=False)
        assert written.encode()
        assert "\\u" not in written.replace("\\\\", "")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for content in (raw, b"%PDF-1.7\n" + stream(raw)):
        try:
            uploads.fingerprint(uploads.read_document(content))
        except uploads.Unreadable:
            continue


def kit(content: bytes, how: int) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", how) as archive:
        archive.writestr("credential.json", content)
        archive.writestr("ä/README.txt", "words")
    return out.getvalue()


KITS = [kit(json.dumps(SIGNED).encode(), how) for how in (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA)]


@given(st.sampled_from(KITS), st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_broken_archive_is_read_or_refused(raw: bytes, changes: list[tuple[int, int]]) -> None:
    broken = bytearray(raw)
    for place, byte in changes:
        broken[-1 - place % len(raw)] = byte
    try:
        uploads.read(bytes(broken))
    except uploads.Unreadable:
        return


@pytest.mark.parametrize("unended", [b"<openbadges:credential><![CDATA[", b'<openbadges:credential verify="', b"<svg "])
def test_elements_without_an_end_cost_one_pass(unended: bytes) -> None:
    started = time.perf_counter()
    with pytest.raises(uploads.Unreadable):
        uploads.read(b"<svg>" + unended * (4_000_000 // len(unended)))
    assert time.perf_counter() - started < 1
