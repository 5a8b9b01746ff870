"""The revocation list's laws."""

from __future__ import annotations

import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.credentials import status_list

INDEX = st.integers(0, status_list.ENTRIES - 1)


@given(st.sets(INDEX, max_size=60), INDEX)
def test_exactly_the_revoked_are_set(revoked: set[int], other: int) -> None:
    bits = status_list.decode(status_list.encode(revoked))
    assert {index for index in revoked if status_list.is_set(bits, index)} == revoked
    assert status_list.is_set(bits, other) == (other in revoked)
    assert sum(byte.bit_count() for byte in bits) == len(revoked)


def test_an_empty_list_is_that_of_the_standard() -> None:
    """The example of Bitstring Status List 1.0, §2.2, decodes to an empty list of ours."""
    encoded = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
    assert status_list.decode(encoded) == bytes(status_list.LIST_BYTES)


def test_index_0_is_the_leftmost_bit() -> None:
    assert status_list.decode(status_list.encode([0]))[0] == 0b1000_0000


def packed(raw: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(raw)).decode().rstrip("=")


@pytest.mark.parametrize(
    "encoded",
    ["", "z123", "u!!", "uAAAA", packed(b"\0" * 100), packed(b"\0" * 100_000_000), "u" + "A" * 100_000],
    ids=["empty", "base58", "no base64", "no gzip", "short", "bomb", "long"],
)
def test_other_lists_are_unreadable(encoded: str) -> None:
    with pytest.raises(status_list.ListUnreadable):
        status_list.decode(encoded)


@pytest.mark.parametrize("index", [-1, status_list.ENTRIES])
def test_an_index_outside_the_list_is_refused(index: int) -> None:
    with pytest.raises(status_list.ListUnreadable):
        status_list.encode([index])
    with pytest.raises(status_list.ListUnreadable):
        status_list.is_set(bytes(status_list.LIST_BYTES), index)


def test_a_free_index_is_drawn_until_none_is_left() -> None:
    all_but_one = set(range(status_list.ENTRIES)) - {4711}
    assert status_list.draw_index(all_but_one) == 4711
    with pytest.raises(status_list.ListFull):
        status_list.draw_index(all_but_one | {4711})
