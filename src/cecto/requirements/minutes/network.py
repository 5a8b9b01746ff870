"""A maximum flow through a small network of numbered places: what is sent never takes back what has arrived."""

from __future__ import annotations

from collections import deque


class Network:
    """Places joined by pipes of whole capacities."""

    def __init__(self) -> None:
        self._to: list[int] = []
        self._left: list[int] = []
        self._out: list[list[int]] = []

    def place(self) -> int:
        """A new place."""
        self._out.append([])
        return len(self._out) - 1

    def join(self, start: int, end: int, capacity: int) -> int:
        """A new pipe, by its number."""
        pipe = len(self._to)
        self._to += [end, start]
        self._left += [capacity, 0]
        self._out[start].append(pipe)
        self._out[end].append(pipe + 1)
        return pipe

    def widen(self, pipe: int, by: int) -> None:
        """Give a pipe so much more capacity."""
        self._left[pipe] += by

    def shut(self, pipe: int) -> None:
        """Let no more through a pipe than already goes."""
        self._left[pipe] = 0

    def sent(self, pipe: int) -> int:
        """What goes through a pipe."""
        return self._left[pipe ^ 1]

    def send(self, source: int, end: int) -> int:
        """Send as much more as can be from one place to another; what others sent may take other ways, never less."""
        total = 0
        while (path := self._shortest(source, end)) is not None:
            amount = min(self._left[pipe] for pipe in path)
            for pipe in path:
                self._left[pipe] -= amount
                self._left[pipe ^ 1] += amount
            total += amount
        return total

    def copy(self) -> Network:
        """The same network, to try something on."""
        made = Network()
        made._to, made._left, made._out = self._to, list(self._left), self._out
        return made

    def _shortest(self, source: int, end: int) -> list[int] | None:
        came = {source: -1}
        queue = deque([source])
        while queue:
            at = queue.popleft()
            for pipe in self._out[at]:
                there = self._to[pipe]
                if self._left[pipe] and there not in came:
                    came[there] = pipe
                    if there == end:
                        return self._back(came, source, end)
                    queue.append(there)
        return None

    def _back(self, came: dict[int, int], source: int, end: int) -> list[int]:
        path = []
        while end != source:
            path.append(came[end])
            end = self._to[came[end] ^ 1]
        return path
