"""Which numbers about small groups are held back, so that none can be computed from those that are published.

The counts are a table of rows (track within class) by columns, published with the totals of rows, classes and columns
and of all. Read each number as a flow: all -> class -> row -> cell -> column -> all. What goes into a node goes out of
it, and these balances are all the equations there are. One more (or one less) along a cycle of numbers held back
keeps every balance and every published number, so no reader can tell: a number held back is safe if such a cycle leads
through it. Readers know that zeros are published, so nothing held back may fall below one on the way. For a number that
is not safe, the cheapest published numbers that close a cycle are held back as well.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Cell = tuple[str, str, str]  # class, track, column
Node = tuple[str, ...]
Number = tuple[str, ...]
ALL: Number = ("all",)
# How much dearer it is to lose a total than a cell of as many people.
_WORTH = {"cell": 1, "row": 3, "class": 3, "column": 3, "all": 20}


@dataclass(frozen=True, slots=True)
class Published:
    """Every number that is published; None for one that is held back, 0 for one that is not in the table."""

    numbers: Mapping[Number, int | None]

    def cell(self, label: str, track: str, column: str) -> int | None:
        """People of a class and track in a column."""
        return self.numbers.get(("cell", label, track, column), 0)

    def row(self, label: str, track: str) -> int | None:
        """People of a class and track."""
        return self.numbers.get(("row", label, track), 0)

    def of_class(self, label: str) -> int | None:
        """People of a class."""
        return self.numbers.get(("class", label), 0)

    def column(self, column: str) -> int | None:
        """People in a column."""
        return self.numbers.get(("column", column), 0)

    @property
    def all(self) -> int | None:
        """Everybody."""
        return self.numbers.get(ALL, 0)


def publish(cells: Mapping[Cell, int], *, smallest: int) -> Published:
    """The table with its totals, without the numbers from 1 to below `smallest` and those that would give them away."""
    values = _with_totals(cells)
    held = {number for number, value in values.items() if 0 < value < smallest}
    while bare := next((number for number in sorted(held) if not _is_safe(number, values, held)), None):
        held |= _cheapest_cycle(bare, values, held)
    return Published({number: None if number in held else value for number, value in values.items()})


def _with_totals(cells: Mapping[Cell, int]) -> dict[Number, int]:
    values: dict[Number, int] = {}
    for (label, track, column), count in cells.items():
        of = [("cell", label, track, column), ("row", label, track), ("class", label), ("column", column), ALL]
        for number in of:
            values[number] = values.get(number, 0) + count
    return values


def _ends(number: Number) -> tuple[Node, Node]:
    """Where the flow of a number comes from and goes to."""
    match number:
        case ("cell", label, track, column):
            return ("row", label, track), ("column", column)
        case ("row", label, track):
            return ("class", label), ("row", label, track)
        case ("class", label):
            return ("start",), ("class", label)
        case ("column", column):
            return ("column", column), ("end",)
    return ("end",), ("start",)


def _is_safe(number: Number, values: Mapping[Number, int], held: set[Number]) -> bool:
    """Whether it could be one more or one less, with the others that are held back."""
    start, end = _ends(number)
    steps = _steps(held - {number}, values, held)
    more = _path(end, start, steps) is not None
    return more or (values[number] > 1 and _path(start, end, steps) is not None)


def _cheapest_cycle(number: Number, values: Mapping[Number, int], held: set[Number]) -> set[Number]:
    """The numbers with the fewest people that let this one be one more. There is always a way: through the totals."""
    start, end = _ends(number)
    positive = (other for other, value in values.items() if value > 0 and other != number)
    return _path(end, start, _steps(positive, values, held)) or set()


Steps = dict[Node, list[tuple[int, Node, Number]]]


def _steps(numbers: Iterable[Number], values: Mapping[Number, int], held: set[Number]) -> Steps:
    """From each node: what a step costs, where it leads, which number changes. Back only where one can be taken."""
    steps: Steps = {}
    for number in numbers:
        start, end = _ends(number)
        cost = 0 if number in held else (1 + values[number]) * _WORTH[number[0]]
        steps.setdefault(start, []).append((cost, end, number))
        if values[number] > 1:
            steps.setdefault(end, []).append((cost, start, number))
    return steps


def _path(start: Node, goal: Node, steps: Steps) -> set[Number] | None:
    """The numbers on the cheapest way, or None when there is no way."""
    waiting: list[tuple[int, Node, tuple[Number, ...]]] = [(0, start, ())]
    seen: set[Node] = set()
    while waiting:
        cost, node, way = heapq.heappop(waiting)
        if node == goal:
            return set(way)
        if node in seen:
            continue
        seen.add(node)
        for more, to, number in steps.get(node, []):
            heapq.heappush(waiting, (cost + more, to, (*way, number)))
    return None
