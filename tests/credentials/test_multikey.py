"""Multikey text and base58."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.credentials import multikey
from cecto.credentials.keys import LocalSigner


@given(st.binary(max_size=80))
def test_base58_comes_back_the_same(raw: bytes) -> None:
    assert multikey.base58_decode(multikey.base58_encode(raw)) == raw


@pytest.mark.parametrize(
    ("raw", "text"),
    [(b"Hello World!", "2NEpo7TZRRrLZSi2U"), (b"\x00\x00\x28\x7f\xb4\xcd", "11233QC4"), (b"", "")],
)
def test_base58_as_in_the_multibase_draft(raw: bytes, text: str) -> None:
    assert multikey.base58_encode(raw) == text


@given(st.binary(min_size=32, max_size=32).map(lambda seed: LocalSigner(seed).public_key))
def test_public_keys_come_back_the_same(key: bytes) -> None:
    text = multikey.encode_public(key)
    assert text.startswith("z6Mk")
    assert multikey.decode_public(text) == key


@pytest.mark.parametrize(
    "text", ["", "u123", "z0OIl", "z" + "1" * 300, "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme"]
)
def test_other_texts_are_no_keys(text: str) -> None:
    with pytest.raises(multikey.MalformedKey):
        multikey.decode_public(text)


def test_a_key_has_32_bytes() -> None:
    with pytest.raises(multikey.MalformedKey, match="not 31"):
        multikey.encode_public(b"\x00" * 31)


WEAK = [0, 1, multikey.PRIME - 1, *multikey.WEAK, *(multikey.PRIME + y for y in range(19))]


@pytest.mark.parametrize("sign", [0, 1 << 255])
@pytest.mark.parametrize("y", sorted(set(WEAK)))
def test_points_under_which_anybody_signs_and_second_encodings_are_no_keys(y: int, sign: int) -> None:
    text = multikey.encode_public((y | sign).to_bytes(32, "little"))
    with pytest.raises(multikey.MalformedKey, match="no key"):
        multikey.decode_public(text)
