"""Names are kept as written and sorted sensibly."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.people.names import LONGEST, NameRefused, folded, in_common, sort_name, written

WORDS = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=12)
NAMES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Lovelace", "lovelace, ada"),
        ("José de la Cruz Jr.", "de la cruz, jose, jr."),
        ("María José Núñez-O’Brien", "nunez-o'brien, maria jose"),
        ("Ludwig van Beethoven", "van beethoven, ludwig"),
        ("Dick Van Dyke", "van dyke, dick"),
        ("José Ortega y Gasset", "ortega y gasset, jose"),
        ("John E Smith", "smith, john e"),
        ("Martin Luther King, Jr.", "king, martin luther, jr."),
        ("Thurston Howell III", "howell, thurston, iii"),
        ("Dr. Ana Ruiz, Ed.D.", "ruiz, ana dr., ed.d."),
        ("Kim Le", "le, kim"),
        ("De La Cruz", "la cruz, de"),
        ("Cruz, José", "cruz, jose"),
        ("Smith & Wesson Consulting", "smith & wesson consulting"),
        ("Øyvind Ødegård", "odegard, oyvind"),
        ("Plato", "plato"),
        ("Jr", "jr"),
        ("李 小龙", "小龙, 李"),
    ],
)
def test_people_are_sorted_by_family_name_with_its_particles(name: str, expected: str) -> None:
    assert sort_name(name) == expected


@given(NAMES)
def test_sorting_loses_and_invents_no_word(name: str) -> None:
    assert Counter(sort_name(name).replace(",", "").split()) == Counter(folded(name).split())


@given(NAMES, st.booleans(), st.sampled_from([" ", "  ", "\u00a0", "\t"]))
def test_a_name_is_sorted_the_same_however_it_is_typed(name: str, taken_apart: bool, blank: str) -> None:
    typed = unicodedata.normalize("NFD" if taken_apart else "NFC", name).replace(" ", blank)
    assert sort_name(written(typed)) == sort_name(written(name))


@given(st.text(max_size=400))
def test_a_name_is_kept_in_one_form_or_refused(text: str) -> None:
    try:
        name = written(text)
    except NameRefused:
        return
    assert written(name) == name
    assert 0 < len(name) <= LONGEST
    assert len(sort_name(name)) <= LONGEST


@given(NAMES)
def test_folding_again_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("  ", "The name is empty. Write it as the person writes it."),
        ("x" * 301, "The name has 301 characters; at most 300 are kept. Shorten it."),
        (
            "Ada\u202eLovelace",
            "Character 4 of the name is an invisible control character (U+202E). "
            "Type the name again instead of pasting it.",
        ),
        (
            "Ada\x07",
            "Character 4 of the name is an invisible control character (U+0007). "
            "Type the name again instead of pasting it.",
        ),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused_with_the_reason(text: str, message: str) -> None:
    with pytest.raises(NameRefused) as refused:
        written(text)
    assert str(refused.value) == message


def test_a_name_of_300_characters_is_kept_whole() -> None:
    assert written("é" * 300) == "é" * 300


def test_names_have_a_word_in_common_however_it_is_written() -> None:
    assert in_common("María Núñez", "NUNEZ, M.")
    assert not in_common("A. Smith", "A. Jones")
