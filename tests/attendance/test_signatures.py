"""What people sign with is read as points or letters, and written as a picture of our own."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.attendance.signatures import HEIGHT, MOST_POINTS, WIDTH, SignatureRefused, drawn, typed
from cecto.foundation import evidence

SVG = "{http://www.w3.org/2000/svg}"
POINTS = st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT))


def parts(content: bytes) -> list[str]:
    """The names of everything in a picture."""
    return [one.tag for one in ElementTree.fromstring(content).iter()]  # noqa: S314 - our own


def test_lines_become_a_path() -> None:
    signature = drawn([[1, 2, 30, 40], [5, 5]])
    assert b'd="M1 2L30 40M5 5L5 5"' in signature.content
    assert parts(signature.content) == [f"{SVG}svg", f"{SVG}path"]
    assert evidence.load(signature.keep()) == signature.content


@given(st.lists(st.lists(POINTS, min_size=1, max_size=30), max_size=10))
def test_any_lines_are_drawn_or_refused_and_nothing_else_gets_in(lines: list[list[tuple[int, int]]]) -> None:
    try:
        content = drawn([[place for point in line for place in point] for line in lines]).content
    except SignatureRefused:
        return
    assert parts(content) == [f"{SVG}svg", f"{SVG}path"]
    assert len(content) < 20_000


@pytest.mark.parametrize(
    "strokes",
    [
        None,
        "M1 2",
        {},
        [],
        [[]],
        [[1]],
        [[1, 2, 3]],
        [[1, 2.5, 40, 50]],
        [["1", "2"]],
        [[True, 2, 40, 50]],
        [[-1, 2, 40, 50]],
        [[1, 2, WIDTH + 1, 50]],
        [[1, 2, 40, HEIGHT + 1]],
        [[7, 7]],
        [[0, 0, 5, 5]],
        [[0, 0, 100, 100] * (MOST_POINTS // 2), [1, 1]],
    ],
)
def test_what_is_no_signature_is_refused(strokes: object) -> None:
    with pytest.raises(SignatureRefused):
        drawn(strokes)


def test_a_typed_name_is_drawn_as_letters() -> None:
    content = typed("  Siobhán  <b>&Ó\u00a0Dálaigh ").content
    (text,) = ElementTree.fromstring(content)  # noqa: S314 - our own
    assert (text.tag, text.text) == (f"{SVG}text", "Siobhán <b>&Ó Dálaigh")


@given(st.text(max_size=150))
def test_any_text_is_drawn_or_refused_and_nothing_else_gets_in(text: str) -> None:
    try:
        content = typed(text).content
    except SignatureRefused:
        return
    assert parts(content) == [f"{SVG}svg", f"{SVG}text"]


@pytest.mark.parametrize("name", ["", "  ", "…", "123", "A\x00B", "A\u202eB", "x" * 101])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(SignatureRefused):
        typed(name)
