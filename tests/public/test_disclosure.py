"""No number that is held back can be computed from the published ones."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from cecto.public.disclosure import ALL, Cell, Number, publish

SMALLEST = 5


def totals(cells: dict[Cell, int]) -> dict[Number, int]:
    """Every number of the table, added up one by one."""
    found: dict[Number, int] = {ALL: sum(cells.values())}
    for label, track, column in cells:
        found["cell", label, track, column] = cells[label, track, column]
        found["row", label, track] = sum(n for (a, b, _), n in cells.items() if (a, b) == (label, track))
        found["class", label] = sum(n for (a, _, _), n in cells.items() if a == label)
        found["column", column] = sum(n for (_, _, c), n in cells.items() if c == column)
    return found


def what_readers_must_think_possible(cells: dict[Cell, int]) -> dict[Number, set[int]]:
    """For each number held back, the values it has in the tables near this one that fit all that is published.

    Readers know that zeros are published: what is held back is at least one.
    """
    told = publish(cells, smallest=SMALLEST).numbers
    held = [number for number, value in told.items() if value is None]
    possible: dict[Number, set[int]] = {number: set() for number in held}
    near = [(n - 1, n, n + 1) if told["cell", *cell] is None else (n,) for cell, n in cells.items()]
    for values in product(*near):
        other = totals(dict(zip(cells, values, strict=True)))
        fits = all(other[number] == value for number, value in told.items() if value is not None)
        if fits and all(other[number] >= 1 for number in held):
            for number in held:
                possible[number].add(other[number])
    return possible


KEYS = [
    ("2015", "directors", "east"),
    ("2015", "directors", "west"),
    ("2015", "leaders", "east"),
    ("2015", "leaders", "west"),
    ("2016", "directors", "east"),
    ("2016", "directors", "west"),
    ("2016", "directors", "north"),
    ("2016", "leaders", "north"),
]
TABLES = st.lists(st.integers(0, 9), min_size=8, max_size=8).map(lambda counts: dict(zip(KEYS, counts, strict=True)))


@settings(deadline=None, max_examples=settings().max_examples // 2)
@given(TABLES)
def test_no_number_held_back_can_be_computed(cells: dict[Cell, int]) -> None:
    assert [number for number, values in what_readers_must_think_possible(cells).items() if len(values) < 2] == []


@settings(deadline=None)
@given(TABLES)
def test_what_is_published_is_true_and_not_small(cells: dict[Cell, int]) -> None:
    truth = totals(cells)
    told = publish(cells, smallest=SMALLEST).numbers
    assert set(told) == set(truth)
    for number, value in told.items():
        assert value is None or (value == truth[number] and not 0 < value < SMALLEST)


def test_one_small_number_takes_others_with_it() -> None:
    cells = {("2016", "d", "east"): 2, ("2016", "d", "west"): 8, ("2016", "l", "east"): 7, ("2016", "l", "west"): 9}
    told = publish(cells, smallest=SMALLEST)
    assert [told.cell(*cell) for cell in cells] == [None, None, None, None]
    assert (told.of_class("2016"), told.column("east"), told.all) == (26, 9, 26)


def test_large_numbers_are_all_published_and_an_empty_table_is_empty() -> None:
    assert publish({("2016", "d", "east"): 9}, smallest=SMALLEST).numbers == totals({("2016", "d", "east"): 9})
    assert publish({}, smallest=SMALLEST).all == 0
