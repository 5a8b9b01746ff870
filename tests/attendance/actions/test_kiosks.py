"""A kiosk: for one session, on one device; taps count once, in any order, and people decide what is not certain."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cecto.attendance.actions import (
    AttendanceRefused,
    Marking,
    Tapped,
    answer_tap,
    claim_kiosk,
    close_kiosk,
    open_desk,
    open_kiosk,
    override_minutes,
    record_marks,
    reopen_settlement,
    settle_meeting,
    take_taps,
)
from cecto.attendance.actions.kiosks import CLOCK_CHANGED
from cecto.attendance.kiosk_tokens import hashed
from cecto.attendance.models import Kiosk, Mark, Tap, TapAnswer
from cecto.attendance.queries.checkins import arrivals, check_ins_of, moves_of
from cecto.attendance.queries.kiosks import kiosk_of, taps_of
from cecto.attendance.queries.reconciliation import reconcile
from cecto.attendance.signatures import typed
from cecto.foundation import evidence
from cecto.foundation.journal.models import JournalEntry
from cecto.foundation.keys import new_key
from cecto.people.models import Person
from tests.attendance.actions.test_checkins import tap as scan_and_tap
from tests.attendance.kiosks import IN, OUT, kiosk, take, tapped
from tests.attendance.world import BY, EVENING, World, local, make_person


def attended(world: World) -> dict[str, int]:
    return {row.attendee.person.name: row.attended for row in reconcile(world.session).people}


def waiting(world: World) -> list[tuple[str, str]]:
    return [(one.tap.person.name, one.why) for one in reconcile(world.session).waiting_taps]


def settle(world: World) -> None:
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)


def journaled() -> list[str]:
    return list(JournalEntry.objects.filter(action__contains="kiosk").values_list("action", flat=True)) + list(
        JournalEntry.objects.filter(action__endswith="tap").values_list("action", flat=True)
    )


# Opening, claiming, closing


def test_the_secret_of_a_link_is_not_kept(world: World) -> None:
    token = new_key()
    made = open_kiosk(meeting=world.meeting, door="Front door", token=token, by=BY, at=local("8:00"))
    assert token not in str(list(Kiosk.objects.values()))
    assert (kiosk_of(token), kiosk_of(made.token_sha256), made.token_sha256) == (made, None, hashed(token))


def test_the_first_device_has_it_for_good(world: World) -> None:
    made = open_kiosk(meeting=world.meeting, door="Front door", token="secret", by=BY, at=local("8:00"))
    claim_kiosk(kiosk=made, device="tablet", by=BY, at=local("8:01"))
    assert claim_kiosk(kiosk=made, device="tablet", by=BY, at=local("8:02")).claimed_at == local("8:01")
    with pytest.raises(AttendanceRefused, match="another device has it"):
        claim_kiosk(kiosk=made, device="phone", by=BY, at=local("8:03"))
    assert Kiosk.objects.get().device == "tablet"


def test_nobody_claims_a_kiosk_that_is_closed_or_whose_day_is_over(world: World) -> None:
    made = open_kiosk(meeting=world.meeting, door="Front door", token="secret", by=BY, at=local("8:00"))
    with pytest.raises(AttendanceRefused):
        claim_kiosk(kiosk=made, device="tablet", by=BY, at=made.ends_at)
    close_kiosk(kiosk=made, by=BY, at=local("8:30"))
    with pytest.raises(AttendanceRefused):
        claim_kiosk(kiosk=made, device="tablet", by=BY, at=local("8:31"))


def test_a_kiosk_is_opened_on_the_day_and_ends_with_it(world: World) -> None:
    assert kiosk(world).ends_at == local("0:00") + timedelta(days=1)
    with pytest.raises(AttendanceRefused, match="from that day on"):
        open_kiosk(meeting=world.meeting, door="x", token="1", by=BY, at=local("8:00") - timedelta(days=1))
    with pytest.raises(AttendanceRefused, match="is over"):
        open_kiosk(meeting=world.meeting, door="x", token="2", by=BY, at=local("8:00") + timedelta(days=1))
    take(Kiosk.objects.get(), tapped(world.enroll("Ada Moss"), "9:00"), at="9:00")
    settle(world)
    with pytest.raises(AttendanceRefused, match="is settled"):
        open_kiosk(meeting=world.meeting, door="x", token="3", by=BY, at=EVENING)


def test_every_step_is_in_the_journal_once(world: World) -> None:
    made = kiosk(world)
    one = tapped(world.enroll("Ada Moss"), "9:00")
    for _ in range(2):
        take(made, one, at="9:00")
        close_kiosk(kiosk=made, by=BY, at=local("10:00"))
    assert journaled() == [
        "attendance.open-kiosk",
        "attendance.claim-kiosk",
        "attendance.close-kiosk",
        "attendance.tap",
    ]


# Taps


def test_in_and_out_become_minutes_with_both_times_and_a_signature(world: World) -> None:
    ada, made = world.enroll("Ada Moss"), kiosk(world)
    take(made, tapped(ada, "9:00"), at="9:00")
    take(made, tapped(ada, "12:30", OUT), at="14:00")
    assert attended(world) == {"Ada Moss": 165}
    [row] = reconcile(world.session).people
    assert [source.source for source in row.presence.sources] == ["kiosk"]
    assert [(one.kind, one.at, one.said_at, one.received_at) for one in row.taps] == [
        ("in", local("9:00"), local("9:00"), local("9:00")),
        ("out", local("12:30"), local("12:30"), local("14:00")),
    ]
    assert evidence.load(row.taps[0].signature_sha256) == typed("Ada Moss").content


def test_a_clock_that_is_wrong_is_put_right_and_kept_as_it_was(world: World) -> None:
    ada, made = world.enroll("Ada Moss"), kiosk(world)
    [one] = take(made, tapped(ada, "9:00"), at="10:00", slow=timedelta(days=3650))
    assert (one.at, one.said_at, one.received_at, one.why) == (
        local("9:00"),
        local("9:00") - timedelta(days=3650),
        local("10:00"),
        "",
    )


def test_a_clock_within_a_minute_is_believed(world: World) -> None:
    ada, made = world.enroll("Ada Moss"), kiosk(world)
    [one] = take(made, tapped(ada, "9:00"), at="9:00", slow=timedelta(seconds=59))
    assert one.at == one.said_at == local("9:00") - timedelta(seconds=59)


@pytest.mark.parametrize(
    ("known", "ago", "counts"),
    [
        (True, True, True),
        (False, True, False),
        (True, False, False),
        (False, False, True),
    ],
)
def test_a_clock_put_right_before_the_queue_is_sent_shifts_nothing(
    world: World, known: bool, ago: bool, counts: bool
) -> None:
    """Tapped at nine by a clock 47 minutes fast, sent at ten by one that is right."""
    ada, made, fast = world.enroll("Ada Moss"), kiosk(world), timedelta(minutes=47)
    one = replace(
        tapped(ada, "9:00"),
        said_at=local("9:00") + fast,
        sent_at=local("10:00"),
        known_at=local("9:00") if known else None,
        ago=timedelta(hours=1) if ago else None,
    )
    (kept,) = take_taps(kiosk=made, tapped=[one], by=BY, at=local("10:00"))
    told_alone = not known and not ago
    assert kept.at == (local("9:47") if told_alone else local("9:00"))
    assert kept.why == ("" if counts else CLOCK_CHANGED.format("2016-01-19 09:00 EST", "2016-01-19 09:47 EST"))


MINUTES = st.integers(-600, 600).map(lambda minutes: timedelta(minutes=minutes))


@given(
    slow=MINUTES,
    set_by=MINUTES,
    after=st.sampled_from(["heard", "opened", "tapped", "opened again"]),
    opened=st.booleans(),
    opened_again=st.booleans(),
    held=st.integers(0, 600),
)
def test_one_change_of_a_clock_never_shifts_a_tap(
    slow: timedelta, set_by: timedelta, after: str, opened: bool, opened_again: bool, held: int
) -> None:
    """A device hears the server at eight, someone taps at nine, it is sent later; somewhere in between its clock is
    set, and the page may be opened again before the tap and after it.
    """
    moments = ["heard", "opened", "tapped", "opened again", "sent"]
    heard, tap, sent = local("8:00"), local("9:00"), local("9:00") + timedelta(minutes=held)

    def clock(moment: str, truth: datetime) -> datetime:
        return truth + slow + (set_by if moments.index(moment) > moments.index(after) else timedelta())

    said_at = clock("tapped", tap)
    carried_on = max(said_at + (heard - clock("heard", heard)), heard)
    one = Tapped(
        new_key(),
        Person(),
        IN,
        said_at,
        clock("sent", sent),
        typed("Ada"),
        known_at=carried_on if opened else tap,
        ago=None if opened_again else sent - tap,
    )
    found = one.agreed_at(sent)
    assert found is None or abs(found - tap) <= 2 * timedelta(minutes=1)
    if not set_by or not (opened or opened_again):
        assert found is not None


def test_what_cannot_count_by_itself_waits(world: World) -> None:
    ada, made, stranger = world.enroll("Ada Moss"), kiosk(world), make_person("Pat Stranger")
    changed = Tapped(new_key(), ada, IN, local("16:40"), local("16:30"), typed("Ada"))
    take_taps(kiosk=made, tapped=[changed], by=BY, at=local("16:30"))
    take(made, tapped(stranger, "9:00"), tapped(ada, "16:00"), at="16:30")
    assert sorted(waiting(world)) == [
        ("Ada Moss", "It was tapped at 2016-01-19 16:00 EST, outside the session."),
        ("Ada Moss", CLOCK_CHANGED.format("2016-01-19 16:30 EST", "2016-01-19 16:40 EST")),
        ("Pat Stranger", "This person is not of the session’s classes. Enroll them first."),
    ]
    assert attended(world) == {"Ada Moss": 0}


def test_who_leaves_after_the_end_is_taken(world: World) -> None:
    ada, made = world.enroll("Ada Moss"), kiosk(world)
    take(made, tapped(ada, "9:00"), tapped(ada, "16:20", OUT), at="16:20")
    assert (waiting(world), attended(world)) == ([], {"Ada Moss": 345})


def test_what_comes_after_the_kiosk_was_closed_waits_until_it_is_answered(world: World) -> None:
    ada, bo, made = world.enroll("Ada Moss"), world.enroll("Bo Tran"), kiosk(world)
    take(made, tapped(bo, "9:00"), at="9:00")
    close_kiosk(kiosk=made, by=BY, at=local("10:00"))
    [late] = take(made, tapped(ada, "9:00"), at="10:05")
    assert waiting(world) == [("Ada Moss", "It reached us after this kiosk was closed.")]
    with pytest.raises(AttendanceRefused, match="Taps at a kiosk wait for a decision: 1"):
        settle(world)
    answer_tap(tap=late, counts=True, by=BY, at=EVENING)
    assert (waiting(world), attended(world)) == ([], {"Ada Moss": 345, "Bo Tran": 345})
    settle(world)


def test_what_comes_once_the_session_is_settled_waits_and_counts_only_when_reopened(world: World) -> None:
    ada, made = world.enroll("Ada Moss"), kiosk(world)
    record_marks(meeting=world.meeting, markings=[Marking(ada.pk, Mark.State.ABSENT)], by=BY, at=EVENING)
    settlement = settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    [late] = take(made, tapped(ada, "9:00"), at="18:05")
    assert "is settled" in late.why
    with pytest.raises(AttendanceRefused, match="Reopen"):
        answer_tap(tap=late, counts=True, by=BY, at=EVENING)
    reopen_settlement(settlement=settlement, reason="A tap came late.", by=BY, at=EVENING)
    answer_tap(tap=late, counts=False, by=BY, at=EVENING)
    assert answer_tap(tap=late, counts=True, by=BY, at=EVENING).counts is False, "the first answer holds"
    assert (waiting(world), attended(world), TapAnswer.objects.count()) == ([], {"Ada Moss": 0}, 1)


def test_someone_of_no_class_cannot_be_made_to_count(world: World) -> None:
    [one] = take(kiosk(world), tapped(make_person("Pat Stranger"), "9:00"), at="9:00")
    with pytest.raises(AttendanceRefused, match="Enroll them first"):
        answer_tap(tap=one, counts=True, by=BY, at=EVENING)


def test_who_leaves_without_having_come_is_asked_about(world: World) -> None:
    ada, bo, made = world.enroll("Ada Moss"), world.enroll("Bo Tran"), kiosk(world)
    lone, _, _, again = take(
        made,
        tapped(ada, "12:00", OUT),
        tapped(bo, "9:00"),
        tapped(bo, "12:00", OUT),
        tapped(bo, "15:00", OUT),
        at="15:00",
    )
    assert [name for name, _ in waiting(world)] == ["Ada Moss", "Bo Tran"]
    assert attended(world) == {"Ada Moss": 0, "Bo Tran": 165}
    answer_tap(tap=lone, counts=True, by=BY, at=EVENING)
    answer_tap(tap=again, counts=True, by=BY, at=EVENING)
    assert (waiting(world), attended(world)) == ([], {"Ada Moss": 165, "Bo Tran": 285})


def test_nothing_is_asked_once_the_other_door_says_that_they_came(world: World) -> None:
    ada, front, back = world.enroll("Ada Moss"), kiosk(world), kiosk(world, "Back door")
    take(back, tapped(ada, "12:00", OUT), at="12:00")
    assert [name for name, _ in waiting(world)] == ["Ada Moss"]
    take(front, tapped(ada, "9:00"), at="15:00")
    assert (waiting(world), attended(world)) == ([], {"Ada Moss": 165})


def test_marked_otherwise_by_the_instructor_a_human_says_which_is_right(world: World) -> None:
    ada, made = world.enroll("Ada Moss"), kiosk(world)
    record_marks(meeting=world.meeting, markings=[Marking(ada.pk, Mark.State.ABSENT)], by=BY, at=local("9:10"))
    take(made, tapped(ada, "9:20"), at="9:20")
    assert [row.attendee.person for row in reconcile(world.session).conflicts] == [ada]
    with pytest.raises(AttendanceRefused, match="Sources disagree about Ada Moss"):
        settle(world)


def test_a_tap_that_arrives_after_minutes_were_set_by_hand_asks_again(world: World) -> None:
    ada, made = world.enroll("Ada Moss"), kiosk(world)
    record_marks(meeting=world.meeting, markings=[Marking(ada.pk, Mark.State.ABSENT)], by=BY, at=local("9:10"))
    minutes = {"s1": 0, "s2": 0}
    override_minutes(meeting=world.meeting, person=ada, minutes=minutes, reason="not seen", by=BY, at=local("12:00"))
    take(made, tapped(ada, "9:20"), at="12:05")
    assert [row.attendee.person for row in reconcile(world.session).conflicts] == [ada]


# Phones and kiosks at one session


def test_out_at_the_kiosk_ends_what_began_by_phone_and_the_other_way_around(world: World) -> None:
    ada, bo, made = world.enroll("Ada Moss"), world.enroll("Bo Tran"), kiosk(world)
    open_desk(meeting=world.meeting, by=BY, at=local("8:00"))
    scan_and_tap(world, ada, "9:00")
    take(made, tapped(bo, "9:00"), at="9:00")
    take(made, tapped(ada, "12:00", OUT), at="12:00")
    scan_and_tap(world, bo, "12:00", OUT)
    assert (waiting(world), attended(world)) == ([], {"Ada Moss": 165, "Bo Tran": 165})
    with pytest.raises(AttendanceRefused, match="not checked in yet"):
        scan_and_tap(world, ada, "12:05", OUT)


def test_a_phone_does_not_see_a_tap_that_waits(world: World) -> None:
    ada, made = world.enroll("Ada Moss"), kiosk(world)
    open_desk(meeting=world.meeting, by=BY, at=local("8:00"))
    close_kiosk(kiosk=made, by=BY, at=local("8:30"))
    take(made, tapped(ada, "8:20"), at="8:40")
    assert scan_and_tap(world, ada, "8:50").kind == IN


def test_a_kiosk_is_for_everyone_and_flags_nobody(world: World) -> None:
    made = kiosk(world)
    take(made, *(tapped(world.enroll(name), "9:00") for name in ("Ada Moss", "Bo Tran")), at="9:00")
    found = arrivals(moves_of(check_ins_of(world.session), taps_of(world.meeting)))
    assert {one.person.name: one.shared_with for one in found} == {"Ada Moss": (), "Bo Tran": ()}


# Once


def test_the_same_tap_again_is_one_tap(world: World) -> None:
    ada, made = world.enroll("Ada Moss"), kiosk(world)
    one = tapped(ada, "9:00")
    first, second = take(made, one, one, at="9:00")
    assert [first] == [second] == take(made, one, at="11:00")
    assert Tap.objects.count() == 1


def test_taps_and_answers_cannot_be_changed(world: World) -> None:
    [one] = take(kiosk(world), tapped(world.enroll("Ada Moss"), "9:00"), at="9:00")
    answer_tap(tap=one, counts=True, by=BY, at=EVENING)
    for change in (lambda: Tap.objects.update(why=""), TapAnswer.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


class _TakenBack(Exception):
    """Ends a transaction so that nothing of it stays."""


Found = tuple[dict[str, int], list[tuple[str, str]]]


def _found_after(world: World, lots: list[tuple[Kiosk, list[Tapped]]]) -> Found:
    """What is attended and what waits after these lots, in a database as it was before them."""
    found: Found = ({}, [])
    try:
        with transaction.atomic():
            for at_kiosk, lot in lots:
                take(at_kiosk, *lot, at="17:00")
            found = attended(world), waiting(world)
            raise _TakenBack
    except _TakenBack:
        return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data())
def test_any_order_and_repetition_of_replay_gives_the_same_attendance(world: World, draw: st.DataObject) -> None:
    people = _people(world)
    doors = [kiosk(world, door) for door in ("Front door", "Back door")]
    tap = st.tuples(st.sampled_from(people), st.sampled_from([IN, OUT]), st.integers(7, 17), st.sampled_from(doors))
    queue = [
        (door, tapped(person, f"{hour}:00", kind))
        for person, kind, hour, door in draw.draw(st.lists(tap, min_size=1, max_size=8))
    ]
    in_order = [(door, [one]) for door, one in queue]
    again = draw.draw(st.lists(st.sampled_from(in_order), max_size=6))
    shuffled = draw.draw(st.permutations(in_order))
    assert _found_after(world, [*again, *shuffled, *again]) == _found_after(world, in_order)


def _people(world: World) -> list[Person]:
    """The same two people in every example."""
    found = list(Person.objects.filter(name__in=["Ada Moss", "Bo Tran"]).order_by("name"))
    return found or [world.enroll(name) for name in ("Ada Moss", "Bo Tran")]
