"""Where a person was: in the room before online, each minute in one format, shares that add up."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cecto.attendance.intervals import Interval
from cecto.attendance.presence import PlannedSegment, Presence, Sighting, Timetable, presence
from cecto.attendance.whereabouts import Clash, at_most, in_words
from cecto.classes.models import Modality
from cecto.requirements.english.amounts import hours

ROOM, ONLINE, ALONE = Modality.F2F, Modality.SYNC, Modality.ASYNC
NINE = datetime.fromisoformat("2016-01-19 09:00+00:00")


def at(minute: int) -> datetime:
    return NINE + timedelta(minutes=minute)


def span(start: int, end: int) -> Interval:
    return Interval(at(start), at(end))


def hybrid() -> Timetable:
    """An hour in the room, a break of ten minutes, an hour online, an hour in one's own time."""
    parts = (
        PlannedSegment("s1", span(0, 60), format=ROOM),
        PlannedSegment("s2", span(70, 130), format=ONLINE),
        PlannedSegment("s3", span(130, 190), format=ALONE),
    )
    return Timetable(span(0, 190), parts, (span(60, 70),))


def formats(found: Presence) -> list[dict[str, int]]:
    return [{str(where): minutes for where, minutes in segment.formats} for segment in found.segments]


def test_without_a_format_they_were_where_each_part_was_to_be_held() -> None:
    found = presence([Sighting("roster", at(0), at(190))], hybrid())
    assert formats(found) == [{"f2f": 60}, {"sync": 60}, {"async": 60}]
    assert found.clashes == ()


def test_a_day_begun_in_the_room_and_ended_online_is_two_intervals() -> None:
    seen = [Sighting("check-in", at(0), at(40), format=ROOM), Sighting("zoom", at(40), at(130), format=ONLINE)]
    found = presence(seen, hybrid())
    assert formats(found) == [{"f2f": 40, "sync": 20}, {"sync": 60}, {}]
    assert found.places == {ROOM: (span(0, 40),), ONLINE: (span(40, 60), span(70, 130))}
    assert [segment.shares for segment in found.segments] == [
        ((ROOM, 40, 40), (ONLINE, 20, 20)),
        ((ONLINE, 60, 60),),
        ((ALONE, 0, 60),),
    ]


def test_seen_in_the_room_and_online_at_once_was_in_the_room_and_says_so() -> None:
    seen = [Sighting("roster", at(0), at(60)), Sighting("zoom", at(15), at(60), format=ONLINE)]
    found = presence(seen, hybrid(), tolerance_minutes=10)
    assert formats(found)[0] == {"f2f": 60}
    assert found.clashes == (Clash("roster", ROOM, "zoom", ONLINE, 45),)
    assert found.clashes[0].sentence == (
        f"For {hours(45)} roster sees them in the room, zoom live online; that counts as in the room."
    )


def test_a_phone_in_the_room_and_its_person_online_is_told_as_what_it_may_be() -> None:
    phone = Sighting("check-in", at(0), at(60), format=ROOM)
    found = presence([phone, Sighting("zoom", at(0), at(60), format=ONLINE)], hybrid())
    assert "A photo of the code may have been sent to them" in found.clashes[0].sentence


def test_going_from_the_room_to_the_screen_may_overlap_a_little() -> None:
    seen = [Sighting("check-in", at(0), at(38), format=ROOM), Sighting("zoom", at(30), at(60), format=ONLINE)]
    found = presence(seen, hybrid(), tolerance_minutes=10)
    assert (formats(found)[0], found.clashes) == ({"f2f": 38, "sync": 22}, ())


def test_a_length_without_times_has_its_source_s_format() -> None:
    found = presence([Sighting("zoom", seconds=90 * 60, format=ONLINE)], hybrid())
    assert formats(found) == [{"sync": 30}, {"sync": 30}, {"sync": 30}]


def test_what_was_missed_goes_with_the_format_they_were_in_longest() -> None:
    seen = [Sighting("check-in", at(0), at(20), format=ROOM), Sighting("zoom", at(20), at(50), format=ONLINE)]
    assert presence(seen, hybrid()).segments[0].shares == ((ROOM, 20, 20), (ONLINE, 30, 40))


def test_pauses_nobody_wrote_down_cost_each_format_its_part() -> None:
    timetable = Timetable(span(0, 120), (PlannedSegment("s1", span(0, 120), minutes=100),))
    seen = [Sighting("check-in", at(0), at(60), format=ROOM), Sighting("zoom", at(60), at(120), format=ONLINE)]
    assert presence(seen, timetable).segments[0].shares == ((ROOM, 50, 50), (ONLINE, 50, 50))


def test_in_words() -> None:
    assert in_words(((ONLINE, 45),)) == "live online"
    assert in_words(((ROOM, 60), (ONLINE, 45))) == f"{hours(60)} in the room, {hours(45)} live online"
    assert at_most(((ROOM, 60), (ONLINE, 45)), 70) == ((ROOM, 60), (ONLINE, 10))


sightings = st.builds(
    lambda source, start, length, where: Sighting(source, at(start), at(start + length), format=where),
    st.sampled_from(("roster", "check-in", "zoom")),
    st.integers(-10, 190),
    st.integers(1, 120),
    st.sampled_from((None, ROOM, ONLINE)),
)


def minute_by_minute(seen: list[Sighting], timetable: Timetable) -> list[dict[str, int]]:
    """The slow and obvious answer for times on whole minutes: ask of each minute who saw them where."""
    found = []
    for part in timetable.segments:
        counted: dict[str, int] = {}
        minute = part.planned.start
        while minute < part.planned.end:
            there = {s.format or part.format for s in seen if s.start and s.end and s.start <= minute < s.end}
            where = next((one for one in (ROOM, ONLINE, ALONE) if one in there), None)
            if where:
                counted[where] = counted.get(where, 0) + 1
            minute += timedelta(minutes=1)
        found.append(counted)
    return found


@given(st.lists(sightings, max_size=6))
def test_equals_asking_minute_by_minute(seen: list[Sighting]) -> None:
    assert formats(presence(seen, hybrid())) == minute_by_minute(seen, hybrid())


seconds = st.builds(
    lambda start, length, where: Sighting(
        "zoom" if where == ONLINE else "roster",
        NINE + timedelta(seconds=start),
        NINE + timedelta(seconds=start + length),
        format=where,
    ),
    st.integers(0, 190 * 60),
    st.integers(1, 100 * 60),
    st.sampled_from((None, ROOM, ONLINE)),
)


@given(st.lists(seconds, max_size=6), st.integers(1, 60))
def test_shares_add_up_to_the_part_whatever_the_seconds(seen: list[Sighting], minutes: int) -> None:
    parts = (PlannedSegment("s1", span(0, 60), minutes, ROOM), PlannedSegment("s2", span(70, 190), format=ONLINE))
    for segment in presence(seen, Timetable(span(0, 190), parts)).segments:
        assert sum(attended for _, attended, _ in segment.shares) == segment.attended
        assert sum(offered for _, _, offered in segment.shares) == segment.offered
        assert all(0 <= attended <= offered for _, attended, offered in segment.shares)
        assert len({where for where, _, _ in segment.shares}) == len(segment.shares) >= 1
        assert sum(offered > attended for _, attended, offered in segment.shares) <= 1
