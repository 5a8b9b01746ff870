"""Every status has a sign, a word and a color that exist."""

from __future__ import annotations

import pytest

from cecto.foundation.ui.statuses import SIGNS, Sign, sign_of
from tests.foundation.ui.built import css, icons

REQUIREMENT_STATUSES = ["met", "pending", "open", "impossible", "waived", "not-applicable", "undecided"]


def test_every_requirement_status_has_a_sign() -> None:
    assert [word for word in REQUIREMENT_STATUSES if word not in SIGNS] == []


@pytest.mark.parametrize("word", SIGNS)
def test_every_sign_is_drawn(word: str) -> None:
    sign = SIGNS[word]
    assert sign.icon in icons()
    assert f".app-status--{sign.tone}" in css()
    assert f".app-cell--{sign.tone}" in css()


def test_no_two_requirement_statuses_look_the_same() -> None:
    looks = [(SIGNS[word].icon, SIGNS[word].tone) for word in REQUIREMENT_STATUSES]
    assert len(set(looks)) == len(looks)


def test_capitals_and_underscores_are_forgiven() -> None:
    assert sign_of("NOT_APPLICABLE") is SIGNS["not-applicable"]


def test_an_unlisted_word_is_shown_as_it_is() -> None:
    assert sign_of("on_leave") == Sign("On leave", "info", "quiet")
