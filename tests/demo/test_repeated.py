"""Building a stage twice tells the same facts, and a later stage still knows what an earlier one knew."""

from __future__ import annotations

import pytest

from cecto.demo.stages import STAGES
from tests.demo.played import facts, played, standings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("demo-repeated")]

NOW = STAGES["midyear"].now


def test_the_same_stage_tells_the_same_facts() -> None:
    told = []
    for _ in range(2):
        with played("midyear"):
            told.append((facts(), standings(NOW)))
    assert told[0] == told[1]
    assert len(told[0][0]) == 1687


def test_a_later_stage_knows_what_was_known_before() -> None:
    with played("midyear"):
        then = standings(NOW)
    with played("alumni"):
        assert standings(NOW) == then
