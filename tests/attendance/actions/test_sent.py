"""Marks that waited on a device: once each, in any order, and a human decides where others said otherwise."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cecto.attendance.actions import (
    AttendanceRefused,
    Marking,
    Said,
    answer_sent,
    override_minutes,
    record_marks,
    reopen_settlement,
    settle_meeting,
    take_marks,
)
from cecto.attendance.models import Mark, Sent
from cecto.attendance.queries.reconciliation import standing_mark
from cecto.attendance.queries.sent import waiting, waiting_of
from cecto.foundation.journal.actor import Actor
from cecto.foundation.journal.models import JournalEntry
from cecto.foundation.keys import new_key
from tests.attendance.world import BY, EVENING, World, local

if TYPE_CHECKING:
    from cecto.people.models import Person

State = Mark.State
DEVICE = new_key()
OTHER = Actor.command("someone else")


def said(person: Person, state: State, clock: str, *, seen: int = 0, key: str = "") -> Said:
    return Said(key or new_key(), Marking(person.pk, state), seen, local(clock))


def take(world: World, *lot: Said, device: str = DEVICE) -> list[str]:
    return [one.outcome for one in take_marks(meeting=world.meeting, said=lot, device=device, by=BY, at=EVENING)]


def standing(world: World) -> dict[int, str]:
    marks: dict[int, list[Mark]] = {}
    for mark in Mark.objects.filter(meeting=world.meeting).order_by("id"):
        marks.setdefault(mark.person_id, []).append(mark)
    found = {person_id: standing_mark(theirs) for person_id, theirs in marks.items()}
    return {person_id: mark.state for person_id, mark in found.items() if mark}


def mark_as_another(world: World, person: Person, state: State) -> Mark:
    return record_marks(meeting=world.meeting, markings=[Marking(person.pk, state)], by=OTHER, at=EVENING)[0]


def test_both_times_are_kept_and_the_mark_says_where_it_is_from(world: World) -> None:
    ada = world.enroll("Ada Moss")
    assert take(world, said(ada, State.ABSENT, "10:00")) == ["taken"]
    mark = Mark.objects.get()
    assert mark.sent is not None
    assert (mark.state, mark.recorded_at, mark.sent.said_at, mark.sent.received_at, mark.sent.device) == (
        "absent",
        EVENING,
        local("10:00"),
        EVENING,
        DEVICE,
    )
    assert JournalEntry.objects.filter(action="attendance.take-sent").count() == 1


def test_the_same_lot_again_changes_nothing(world: World) -> None:
    lot = [said(world.enroll(name), State.PRESENT, "10:00") for name in ("Ada Moss", "Bo Tran")]
    assert take(world, *lot) == take(world, *lot) == ["taken", "taken"]
    assert (Mark.objects.count(), Sent.objects.count(), JournalEntry.objects.count()) == (2, 2, 2 + _before(world))


def _before(world: World) -> int:
    """Journal rows that are not of this file's actions."""
    return JournalEntry.objects.exclude(action__in=["attendance.take-sent", "attendance.mark"]).count()


def test_the_latest_of_a_device_counts_though_it_arrives_first(world: World) -> None:
    ada = world.enroll("Ada Moss")
    assert take(world, said(ada, State.PRESENT, "10:05")) == ["taken"]
    assert take(world, said(ada, State.ABSENT, "10:00")) == ["older"]
    assert standing(world) == {ada.pk: "present"}


def test_what_someone_else_said_meanwhile_waits_for_a_human(world: World) -> None:
    ada = world.enroll("Ada Moss")
    theirs = mark_as_another(world, ada, State.ABSENT)
    assert take(world, said(ada, State.PRESENT, "10:00")) == ["waits"]
    assert standing(world) == {ada.pk: "absent"}
    [one] = waiting(world.meeting)
    assert (one.sent.person, one.says, one.stands, one.standing) == (ada, "Present", "Absent", theirs)


def test_what_the_page_had_seen_is_no_conflict_nor_is_agreement(world: World) -> None:
    ada, bo = world.enroll("Ada Moss"), world.enroll("Bo Tran")
    seen = mark_as_another(world, ada, State.ABSENT)
    mark_as_another(world, bo, State.ABSENT)
    lot = [said(ada, State.PRESENT, "10:00", seen=seen.pk), said(bo, State.ABSENT, "10:00")]
    assert take(world, *lot) == ["taken", "taken"]
    assert standing(world) == {ada.pk: "present", bo.pk: "absent"}


def test_minutes_set_by_hand_are_no_conflict_and_go_on_counting(world: World) -> None:
    ada = world.enroll("Ada Moss")
    minutes = {"s1": 100, "s2": 0}
    override_minutes(meeting=world.meeting, person=ada, minutes=minutes, reason="seen", by=OTHER, at=EVENING)
    assert take(world, said(ada, State.PRESENT, "10:00")) == ["taken"]


def test_what_comes_once_the_session_is_settled_waits_and_can_count_when_reopened(world: World) -> None:
    ada = world.enroll("Ada Moss")
    mark_as_another(world, ada, State.ABSENT)
    settlement = settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    assert take(world, said(ada, State.PRESENT, "10:00")) == ["waits"]
    sent = Sent.objects.get()
    assert "settled" in sent.why
    with pytest.raises(AttendanceRefused, match="Reopen"):
        answer_sent(sent=sent, counts=True, by=BY, at=EVENING)
    reopen_settlement(settlement=settlement, reason="A mark came late.", by=BY, at=EVENING)
    with pytest.raises(AttendanceRefused, match="wait for a decision: 1"):
        settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    answer_sent(sent=sent, counts=True, by=BY, at=EVENING)
    assert standing(world) == {ada.pk: "present"}
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)


def test_the_first_answer_holds(world: World) -> None:
    ada = world.enroll("Ada Moss")
    mark_as_another(world, ada, State.ABSENT)
    take(world, said(ada, State.PRESENT, "10:00"))
    sent = Sent.objects.get()
    assert answer_sent(sent=sent, counts=False, by=BY, at=EVENING).counts is False
    assert answer_sent(sent=sent, counts=True, by=BY, at=EVENING).counts is False
    assert standing(world) == {ada.pk: "absent"}
    assert not waiting_of(world.meeting).exists()


def test_odd_times_wait_and_hold_up_nobody_else(world: World) -> None:
    ada, bo = world.enroll("Ada Moss"), world.enroll("Bo Tran")
    odd = Said(new_key(), Marking(ada.pk, State.PARTLY, local("11:00"), local("10:00")), 0, local("12:00"))
    assert take(world, odd, said(bo, State.PRESENT, "12:00")) == ["waits", "taken"]
    assert standing(world) == {bo.pk: "present"}


def test_nothing_sent_can_be_changed(world: World) -> None:
    take(world, said(world.enroll("Ada Moss"), State.PRESENT, "10:00"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Sent.objects.update(outcome="waits")


class _TakenBack(Exception):
    """Ends a transaction so that nothing of it stays."""


def _outcome_of(world: World, lots: list[list[Said]], theirs: dict[int, State]) -> tuple[object, object]:
    """What stands and what waits after these lots, in a database as it was before them."""
    found: tuple[object, object] = ({}, [])
    try:
        with transaction.atomic():
            for person_id, state in theirs.items():
                record_marks(meeting=world.meeting, markings=[Marking(person_id, state)], by=OTHER, at=EVENING)
            for lot in lots:
                take(world, *lot)
            found = standing(world), [one.key for one in waiting_of(world.meeting)]
            raise _TakenBack
    except _TakenBack:
        return found


@settings(
    max_examples=settings().max_examples // 4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(draw=st.data())
def test_any_order_and_repetition_of_a_queue_gives_the_same_marks(world: World, draw: st.DataObject) -> None:
    people = [world.enroll(name) for name in ("Ada Moss", "Bo Tran")]
    states = st.sampled_from([State.PRESENT, State.ABSENT, State.CLEARED])
    choices = draw.draw(st.lists(st.tuples(st.sampled_from(people), states), min_size=1, max_size=6))
    queue = [
        Said(new_key(), Marking(person.pk, state), 0, local("10:00") + timedelta(seconds=second))
        for second, (person, state) in enumerate(choices)
    ]
    theirs = draw.draw(st.dictionaries(st.sampled_from([person.pk for person in people]), states))
    shuffled = draw.draw(st.lists(st.lists(st.sampled_from(queue), max_size=4), max_size=5))
    rest = draw.draw(st.permutations(queue))
    expected = _outcome_of(world, [queue], theirs)
    assert _outcome_of(world, [*shuffled, *([one] for one in rest)], theirs) == expected
