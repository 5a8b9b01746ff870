"""The law of the short code: every error in one or two symbols and every transposition of them is caught."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cecto.credentials import codes

SYMBOL = st.sampled_from(codes.ALPHABET)
CODE = st.text(SYMBOL, min_size=10, max_size=10).map(codes.complete)
PLACE = st.integers(0, codes.LENGTH - 1)


def changed(code: str, place: int, symbol: str) -> str:
    return code[:place] + symbol + code[place + 1 :]


@given(CODE)
def test_a_code_reads_as_itself_however_it_is_typed(code: str) -> None:
    assert codes.read(code) == code
    assert codes.read(f"  {codes.printed(code).lower()} ") == code
    assert codes.read(code.replace("1", "l").replace("0", "o")) == code


@given(CODE, st.sampled_from("-‐‑‒–—―−⁃˗﹘﹣－_·.,/|~─ーｰ一 \t\n\u00a0\u2009\u200b\u00ad\ufeff"))
def test_any_dash_or_space_parts_the_groups(code: str, dash: str) -> None:
    assert codes.read(codes.printed(code).replace("-", dash)) == code


def test_wide_letters_are_read_as_what_they_are() -> None:
    assert codes.read("ＨＪＸＶ－ＥＧＳ３－ＭＱＱＷ") == "HJXVEGS3MQQW"


@given(CODE, PLACE, SYMBOL)
def test_one_wrong_symbol_is_caught(code: str, place: int, symbol: str) -> None:
    assume(code[place] != symbol)
    with pytest.raises(codes.CodeMistyped, match="and one is wrong"):
        codes.read(changed(code, place, symbol))


@given(CODE, PLACE, PLACE, SYMBOL, SYMBOL)
def test_two_wrong_symbols_are_caught(code: str, first: int, second: int, one: str, two: str) -> None:
    typed = changed(changed(code, first, one), second, two)
    assume(typed != code)
    with pytest.raises(codes.CodeMistyped, match="and one is wrong"):
        codes.read(typed)


@given(CODE, PLACE, PLACE)
def test_swapped_symbols_are_caught(code: str, first: int, second: int) -> None:
    typed = changed(changed(code, first, code[second]), second, code[first])
    assume(typed != code)
    with pytest.raises(codes.CodeMistyped, match="and one is wrong"):
        codes.read(typed)


def test_new_codes_are_whole_and_differ() -> None:
    drawn = {codes.new() for _ in range(200)}
    assert len(drawn) == 200
    assert {codes.read(code) for code in drawn} == drawn


@pytest.mark.parametrize("typed", ["", "HJXV", "HJXV-EGS3-MQQWW", "HJXV-EGS3-MQQU", "HJXV-EGS3-MQQ€", "é" * 12])
def test_other_texts_are_no_codes(typed: str) -> None:
    with pytest.raises(codes.CodeMistyped):
        codes.read(typed)


def test_known_code() -> None:
    assert codes.complete("0000000000") == "000000000000"
    assert codes.complete("HJXVEGS3MQ") == "HJXVEGS3MQQW"
