"""From sightings to minutes: union, breaks, effective times, zeros, disagreements."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.attendance.intervals import Interval
from cecto.attendance.presence import (
    Disagreement,
    OverlappingSegments,
    PlannedSegment,
    Presence,
    Remark,
    SegmentMinutes,
    Sighting,
    Timetable,
    presence,
    spread,
)


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2016-01-19 {clock}+00:00")


def span(start: str, end: str) -> Interval:
    return Interval(at(start), at(end))


MORNING = PlannedSegment("s1", span("09:00", "12:00"))
AFTERNOON = PlannedSegment("s2", span("13:00", "16:00"))
LUNCH = span("12:00", "13:00")
COFFEE = span("10:30", "10:45")


def day(start: str = "09:00", end: str = "16:00") -> Timetable:
    return Timetable(span(start, end), (MORNING, AFTERNOON), (COFFEE, LUNCH))


def minutes(found: Presence) -> list[tuple[str, int, int]]:
    return [(s.code, s.attended, s.offered) for s in found.segments]


def test_whole_day_is_all_that_was_offered_less_breaks() -> None:
    found = presence([Sighting("sign-in", at("08:50"), at("16:30"))], day())
    assert minutes(found) == [("s1", 165, 165), ("s2", 180, 180)]
    assert (found.attended, found.offered, found.late_minutes, found.left_early_minutes) == (345, 345, 0, 0)


def test_nobody_seen_is_zero_of_what_was_offered() -> None:
    found = presence([], day())
    assert found.segments == (SegmentMinutes("s1", 0, 165), SegmentMinutes("s2", 0, 180))
    assert found.disagreements == ()


def test_rejoins_and_a_second_device_never_count_twice() -> None:
    rows = [("09:00", "10:00"), ("09:30", "10:30"), ("09:00", "10:30"), ("10:45", "12:00")]
    found = presence([Sighting("zoom", at(a), at(b)) for a, b in rows], day())
    assert minutes(found) == [("s1", 165, 165), ("s2", 0, 180)]


def test_late_and_early_are_told_in_minutes_of_instruction() -> None:
    found = presence([Sighting("sign-in", at("09:20"), at("15:10"))], day())
    assert (found.late_minutes, found.left_early_minutes) == (20, 50)
    assert minutes(found) == [("s1", 145, 165), ("s2", 130, 180)]


def test_leaving_during_a_break_costs_only_instruction() -> None:
    found = presence([Sighting("sign-in", at("09:00"), at("12:40"))], day())
    assert (found.left_early_minutes, minutes(found)) == (180, [("s1", 165, 165), ("s2", 0, 180)])


def test_a_session_that_ran_short_counts_as_run() -> None:
    found = presence([Sighting("sign-in", at("09:00"), at("16:00"))], day(end="15:00"))
    assert minutes(found) == [("s1", 165, 165), ("s2", 120, 120)]


def test_a_session_that_ran_long_adds_to_its_last_segment() -> None:
    found = presence([Sighting("sign-in", at("09:00"), at("16:30"))], day(end="16:30"))
    assert minutes(found) == [("s1", 165, 165), ("s2", 210, 210)]


def test_a_forgotten_check_out_counts_until_the_end_and_says_so() -> None:
    found = presence([Sighting("sign-in", at("13:00"))], day())
    assert minutes(found) == [("s1", 0, 165), ("s2", 180, 180)]
    assert found.remarks == (Remark.NO_CHECK_OUT,)


def test_a_length_without_times_is_spread_and_says_so() -> None:
    found = presence([Sighting("zoom", seconds=200 * 60)], day())
    assert minutes(found) == [("s1", 95, 165), ("s2", 105, 180)]
    assert found.remarks == (Remark.TIMES_UNKNOWN,)


def test_a_length_that_says_more_than_the_times_of_its_own_source_waits_for_a_human() -> None:
    """Times were once taken alone, and a person who was there all day got five minutes in silence."""
    found = presence([Sighting("zoom", at("09:00"), at("09:05")), Sighting("zoom", seconds=6 * 3600)], day())
    assert found.disagreements == (Disagreement("zoom", "zoom, by length", 355),)


def test_a_length_that_agrees_with_the_times_breaks_included_is_no_disagreement() -> None:
    found = presence([Sighting("zoom", at("09:00"), at("12:30")), Sighting("zoom", seconds=210 * 60)], day())
    assert (found.disagreements, found.attended) == ((), 165)


def test_lengths_without_times_never_add_up() -> None:
    found = presence([Sighting("zoom", seconds=3600), Sighting("zoom", seconds=3000)], day())
    assert found.attended == 60


def test_two_sources_far_apart_are_named() -> None:
    seen = [Sighting("sign-in", at("09:00"), at("16:00")), Sighting("zoom", at("09:00"), at("12:00"))]
    found = presence(seen, day())
    assert found.disagreements == (Disagreement("sign-in", "zoom", 180),)
    assert [(s.source, s.minutes) for s in found.sources] == [("sign-in", 345), ("zoom", 165)]
    assert found.attended == 345


def test_two_sources_within_the_tolerance_agree() -> None:
    seen = [Sighting("sign-in", at("09:00"), at("16:00")), Sighting("zoom", at("09:10"), at("16:00"))]
    assert presence(seen, day(), tolerance_minutes=10).disagreements == ()
    assert presence(seen, day(), tolerance_minutes=9).disagreements != ()


def test_a_source_that_lists_everyone_disagrees_by_silence() -> None:
    found = presence([Sighting("roster", at("09:00"), at("16:00"))], day(), complete={"zoom"})
    assert found.disagreements == (Disagreement("roster", "zoom", 345),)


def test_marked_absent_against_a_report_is_a_disagreement() -> None:
    found = presence([Sighting("roster", seconds=0), Sighting("zoom", at("09:00"), at("12:00"))], day())
    assert found.disagreements == (Disagreement("roster", "zoom", 165),)


def test_overlapping_segments_are_refused() -> None:
    with pytest.raises(OverlappingSegments):
        Timetable(span("09:00", "16:00"), (MORNING, PlannedSegment("s2", span("11:00", "13:00"))))


clocks = st.integers(0, 8 * 60).map(lambda m: at("08:00") + timedelta(minutes=m))
sightings = st.builds(
    Sighting,
    source=st.sampled_from(["zoom", "sign-in"]),
    start=st.none() | clocks,
    end=st.none() | clocks,
    seconds=st.none() | st.integers(0, 40_000),
)


@given(st.lists(sightings, max_size=6), sightings)
def test_attended_is_never_more_than_offered_and_more_evidence_never_lessens_timed_presence(
    seen: list[Sighting], more: Sighting
) -> None:
    before, after = presence(seen, day()), presence([*seen, more], day())
    assert all(0 <= s.attended <= s.offered for s in (*before.segments, *after.segments))
    if before.present:
        assert after.attended >= before.attended


@given(st.lists(sightings, max_size=6))
def test_order_and_repetition_of_evidence_change_nothing(seen: list[Sighting]) -> None:
    assert presence([*reversed(seen), *seen], day()) == presence(seen, day())


@given(st.integers(-5, 500), st.lists(st.integers(0, 200), max_size=6))
def test_spread_adds_up_and_never_exceeds_what_is_offered(total: int, offered: list[int]) -> None:
    parts = spread(total, offered)
    assert sum(parts) == max(0, min(total, sum(offered)))
    assert all(0 <= part <= most for part, most in zip(parts, offered, strict=True))


def test_pauses_without_times_are_not_offered() -> None:
    morning = PlannedSegment("s1", span("09:00", "12:00"), minutes=165)
    whole = presence([Sighting("sign-in", at("09:00"), at("12:00"))], Timetable(span("09:00", "12:00"), (morning,)))
    short = presence([Sighting("sign-in", at("09:00"), at("12:00"))], Timetable(span("09:00", "11:00"), (morning,)))
    assert (minutes(whole), minutes(short)) == ([("s1", 165, 165)], [("s1", 105, 105)])
