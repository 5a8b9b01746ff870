"""A small maximum flow: supplies that may go to several takers, takers served in order, none robbed of its fill.

Entries that may serve the same takers form one supply, so the work depends on the number of takers, never of entries.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

Takers = frozenset[int]
Flow = dict[tuple[Takers, int], int]


class Service:
    """What is left of each supply, and what each taker has of it."""

    def __init__(self, supplies: Mapping[Takers, int]) -> None:
        self._left = dict(supplies)
        self.flow: Flow = {(takers, taker): 0 for takers in supplies for taker in takers}

    def take(self, taker: int, wanted: int) -> int:
        """Give a taker up to `wanted` more, and answer how much.

        Others may have to change which supply they are served from, but none gets less than it has: a path of
        exchanges never takes back. So takers who ask first are served first, and as much is given in total as can be.
        """
        missing = wanted
        while missing > 0:
            moved = self._augment(taker, missing)
            if not moved:
                break
            missing -= moved
        return wanted - missing

    def _augment(self, taker: int, wanted: int) -> int:
        """Move up to `wanted` to the taker along one shortest path of exchanges; 0 when there is none."""
        came: dict[int, tuple[int, Takers]] = {}
        queue, seen = deque([taker]), {taker}
        while queue:
            at = queue.popleft()
            for takers in self._left:
                if at not in takers:
                    continue
                if self._left[takers] > 0:
                    return self._exchange(_path(came, taker, at), at, takers, wanted)
                for other in sorted(takers - seen):
                    if self.flow[takers, other] > 0:
                        seen.add(other)
                        came[other] = (at, takers)
                        queue.append(other)
        return 0

    def _exchange(self, path: Sequence[tuple[int, int, Takers]], last: int, source: Takers, wanted: int) -> int:
        amount = min([wanted, self._left[source], *(self.flow[through, giver] for giver, _, through in path)])
        self._left[source] -= amount
        self.flow[source, last] += amount
        for giver, receiver, through in path:
            self.flow[through, giver] -= amount
            self.flow[through, receiver] += amount
        return amount


def _path(came: Mapping[int, tuple[int, Takers]], taker: int, last: int) -> list[tuple[int, int, Takers]]:
    """(giver, receiver, supply) from the last taker back to the first."""
    path = []
    at = last
    while at != taker:
        receiver, through = came[at]
        path.append((at, receiver, through))
        at = receiver
    return path


def serve(supplies: Mapping[Takers, int], demands: Sequence[int]) -> Flow:
    """How much of each supply goes to each taker, who ask in order.

    As much in total as can be; the first taker gets all it could get alone, the second all it could get beside it, …
    """
    service = Service(supplies)
    for taker, demand in enumerate(demands):
        service.take(taker, demand)
    return service.flow
