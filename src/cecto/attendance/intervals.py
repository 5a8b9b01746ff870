"""Half-open intervals of time, and the only place where seconds become minutes.

An interval `[start, end)` holds its start and not its end, so two that touch share nothing and join without a gap.
Every function takes intervals in any order, overlapping or not, and returns them sorted, apart and not touching.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
HALF_MINUTE = timedelta(seconds=30)


class EmptyInterval(ValueError):
    """An interval must end after it starts."""


@dataclass(frozen=True, order=True, slots=True)
class Interval:
    """Time from `start` up to, not including, `end`; both are aware instants."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("An interval needs instants with a time zone.")
        if not self.start < self.end:
            raise EmptyInterval(f"{self.start} to {self.end} holds no time.")


Intervals = tuple[Interval, ...]


def between(start: datetime, end: datetime) -> Intervals:
    """The interval from start to end, or nothing when the end is not after the start."""
    return (Interval(start, end),) if start < end else ()


def union(intervals: Iterable[Interval]) -> Intervals:
    """The time that is in at least one interval. Overlaps count once; touching ones are joined."""
    merged: list[Interval] = []
    for interval in sorted(intervals):
        if merged and interval.start <= merged[-1].end:
            merged[-1] = Interval(merged[-1].start, max(merged[-1].end, interval.end))
        else:
            merged.append(interval)
    return tuple(merged)


def clip(intervals: Iterable[Interval], window: Interval) -> Intervals:
    """The part of the intervals that lies inside the window."""
    pieces = (between(max(i.start, window.start), min(i.end, window.end)) for i in intervals)
    return union(piece for found in pieces for piece in found)


def intersect(first: Iterable[Interval], second: Iterable[Interval]) -> Intervals:
    """The time that is in both sets of intervals."""
    held = tuple(first)
    return union(piece for window in second for piece in clip(held, window))


def subtract(intervals: Iterable[Interval], holes: Iterable[Interval]) -> Intervals:
    """The time that is in the intervals and in none of the holes."""
    left = union(intervals)
    for hole in holes:
        left = tuple(piece for interval in left for piece in _without(interval, hole))
    return left


def _without(interval: Interval, hole: Interval) -> Intervals:
    before = between(interval.start, min(interval.end, hole.start))
    after = between(max(interval.start, hole.end), interval.end)
    return before + after


def earliest(intervals: Iterable[Interval], time: timedelta) -> Intervals:
    """The earliest part of the intervals that is that long, or all of them."""
    found: list[Interval] = []
    time = max(timedelta(), time)
    for interval in union(intervals):
        found += between(interval.start, min(interval.end, interval.start + time))
        time = max(timedelta(), time - (interval.end - interval.start))
    return tuple(found)


def latest(intervals: Iterable[Interval], time: timedelta) -> Intervals:
    """The latest part of the intervals that is that long, or all of them."""
    held = union(intervals)
    return subtract(held, earliest(held, length(held) - time))


def length(intervals: Iterable[Interval]) -> timedelta:
    """The time that the intervals cover, each moment once."""
    return sum((i.end - i.start for i in union(intervals)), timedelta())


def whole_minutes(intervals: Iterable[Interval]) -> int:
    """The length in minutes, to the nearest minute, half a minute upward.

    The only rounding in attendance. A program's own rounding belongs to its definition and is applied by the audit.
    """
    return (length(intervals) + HALF_MINUTE) // MINUTE
