"""Building a stage twice tells the same facts."""

from __future__ import annotations

from datetime import date

import pytest

from cecto.demo.stages import Stage
from cecto.demo.year.world import instant
from tests.demo.played import facts, played

pytestmark = pytest.mark.django_db(transaction=True)

# Late enough for every kind of file, for names that were answered before, and for a conflict.
AUTUMN = Stage("autumn", instant(date(2015, 10, 31), "12:00"), "", ())


def test_the_same_stage_tells_the_same_facts() -> None:
    told = []
    for _ in range(2):
        with played(AUTUMN) as standing:
            told.append((facts(), standing))
    assert told[0] == told[1]
    assert len(told[0][0]) > 500
