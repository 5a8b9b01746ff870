"""Times pieces of work against each other in one run.

What is judged is processor time, which others on the machine hardly touch; the time on the clock, waits for the disk
and for others included, stands beside it.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Self


@dataclass(frozen=True)
class Work:
    """Something to time. `floor` marks what the others are divided by; the median is to stay under `limit_ms`."""

    title: str
    do: Callable[[], object]
    repeat: int = 30
    floor: bool = False
    limit_ms: float | None = None
    limit_ratio: float | None = None


@dataclass(frozen=True)
class Row:
    """A line of the report."""

    title: str
    value: str
    clock: str = ""
    ratio: str = ""
    goal: str = ""
    reached: bool | None = None


@dataclass
class Bench:
    """Collects what one benchmark measured."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def measure(self, *works: Work) -> None:
        """Time every work, taking turns so that a noisy moment of the machine meets them all."""
        times = take_turns(works)
        floor = next((_processor(times[work.title]) for work in works if work.floor), None)
        self.rows += [_row(work, times[work.title], floor) for work in works]

    def fact(self, title: str, value: float, *, limit: float | None = None, unit: str = "") -> None:
        """Report a count or a size: `bench.fact("queries of the grid", 7, limit=10)`."""
        goal = "" if limit is None else f"≤ {limit:g} {unit}".strip()
        reached = None if limit is None else value <= limit
        self.rows.append(Row(title, f"{value:,.6g} {unit}".strip(), goal=goal, reached=reached))

    def rate(self, title: str, per_second: float, *, floor: float | None = None, least: float | None = None) -> None:
        """Report a throughput; `least` is the share of `floor` (another rate of this run) to reach."""
        share = None if floor is None else per_second / floor
        reached = None if least is None or share is None else share >= least
        goal = "" if least is None else f"≥ {least:g} ×"
        ratio = "" if share is None else f"{share:.2f} ×"
        self.rows.append(Row(title, f"{per_second:,.0f} /s", ratio=ratio, goal=goal, reached=reached))

    def note(self, text: str) -> None:
        """Say something that a reader of the figures needs: sizes, settings, why a goal is missed."""
        self.notes.append(text)

    def as_json(self) -> dict[str, object]:
        """The measurements as JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, found: dict[str, list[dict[str, object]]]) -> Self:
        """The measurements back from JSON."""
        return cls([Row(**row) for row in found["rows"]], list(found["notes"]))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Taken:
    """How long one run took, in seconds."""

    processor: float
    clock: float


def take_turns(works: tuple[Work, ...]) -> dict[str, list[Taken]]:
    """What each run of each work took, after one run of each that is not counted."""
    for work in works:
        work.do()
    gc.collect()
    gc.freeze()  # what is loaded by now is nobody's garbage
    times: dict[str, list[Taken]] = {work.title: [] for work in works}
    for turn in range(max(work.repeat for work in works)):
        for work in works:
            if turn < work.repeat:
                times[work.title].append(_taken(work.do))
    return times


def _taken(do: Callable[[], object]) -> Taken:
    gc.collect()
    gc.disable()
    clock, processor = time.perf_counter(), time.process_time()
    do()
    taken = Taken(time.process_time() - processor, time.perf_counter() - clock)
    gc.enable()
    return taken


def _processor(times: list[Taken]) -> float:
    return median(taken.processor for taken in times)


def _row(work: Work, times: list[Taken], floor: float | None) -> Row:
    middle = _processor(times)
    ratio = None if floor is None or work.floor else middle / floor
    return Row(
        work.title,
        _milliseconds(middle),
        _milliseconds(median(taken.clock for taken in times)),
        "floor" if work.floor else "" if ratio is None else f"{ratio:.2f} ×",
        _goal(work),
        _reached(work, middle, ratio),
    )


def _goal(work: Work) -> str:
    limits = [
        f"< {work.limit_ms:g} ms" if work.limit_ms else "",
        f"≤ {work.limit_ratio:g} ×" if work.limit_ratio else "",
    ]
    return ", ".join(limit for limit in limits if limit)


def _reached(work: Work, seconds: float, ratio: float | None) -> bool | None:
    answers = [seconds * 1000 < work.limit_ms] if work.limit_ms else []
    answers += [ratio <= work.limit_ratio] if work.limit_ratio and ratio is not None else []
    return all(answers) if answers else None


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.3g} ms" if seconds < 1 else f"{seconds * 1000:,.0f} ms"
