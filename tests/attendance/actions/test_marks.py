"""Marking a roster, setting minutes by hand and taking them back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from cecto.attendance.actions import (
    AttendanceRefused,
    Marking,
    override_minutes,
    record_marks,
    reopen_settlement,
    settle_meeting,
    take_back_minutes,
)
from cecto.attendance.models import Mark
from cecto.attendance.queries.reconciliation import reconcile
from cecto.classes.schedule.actions import cancel_meeting
from cecto.foundation.journal.models import JournalEntry
from cecto.requirements.english.amounts import hours
from tests.attendance.world import BY, EVENING, World, local, make_person

State = Mark.State


def attended(world: World) -> dict[str, int]:
    found = reconcile(world.session)
    return {row.attendee.person.name: row.attended for row in found.people}


def test_everyone_present_except_is_one_action(world: World) -> None:
    ada, bo, cy = (world.enroll(name) for name in ("Ada Moss", "Bo Tran", "Cy Ames"))
    except_for = [Marking(bo.pk, State.ABSENT), Marking(cy.pk, State.PARTLY, left_at=local("12:00"))]
    marks = record_marks(meeting=world.meeting, markings=except_for, rest_present=True, by=BY, at=EVENING)
    assert {(mark.person_id, mark.state) for mark in marks} == {
        (ada.pk, "present"),
        (bo.pk, "absent"),
        (cy.pk, "partly"),
    }
    assert attended(world) == {"Cy Ames": 165, "Ada Moss": 345, "Bo Tran": 0}
    assert JournalEntry.objects.filter(action="attendance.mark").count() == 1


def test_the_same_marks_twice_change_nothing(world: World) -> None:
    world.enroll("Ada Moss")
    record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING)
    assert record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING) == []
    assert Mark.objects.count() == 1


def test_a_later_mark_counts_and_the_earlier_stays(world: World) -> None:
    ada = world.enroll("Ada Moss")
    for state in (State.PRESENT, State.ABSENT, State.CLEARED):
        record_marks(meeting=world.meeting, markings=[Marking(ada.pk, state)], by=BY, at=EVENING)
    assert [mark.state for mark in Mark.objects.all()] == ["present", "absent", "cleared"]
    assert attended(world) == {"Ada Moss": 0}


def test_marks_refuse_change_and_removal_in_the_database(world: World) -> None:
    ada = world.enroll("Ada Moss")
    (mark,) = record_marks(meeting=world.meeting, markings=[Marking(ada.pk, State.PRESENT)], by=BY, at=EVENING)
    with pytest.raises(DatabaseError), transaction.atomic():
        Mark.objects.filter(pk=mark.pk).update(state="absent")
    with pytest.raises(DatabaseError), transaction.atomic():
        mark.delete()


def test_minutes_by_hand_stand_before_the_sources_until_taken_back(world: World) -> None:
    ada = world.enroll("Ada Moss")
    record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING)
    override_minutes(meeting=world.meeting, person=ada, minutes={"s1": 60, "s2": 0}, reason="Ill", by=BY, at=EVENING)
    assert attended(world) == {"Ada Moss": 60}
    take_back_minutes(meeting=world.meeting, person=ada, by=BY, at=EVENING)
    assert attended(world) == {"Ada Moss": 345}
    assert take_back_minutes(meeting=world.meeting, person=ada, by=BY, at=EVENING) is None


@pytest.mark.parametrize(
    ("minutes", "reason", "message"),
    [
        ({"s1": 60, "s2": 0}, "  ", "Say why"),
        ({"s1": 60}, "Ill", "Give the time of each part"),
        ({"s1": 999, "s2": 0}, "Ill", f"“Who decides” offered {hours(165)}: {hours(999)} cannot have been attended."),
    ],
)
def test_minutes_by_hand_are_checked(world: World, minutes: dict[str, int], reason: str, message: str) -> None:
    ada = world.enroll("Ada Moss")
    with pytest.raises(AttendanceRefused, match=message):
        override_minutes(meeting=world.meeting, person=ada, minutes=minutes, reason=reason, by=BY, at=EVENING)


def test_marks_are_refused_for_strangers_odd_times_early_and_canceled(world: World) -> None:
    ada, stranger = world.enroll("Ada Moss"), make_person("Pat Stranger")

    def refused(marking: Marking, message: str, days: int = 0) -> None:
        with pytest.raises(AttendanceRefused, match=message):
            record_marks(meeting=world.meeting, markings=[marking], by=BY, at=EVENING - timedelta(days=days))

    refused(Marking(stranger.pk, State.PRESENT), "not of the session's classes")
    refused(Marking(ada.pk, State.PARTLY), "give the time they came")
    refused(Marking(ada.pk, State.PARTLY, local("11:00"), local("10:00")), "must be after")
    refused(Marking(ada.pk, State.PARTLY, local("17:00")), "must be after")
    refused(Marking(ada.pk, State.PRESENT), "from that day on", days=1)
    settled_first = Marking(ada.pk, State.PRESENT)
    record_marks(meeting=world.meeting, markings=[settled_first], by=BY, at=EVENING)
    settlement = settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    refused(Marking(ada.pk, State.ABSENT), "is settled. Reopen it")
    reopen_settlement(settlement=settlement, reason="It was called off", by=BY, at=EVENING)
    cancel_meeting(meeting=world.meeting, by=BY, at=EVENING)
    world.meeting = type(world.meeting).objects.get(pk=world.meeting.pk)
    refused(Marking(ada.pk, State.ABSENT), "was canceled")
