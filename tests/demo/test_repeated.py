"""Building a stage twice tells the same facts."""

from __future__ import annotations

import pytest

from tests.demo.played import facts, played

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_stage_tells_the_same_facts() -> None:
    told = []
    for _ in range(2):
        with played("midyear") as standing:
            told.append((facts(), standing))
    assert told[0] == told[1]
    assert len(told[0][0]) == 1285
