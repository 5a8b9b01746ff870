"""One folding of what people write, for every search and comparison."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.foundation.folding import folded, letters, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Konstantinos “Gus” Ó Dálaigh-Nguyễn", "konstantinos gus o dalaigh nguyen"),
        ("Søren Łukasz Ħaber Đorđe Þór Æsa Weiß Œuvre", "soren lukasz haber dorde thor aesa weiss oeuvre"),
        ("İPEK IŞIK Işıl", "ipek isik isil"),
        ("O’Neal O'Neal OʼNeal O´Neal O`Neal ʻOkina", "oneal oneal oneal oneal oneal okina"),
        ("a\u2010b\u2011c\u2013d\u2212e-f\u00adg", "a b c d e fg"),
        ("A\u200bd\u2060a\ufeff \u202eNu\u0301n\u0303ez\u200f", "ada nunez"),
        ("Ｆｕｌｌ 𝓦𝓲𝓭𝓮", "full wide"),
        ("क की", "क की"),
        ("が か", "が か"),
        ("שָׁלוֹם", "שלום"),
        ("😀 👩🏽‍💻", ""),
        ("", ""),
    ],
)
def test_texts_are_folded_to_words(text: str, found: str) -> None:
    assert " ".join(words(text)) == found


@given(st.text(max_size=60))
def test_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert words(" ".join(words(text))) == words(text)


TYPED = st.text(st.sampled_from("aBçÉñøŁħĐßæıŞő’'`´-–. ΆλέξЁжй") | st.sampled_from("\u0301\u0303\u200b"), max_size=12)


@given(TYPED)
def test_a_page_that_looks_up_letters_finds_the_same_words(typed: str) -> None:
    small = unicodedata.normalize("NFC", typed).lower()
    assert tuple("".join(letters().get(one, one) for one in small).split()) == words(typed)
