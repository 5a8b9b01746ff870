"""Laws of interval arithmetic, against an oracle that looks at every single second."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.attendance.intervals import (
    EmptyInterval,
    Interval,
    between,
    clip,
    intersect,
    length,
    subtract,
    union,
    whole_minutes,
)

NINE = datetime(2016, 1, 19, 14, 0, tzinfo=UTC)
SPAN = 240  # seconds looked at


def at(second: int) -> datetime:
    return NINE + timedelta(seconds=second)


def span(start: int, end: int) -> Interval:
    return Interval(at(start), at(end))


spans = st.tuples(st.integers(0, SPAN - 1), st.integers(1, 60)).map(lambda se: span(se[0], min(SPAN, se[0] + se[1])))
many = st.lists(spans, max_size=8)


def seconds_in(intervals: list[Interval] | tuple[Interval, ...]) -> set[int]:
    """The oracle: a second is in the set when some interval holds its first instant."""
    return {s for s in range(SPAN) if any(i.start <= at(s) < i.end for i in intervals)}


@given(many)
def test_union_holds_the_same_seconds_sorted_and_apart(intervals: list[Interval]) -> None:
    merged = union(intervals)
    assert seconds_in(merged) == seconds_in(intervals)
    assert all(a.end < b.start for a, b in pairwise(merged))


@given(many, spans)
def test_clip_holds_the_seconds_inside_the_window(intervals: list[Interval], window: Interval) -> None:
    assert seconds_in(clip(intervals, window)) == seconds_in(intervals) & seconds_in([window])


@given(many, many)
def test_intersect_holds_the_shared_seconds(first: list[Interval], second: list[Interval]) -> None:
    assert seconds_in(intersect(first, second)) == seconds_in(first) & seconds_in(second)
    assert intersect(first, second) == intersect(second, first)


@given(many, many)
def test_subtract_holds_the_seconds_outside_the_holes(intervals: list[Interval], holes: list[Interval]) -> None:
    left = subtract(intervals, holes)
    assert seconds_in(left) == seconds_in(intervals) - seconds_in(holes)
    assert union(left) == left


@given(many, many)
def test_what_is_taken_and_what_is_left_make_the_whole(intervals: list[Interval], holes: list[Interval]) -> None:
    assert length(subtract(intervals, holes)) + length(intersect(intervals, holes)) == length(intervals)


@given(many)
def test_length_counts_each_second_once(intervals: list[Interval]) -> None:
    assert length(intervals) == timedelta(seconds=len(seconds_in(intervals)))


@given(many)
def test_the_same_rows_twice_change_nothing(intervals: list[Interval]) -> None:
    assert union(intervals + intervals) == union(intervals)


@given(many)
def test_minutes_are_the_seconds_to_the_nearest_minute(intervals: list[Interval]) -> None:
    assert whole_minutes(intervals) == (len(seconds_in(intervals)) + 30) // 60


@pytest.mark.parametrize(("seconds", "minutes"), [(29, 0), (30, 1), (89, 1), (90, 2), (60, 1)])
def test_half_a_minute_rounds_upward(seconds: int, minutes: int) -> None:
    assert whole_minutes([span(0, seconds)]) == minutes


def test_touching_intervals_join_without_a_gap() -> None:
    assert union([span(60, 120), span(0, 60)]) == (span(0, 120),)


def test_an_interval_without_time_is_refused() -> None:
    with pytest.raises(EmptyInterval):
        span(5, 5)
    assert between(at(5), at(5)) == ()


def test_an_interval_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Interval(datetime(2016, 1, 19, 9), datetime(2016, 1, 19, 10))  # noqa: DTZ001
