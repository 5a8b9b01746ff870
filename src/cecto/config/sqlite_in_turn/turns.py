"""A queue of threads: each has its turn in the order it asked for it."""

from __future__ import annotations

import threading
import time
from collections import deque

# How long a change waits for others before whoever asked for it is told to send it again.
WRITER_WAITS_SECONDS = 5
# A turn lasts milliseconds. One that lasts this long is held up by something else: the disk, or another process.
HELD_UP_SECONDS = 1


class Turns:
    """Only one thread has the turn; whoever gives it back hands it to the one that has waited longest.

    While a turn is held up, no more than `patient` threads stay and wait: a process has few, and others came to read.
    """

    def __init__(self, *, patient: int = 4) -> None:
        self._guard = threading.Lock()
        self._patient = patient
        self._taken = False
        self._since = 0.0
        self._waiting: deque[threading.Lock] = deque()

    def take(self, seconds: float) -> bool:
        """Wait for the turn, at most so long, and shorter behind too many others. Whether it is ours now."""
        with self._guard:
            if not self._taken:
                self._begin()
                return True
            called = threading.Lock()
            called.acquire()
            many = len(self._waiting) >= self._patient
            until_held_up = self._since + HELD_UP_SECONDS - time.monotonic()
            self._waiting.append(called)
        if many:
            return self._wait_behind_many(called, seconds, until_held_up)
        return called.acquire(timeout=seconds) or self._called_after_all(called)

    def give_back(self) -> None:
        """End the turn. Only for the thread that has it."""
        with self._guard:
            if self._waiting:
                self._begin()
                self._waiting.popleft().release()
            else:
                self._taken = False

    def _begin(self) -> None:
        self._taken, self._since = True, time.monotonic()

    def _wait_behind_many(self, called: threading.Lock, seconds: float, until_held_up: float) -> bool:
        """Stay as long as turns change hands; leave once one is held up."""
        end = time.monotonic() + seconds
        while until_held_up > 0 and time.monotonic() < end:
            if called.acquire(timeout=until_held_up):
                return True
            with self._guard:
                until_held_up = self._since + HELD_UP_SECONDS - time.monotonic()
        return self._called_after_all(called)

    def _called_after_all(self, called: threading.Lock) -> bool:
        with self._guard:
            if called not in self._waiting:
                return True
            self._waiting.remove(called)
            return False
