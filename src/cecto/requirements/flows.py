"""A small maximum flow: supplies that may go to several takers, takers served in order, none robbed of its fill.

Entries that may serve the same takers form one supply, so the work depends on the number of takers, never of entries.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

Takers = frozenset[int]
Flow = dict[tuple[Takers, int], int]


def serve(supplies: Mapping[Takers, int], demands: Sequence[int]) -> Flow:
    """How much of each supply goes to each taker.

    As much in total as can be; and the first taker gets all it could get alone, the second all it could get beside
    the first, and so on: an augmenting path never takes back what an earlier taker has.
    """
    left = dict(supplies)
    flow: Flow = {(takers, taker): 0 for takers in supplies for taker in takers}
    for taker, demand in enumerate(demands):
        missing = demand
        while missing > 0:
            moved = _augment(left, flow, taker, missing)
            if not moved:
                break
            missing -= moved
    return flow


def _augment(left: dict[Takers, int], flow: Flow, taker: int, wanted: int) -> int:
    """Move up to `wanted` to the taker along one shortest path of exchanges; 0 when there is none."""
    came: dict[int, tuple[int, Takers]] = {}
    queue, seen = deque([taker]), {taker}
    while queue:
        at = queue.popleft()
        for takers in left:
            if at not in takers:
                continue
            if left[takers] > 0:
                return _exchange(left, flow, came, taker, at, takers, wanted)
            for other in takers:
                if other not in seen and flow[takers, other] > 0:
                    seen.add(other)
                    came[other] = (at, takers)
                    queue.append(other)
    return 0


def _exchange(
    left: dict[Takers, int],
    flow: Flow,
    came: Mapping[int, tuple[int, Takers]],
    taker: int,
    last: int,
    source: Takers,
    wanted: int,
) -> int:
    amount = min(wanted, left[source])
    at = last
    while at != taker:
        before, through = came[at]
        amount = min(amount, flow[through, at])
        at = before
    left[source] -= amount
    flow[source, last] += amount
    at = last
    while at != taker:
        before, through = came[at]
        flow[through, at] -= amount
        flow[through, before] += amount
        at = before
    return amount
