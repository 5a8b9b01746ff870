"""Many clients at once: as fast as they are answered, or at a rate that does not wait for answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier
from typing import TypeVar

from django.db import OperationalError, connection

CLIENTS = 32
T = TypeVar("T")


@dataclass(frozen=True)
class Storm:
    """What a storm came to: how many a second were answered, and the seconds that each took."""

    rate: float
    seconds: list[float]
    refused: int

    @property
    def p99(self) -> float:
        """The seconds that 99 of 100 stayed under."""
        return sorted(self.seconds)[max(len(self.seconds) * 99 // 100 - 1, 0)]


def closed_loop(do: Callable[[T], None], things: Sequence[T]) -> Storm:
    """Every client does its next thing as soon as the last is done."""
    shares = [things[start::CLIENTS] for start in range(CLIENTS)]
    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        taken = [seconds for share in pool.map(partial(_each, do), shares) for seconds in share]
    return _storm(taken, time.perf_counter() - start)


def open_loop(do: Callable[[T], None], things: Sequence[T], rate: float) -> Storm:
    """So many things are due each second, whether or not the last is done; each is timed from when it was due."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        start = time.perf_counter() + 0.1
        running = []
        for number, thing in enumerate(things):
            due = start + number / rate
            time.sleep(max(due - time.perf_counter(), 0))
            running.append(pool.submit(_when_due, do, due, thing))
        taken = [one.result() for one in running]
        storm = _storm(taken, time.perf_counter() - start)
        _disconnect(pool)
    return storm


def _disconnect(pool: ThreadPoolExecutor) -> None:
    """Close the connection of every thread: a server has only so many, and the next storm brings its own."""
    everyone = Barrier(CLIENTS)

    def close() -> None:
        everyone.wait(60)
        connection.close()

    for done in [pool.submit(close) for _ in range(CLIENTS)]:
        done.result()


def _storm(taken: list[float], lasted: float) -> Storm:
    done = [seconds for seconds in taken if seconds >= 0]
    return Storm(len(done) / lasted, done, len(taken) - len(done))


def _each(do: Callable[[T], None], things: Sequence[T]) -> list[float]:
    taken = [_when_due(do, time.perf_counter(), thing) for thing in things]
    connection.close()
    return taken


def _when_due(do: Callable[[T], None], when: float, thing: T) -> float:
    """The seconds since it was due, -1 when the database refused it."""
    try:
        do(thing)
    except OperationalError:
        return -1.0
    return time.perf_counter() - when
