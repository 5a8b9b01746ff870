"""A queue of threads: each has its turn in the order it asked for it."""

from __future__ import annotations

import threading
from collections import deque


class Turns:
    """Only one thread has the turn; whoever gives it back hands it to the one that has waited longest."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def take(self, seconds: float) -> bool:
        """Wait for the turn, at most so long. Whether it is ours now."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            called = threading.Lock()
            called.acquire()
            self._waiting.append(called)
        return called.acquire(timeout=seconds) or self._called_after_all(called)

    def give_back(self) -> None:
        """End the turn. Only for the thread that has it."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    def _called_after_all(self, called: threading.Lock) -> bool:
        with self._guard:
            if called not in self._waiting:
                return True
            self._waiting.remove(called)
            return False
