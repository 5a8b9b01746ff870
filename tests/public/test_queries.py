"""How many are enrolled is told of a class, unless that tells of a few."""

from __future__ import annotations

import pytest

from cecto.public.disclosure import publish
from cecto.public.queries import _enrolled

CLASS, ONE, OTHER = "2016", "Directors", "Leaders"


def told(one: int, other: int, *, awarded: tuple[int, int] = (0, 0)) -> list[int | None]:
    """What is told of two tracks with so many people, of whom so many hold an award."""
    cells = {(CLASS, track, "Western"): count for track, count in zip((ONE, OTHER), awarded, strict=True) if count}
    return list(_enrolled({ONE: one, OTHER: other}, publish(cells, smallest=5), CLASS).values())


@pytest.mark.parametrize(
    ("shown", "people", "awarded"),
    [
        ([17, 14], (17, 14), (0, 0)),
        ([17, None], (17, 4), (0, 0)),
        ([17, 0], (17, 0), (0, 0)),
        # All certified, or at least five not: nothing small can be computed.
        ([17, 14], (17, 14), (17, 14)),
        ([17, 14], (17, 14), (12, 9)),
        # Two not certified in one track.
        ([None, 14], (17, 14), (15, 14)),
        ([None, None], (17, 14), (15, 11)),
        # The awards of the tracks are held back, but not those of the class, of which four are lacking.
        ([7, None], (7, 6), (5, 4)),
    ],
)
def test_no_count_tells_how_few_were_not_certified(
    shown: list[int | None], people: tuple[int, int], awarded: tuple[int, int]
) -> None:
    assert told(*people, awarded=awarded) == shown
