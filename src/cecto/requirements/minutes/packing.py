"""The most minutes that fit under caps which overlap and all hold.

Entries under the same caps form one supply, so the work depends on the caps, never on the number of entries. Only a
linear program is exact here: caps that overlap in a ring have no order, and no flow, that fills them best. It is
solved by the bounded simplex method in fractions, and branches on what comes out in part of a minute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

# The numbers of the caps that hold a supply.
Under = tuple[int, ...]
Bounds = list[tuple[int, int]]
# Branches tried before the best whole answer found so far is taken; three caps in a ring need two.
MOST_BRANCHES = 200
# How much more a minute weighs than the order in which supplies are written; above any ratio of small caps.
_MINUTE_OVER_ORDER = 10_000
# Steps after which the simplex method takes the first improvement instead of the largest, which cannot go in circles.
_LARGEST_STEPS = 400


def most(supplies: Mapping[Under, int], caps: Sequence[int]) -> dict[Under, int]:
    """How much of each supply counts so that the total is the most that fits under every cap, in whole minutes.

    Of several ways one that lets through more of the supplies written first.
    """
    kinds = list(supplies)
    waiting: list[Bounds] = [[(0, supplies[kind]) for kind in kinds]]
    best: list[int] = []
    for _ in range(MOST_BRANCHES):
        if not waiting:
            break
        bounds = waiting.pop()
        found = _relaxed(kinds, bounds, caps)
        if found is None or (best and int(sum(found)) <= sum(best)):
            continue
        whole = _topped_up([int(amount) for amount in found], kinds, supplies, caps)
        if not best or sum(whole) > sum(best):
            best = whole
        if sum(whole) < int(sum(found)):
            waiting += _branches(found, bounds)
    return dict(zip(kinds, best, strict=True))


def _topped_up(
    amounts: list[int], kinds: Sequence[Under], supplies: Mapping[Under, int], caps: Sequence[int]
) -> list[int]:
    """The amounts with what room is left filled, in the order written."""
    left = list(caps)
    for kind, amount in zip(kinds, amounts, strict=True):
        for cap in kind:
            left[cap] -= amount
    for number, kind in enumerate(kinds):
        more = min([supplies[kind] - amounts[number], *(left[cap] for cap in kind)])
        amounts[number] += more
        for cap in kind:
            left[cap] -= more
    return amounts


def _branches(found: Sequence[Fraction], bounds: Bounds) -> list[Bounds]:
    """Without the part of a minute, or with the whole of it."""
    at, amount = next((n, amount) for n, amount in enumerate(found) if amount.denominator > 1)
    low, high = bounds[at]
    return [
        [*bounds[:at], (low, int(amount)), *bounds[at + 1 :]],
        [*bounds[:at], (int(amount) + 1, high), *bounds[at + 1 :]],
    ]


def _relaxed(kinds: Sequence[Under], bounds: Bounds, caps: Sequence[int]) -> list[Fraction] | None:
    """The best amounts if minutes could be divided; None when the lower bounds alone break a cap."""
    room = list(caps)
    for kind, (low, _) in zip(kinds, bounds, strict=True):
        for cap in kind:
            room[cap] -= low
    if min(room, default=0) < 0:
        return None
    spans = [high - low for low, high in bounds]
    added = _Simplex(kinds, spans, room).solve()
    return [low + amount for (low, _), amount in zip(bounds, added, strict=True)]


class _Simplex:
    """Amounts between 0 and their spans, of which each cap holds some; the columns after them are what caps leave."""

    def __init__(self, kinds: Sequence[Under], spans: Sequence[int], room: Sequence[int]) -> None:
        number, rows = len(kinds), len(room)
        weight = number * (sum(spans) + 1) * _MINUTE_OVER_ORDER
        self._number = number
        self._limits: list[int | None] = [*spans, *[None] * rows]
        self._costs = [*(Fraction(weight + number - n) for n in range(number)), *[Fraction(0)] * rows]
        self._rows = [
            [Fraction(cap in kind) for kind in kinds] + [Fraction(cap == other) for other in range(rows)]
            for cap in range(rows)
        ]
        self._basis = [number + cap for cap in range(rows)]
        self._values = [Fraction(left) for left in room]
        self._full = [False] * (number + rows)

    def solve(self) -> list[Fraction]:
        """The amounts that weigh most."""
        steps = 0
        while (entering := self._entering(steps)) is not None:
            self._step(entering)
            steps += 1
        amounts = [Fraction(limit or 0) if self._full[n] else Fraction(0) for n, limit in enumerate(self._limits)]
        for row, column in enumerate(self._basis):
            amounts[column] = self._values[row]
        return amounts[: self._number]

    def _entering(self, steps: int) -> int | None:
        """A column outside the basis that would improve the whole."""
        gains = [(cost if not full else -cost) for cost, full in zip(self._costs, self._full, strict=True)]
        better = [n for n, gain in enumerate(gains) if gain > 0]
        if not better or steps > _LARGEST_STEPS:
            return better[0] if better else None
        return max(better, key=lambda n: (gains[n], -n))

    def _step(self, entering: int) -> None:
        sign = -1 if self._full[entering] else 1
        limit = self._limits[entering]
        far = None if limit is None else Fraction(limit)
        leaving, leaves_full = None, False
        for row, cells in enumerate(self._rows):
            reach = self._reach(row, sign * cells[entering])
            if reach is None:
                continue
            tie = leaving is not None and reach == far and self._basis[row] < self._basis[leaving]
            if far is None or reach < far or tie:
                far, leaving, leaves_full = reach, row, sign * cells[entering] < 0
        if far is None:
            raise AssertionError("Every amount has a bound.")
        for row, cells in enumerate(self._rows):
            if cells[entering]:
                self._values[row] -= sign * far * cells[entering]
        if leaving is None:
            self._full[entering] = not self._full[entering]
        else:
            start = Fraction(limit or 0) if self._full[entering] else Fraction(0)
            self._exchange(entering, leaving, start + sign * far, leaves_full)

    def _reach(self, row: int, rate: Fraction) -> Fraction | None:
        """How far the entering column may go before the row's own column is empty or full."""
        if rate > 0:
            return self._values[row] / rate
        most_of_it = self._limits[self._basis[row]]
        return (most_of_it - self._values[row]) / -rate if rate and most_of_it is not None else None

    def _exchange(self, entering: int, leaving: int, value: Fraction, leaves_full: bool) -> None:
        self._full[self._basis[leaving]] = leaves_full
        self._full[entering] = False
        self._basis[leaving], self._values[leaving] = entering, value
        pivot = self._rows[leaving][entering]
        self._rows[leaving] = cells = [cell / pivot if cell else cell for cell in self._rows[leaving]]
        present = [n for n, cell in enumerate(cells) if cell]
        for other in (*(row for number, row in enumerate(self._rows) if number != leaving), self._costs):
            factor = other[entering]
            if factor:
                for n in present:
                    other[n] -= factor * cells[n]
