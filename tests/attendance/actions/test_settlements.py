"""Settling and reopening: what the ledger holds afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cecto.attendance.actions import (
    AttendanceRefused,
    Marking,
    override_minutes,
    record_marks,
    reopen_settlement,
    settle_meeting,
)
from cecto.attendance.actions.imports import import_report
from cecto.attendance.models import Mark, Settlement
from cecto.attendance.queries.reconciliation import reconcile
from cecto.classes.actions import change_status
from cecto.classes.models import Enrollment, EnrollmentStatus, Modality
from cecto.classes.plans import plan_of
from cecto.classes.schedule.actions import ScheduleRefused, cancel_meeting, revise_meeting
from cecto.ledger.models import Entry
from tests.attendance.world import BY, EVENING, World, local

State = Mark.State


def mark_all(world: World, *except_for: Marking) -> None:
    record_marks(meeting=world.meeting, markings=except_for, rest_present=True, by=BY, at=EVENING)


def standing() -> list[tuple[str, str, int, int]]:
    entries = Entry.objects.filter(reverses=None, reversed_by=None).select_related("person", "activity")
    return sorted((e.person.name, e.activity.segment_code, e.attended, e.offered) for e in entries)


def test_settling_posts_every_person_and_segment_zeros_included(world: World) -> None:
    world.enroll("Ada Moss")
    bo = world.enroll("Bo Tran")
    mark_all(world, Marking(bo.pk, State.ABSENT))
    settlement = settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    assert settlement.number == 1
    assert standing() == [
        ("Ada Moss", "s1", 165, 165),
        ("Ada Moss", "s2", 180, 180),
        ("Bo Tran", "s1", 0, 165),
        ("Bo Tran", "s2", 0, 180),
    ]
    entry = Entry.objects.select_related("activity").first()
    assert entry is not None
    assert (entry.occurred_on, entry.source) == (date(2016, 1, 19), settlement.source)
    assert (entry.activity.held_by, entry.activity.modality, entry.activity.title) == (
        "cecto",
        "f2f",
        "Who decides",
    )
    assert entry.activity.facets == {
        "cecto": {"competency": "governance", "category": "", "slot": "governance", "tags": []}
    }


def test_settling_twice_changes_nothing(world: World) -> None:
    world.enroll("Ada Moss")
    mark_all(world)
    first = settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    assert settle_meeting(meeting=world.meeting, by=BY, at=EVENING + timedelta(days=1)) == first
    assert (Settlement.objects.count(), Entry.objects.count()) == (1, 2)


def test_a_session_that_ran_short_offers_what_it_ran(world: World) -> None:
    world.enroll("Ada Moss")
    mark_all(world)
    settle_meeting(meeting=world.meeting, ended=local("15:00"), by=BY, at=EVENING)
    assert standing() == [("Ada Moss", "s1", 165, 165), ("Ada Moss", "s2", 120, 120)]


def test_reopening_reverses_and_the_next_settlement_has_the_next_number(world: World) -> None:
    ada = world.enroll("Ada Moss")
    mark_all(world)
    first = settle_meeting(meeting=world.meeting, ended=local("15:00"), by=BY, at=EVENING)
    reopen_settlement(settlement=first, reason="Left at noon", by=BY, at=EVENING)
    assert standing() == []
    record_marks(
        meeting=world.meeting, markings=[Marking(ada.pk, State.PARTLY, left_at=local("12:00"))], by=BY, at=EVENING
    )
    second = settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    assert (second.number, second.ends_at) == (2, local("15:00"))
    assert standing() == [("Ada Moss", "s1", 165, 165), ("Ada Moss", "s2", 0, 120)]
    assert Entry.objects.count() == 6


def test_the_schedule_of_a_settled_session_changes_only_once_it_is_reopened(world: World) -> None:
    world.enroll("Ada Moss")
    mark_all(world)
    settlement = settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    moved = replace(plan_of(world.meeting.revisions.get()), place="Raleigh")
    with pytest.raises(ScheduleRefused, match="is settled, so its schedule stays"):
        revise_meeting(meeting=world.meeting, plan=moved, by=BY, at=EVENING)
    with pytest.raises(ScheduleRefused, match="Reopen it first, with a reason"):
        cancel_meeting(meeting=world.meeting, by=BY, at=EVENING)
    assert world.meeting.revisions.count() == 1
    reopen_settlement(settlement=settlement, reason="Wrong place", by=BY, at=EVENING)
    assert revise_meeting(meeting=world.meeting, plan=moved, by=BY, at=EVENING).place == "Raleigh"
    assert cancel_meeting(meeting=world.meeting, by=BY, at=EVENING).status == "canceled"


def test_reopening_needs_a_reason_and_happens_once(world: World) -> None:
    world.enroll("Ada Moss")
    mark_all(world)
    settlement = settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    with pytest.raises(AttendanceRefused, match="Say why"):
        reopen_settlement(settlement=settlement, reason=" ", by=BY, at=EVENING)
    reopen_settlement(settlement=settlement, reason="Wrong day", by=BY, at=EVENING)
    with pytest.raises(AttendanceRefused, match="reopened before"):
        reopen_settlement(settlement=settlement, reason="Wrong day", by=BY, at=EVENING)


def test_settling_is_refused_until_everything_is_answered(world: World) -> None:
    ada = world.enroll("Ada Moss")

    def refused(message: str, hours: int = 0) -> None:
        with pytest.raises(AttendanceRefused, match=message):
            settle_meeting(meeting=world.meeting, by=BY, at=EVENING - timedelta(hours=hours))

    refused("is not over yet", hours=4)
    refused("Nothing was seen")
    rows = b"Name,In,Out\nAda Moss,9:00,12:00\nSomeone Else,9:00,12:00\n"
    report = import_report(
        meeting=world.meeting, content=rows, file_name="s.csv", time_zone="America/New_York", by=BY, at=EVENING
    ).report
    refused("1 names in the reports")
    from cecto.attendance.actions import NameAnswer, answer_names

    answer_names(meeting=world.meeting, answers=[NameAnswer(report.pk, "Someone Else", "")], by=BY, at=EVENING)
    mark_all(world)
    refused("Sources disagree about Ada Moss")
    override_minutes(
        meeting=world.meeting, person=ada, minutes={"s1": 165, "s2": 0}, reason="Signed out", by=BY, at=EVENING
    )
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    assert standing() == [("Ada Moss", "s1", 165, 165), ("Ada Moss", "s2", 0, 180)]


def test_a_report_that_comes_after_an_answer_asks_again(world: World) -> None:
    ada = world.enroll("Ada Moss")
    mark_all(world)
    override_minutes(meeting=world.meeting, person=ada, minutes={"s1": 0, "s2": 0}, reason="Ill", by=BY, at=EVENING)
    import_report(
        meeting=world.meeting,
        content=b"Name,In,Out\nAda Moss,9:00,12:00\n",
        file_name="s.csv",
        time_zone="America/New_York",
        by=BY,
        at=EVENING + timedelta(hours=1),
    )
    with pytest.raises(AttendanceRefused, match="Sources disagree"):
        settle_meeting(meeting=world.meeting, by=BY, at=EVENING + timedelta(hours=2))


def test_who_had_withdrawn_is_not_expected_but_counts_when_seen(world: World) -> None:
    ada, bo, cy = (world.enroll(name) for name in ("Ada Moss", "Bo Tran", "Cy Ames"))
    for person in (bo, cy):
        enrollment = Enrollment.objects.get(person=person)
        status = EnrollmentStatus.Status.WITHDRAWN
        change_status(enrollment=enrollment, status=status, start=date(2016, 1, 1), by=BY, at=EVENING)
    mark_all(world, Marking(cy.pk, State.PRESENT))
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    assert {name for name, *_ in standing()} == {ada.name, cy.name}


def test_minutes_set_by_hand_for_parts_that_changed_are_not_lost_in_silence(world: World) -> None:
    ada = world.enroll("Ada Moss")
    mark_all(world)
    override_minutes(meeting=world.meeting, person=ada, minutes={"s1": 60, "s2": 60}, reason="Ill", by=BY, at=EVENING)
    now = plan_of(world.session.revision)
    parts = tuple(replace(part, code=f"new-{part.code}") for part in now.segments)
    revise_meeting(meeting=world.meeting, plan=replace(now, segments=parts), by=BY, at=EVENING)
    with pytest.raises(AttendanceRefused, match="changed since minutes were set by hand for Ada Moss"):
        settle_meeting(meeting=world.meeting, by=BY, at=EVENING + timedelta(minutes=1))
    assert standing() == []


ZOOM = (
    b"Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
    b"Ada Moss,,01/19/2016 01:00:00 PM,01/19/2016 04:00:00 PM,180,No\n"
)


def by_format() -> list[tuple[str, str, int, int]]:
    entries = Entry.objects.filter(reverses=None, reversed_by=None).select_related("activity")
    return sorted((e.activity.segment_code, e.activity.modality, e.attended, e.offered) for e in entries)


def zoom(world: World, joined: bytes = b"01:00:00 PM", left: bytes = b"04:00:00 PM") -> None:
    content = ZOOM.replace(b"01:00:00 PM", joined).replace(b"04:00:00 PM", left)
    import_report(
        meeting=world.meeting, content=content, file_name="z.csv", time_zone="America/New_York", by=BY, at=EVENING
    )


def test_a_hybrid_day_is_posted_by_format_and_reversed_whole(world: World) -> None:
    """A mark until eleven and a video report of the afternoon say nothing about each other: nothing is asked."""
    ada = world.enroll("Ada Moss")
    morning = Marking(ada.pk, State.PARTLY, left_at=local("11:00"))
    record_marks(meeting=world.meeting, markings=[morning], by=BY, at=EVENING)
    zoom(world)
    settlement = settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    assert by_format() == [("s1", "f2f", 105, 165), ("s2", "sync", 180, 180)]
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    assert Entry.objects.count() == 2
    reopen_settlement(settlement=settlement, reason="Wrong", by=BY, at=EVENING)
    assert by_format() == []


def test_one_part_in_two_formats_is_two_entries_that_offer_the_part_once(world: World) -> None:
    ada = world.enroll("Ada Moss")
    until_two = Marking(ada.pk, State.PARTLY, left_at=local("14:00"))
    record_marks(meeting=world.meeting, markings=[until_two], by=BY, at=EVENING)
    zoom(world, b"02:00:00 PM", b"03:30:00 PM")
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    assert by_format() == [("s1", "f2f", 165, 165), ("s2", "f2f", 60, 60), ("s2", "sync", 90, 120)]


def test_minutes_by_hand_are_posted_where_they_were_said_to_be(world: World) -> None:
    ada = world.enroll("Ada Moss")
    override_minutes(
        meeting=world.meeting,
        person=ada,
        minutes={"s1": 165, "s2": 150},
        formats={"s2": ((Modality.F2F, 60), (Modality.SYNC, 90))},
        reason="Both",
        by=BY,
        at=EVENING,
    )
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    assert by_format() == [("s1", "f2f", 165, 165), ("s2", "f2f", 60, 60), ("s2", "sync", 90, 120)]


def test_seen_online_for_part_of_what_the_roster_says_waits_for_a_human(world: World) -> None:
    """Marked present with everyone, but the video report saw them for an hour in the same time."""
    world.enroll("Ada Moss")
    mark_all(world)
    zoom(world, b"01:00:00 PM", b"02:00:00 PM")
    with pytest.raises(AttendanceRefused, match="Sources disagree about Ada Moss"):
        settle_meeting(meeting=world.meeting, by=BY, at=EVENING)


def test_online_on_the_roster_is_online_in_the_ledger(world: World) -> None:
    ada, bo = world.enroll("Ada Moss"), world.enroll("Bo Tran")
    mark_all(world, Marking(ada.pk, State.PRESENT, modality="sync"), Marking(bo.pk, State.ABSENT))
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    assert by_format() == [
        ("s1", "f2f", 0, 165),
        ("s1", "sync", 165, 165),
        ("s2", "f2f", 0, 180),
        ("s2", "sync", 180, 180),
    ]


def test_who_was_absent_was_nowhere(world: World) -> None:
    absent = Marking(world.enroll("Ada Moss").pk, State.ABSENT, modality="sync")
    with pytest.raises(AttendanceRefused, match="only who was there"):
        record_marks(meeting=world.meeting, markings=[absent], by=BY, at=EVENING)


def test_seen_in_the_room_and_online_at_once_settles_in_the_room(world: World) -> None:
    world.enroll("Ada Moss")
    mark_all(world)
    zoom(world, b"09:00:00 AM")
    (row,) = reconcile(world.session).people
    assert [(clash.first, clash.second, clash.minutes) for clash in row.clashes] == [("roster", "zoom", 345)]
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    assert by_format() == [("s1", "f2f", 165, 165), ("s2", "f2f", 180, 180)]


def test_minutes_by_hand_must_add_up_by_format(world: World) -> None:
    ada = world.enroll("Ada Moss")
    with pytest.raises(AttendanceRefused, match="must add up"):
        override_minutes(
            meeting=world.meeting,
            person=ada,
            minutes={"s1": 60, "s2": 0},
            formats={"s1": ((Modality.SYNC, 61),)},
            reason="Seen",
            by=BY,
            at=EVENING,
        )
