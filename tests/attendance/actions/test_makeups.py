"""Making up what was missed: offered as the definition says, accepted into the ledger."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cecto.attendance.actions import (
    AttendanceRefused,
    Marking,
    answer_notice,
    claim_makeup,
    record_marks,
    settle_meeting,
)
from cecto.attendance.models import Mark, Notice, NoticeAnswer
from cecto.attendance.queries.makeups import MakeupOffer, makeup_offer
from cecto.ledger.models import Entry
from cecto.people.models import Person
from tests.attendance.world import BY, EVENING, World, local

Outcome = NoticeAnswer.Outcome
NEXT_WEEK = EVENING + timedelta(days=7)


@pytest.fixture
def ada(world: World) -> Person:
    """Someone who left at noon of a settled session: 180 minutes missed."""
    ada = world.enroll("Ada Moss")
    left = Marking(ada.pk, Mark.State.PARTLY, left_at=local("12:00"))
    record_marks(meeting=world.meeting, markings=[left], by=BY, at=EVENING)
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    return ada


def claim(world: World, ada: Person, way: Notice.Way = Notice.Way.RECORDING, days: int = 7) -> Notice:
    at = EVENING + timedelta(days=days)
    return claim_makeup(meeting=world.meeting, person=ada, way=way, text="Watched it, two pages", by=BY, at=at)


def test_the_offer_is_what_was_missed_by_the_ways_and_until_the_day_of_the_definition(
    world: World, ada: Person
) -> None:
    ways = (Notice.Way.RECORDING, Notice.Way.ASSIGNMENT)
    assert makeup_offer(world.session, ada) == MakeupOffer(180, ways, date(2016, 2, 18))
    bo = world.enroll("Bo Tran")
    assert makeup_offer(world.session, bo) is None


def test_accepting_posts_a_make_up_that_points_to_the_missed_session(world: World, ada: Person) -> None:
    notice = claim(world, ada)
    answer_notice(notice=notice, outcome=Outcome.ACCEPTED, minutes=120, reason="Good", by=BY, at=NEXT_WEEK)
    entry = Entry.objects.get(kind="makeup")
    assert (entry.attended, entry.replaces_meeting, entry.occurred_on) == (120, world.meeting.key, date(2016, 1, 26))
    left = makeup_offer(world.session, ada)
    assert left is not None
    assert left.minutes == 60
    with pytest.raises(AttendanceRefused, match="was accepted"):
        answer_notice(notice=notice, outcome=Outcome.DECLINED, reason="Oh", by=BY, at=NEXT_WEEK)


def test_never_more_than_was_missed_and_never_without_minutes(world: World, ada: Person) -> None:
    notice = claim(world, ada)
    for minutes, message in ((181, "has 3\N{NO-BREAK SPACE}h of"), (None, "Enter the time to credit")):
        with pytest.raises(AttendanceRefused, match=message):
            answer_notice(notice=notice, outcome=Outcome.ACCEPTED, minutes=minutes, reason="x", by=BY, at=NEXT_WEEK)
    assert Entry.objects.filter(kind="makeup").count() == 0
    answer_notice(notice=notice, outcome=Outcome.DECLINED, reason="One page only", by=BY, at=NEXT_WEEK)


@settings(
    max_examples=settings().max_examples // 5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(asked=st.lists(st.integers(1, 200), max_size=5))
def test_whatever_is_asked_for_what_is_made_up_never_exceeds_what_was_missed(
    world: World, ada: Person, asked: list[int]
) -> None:
    accepted = 0
    with transaction.atomic():
        for number, minutes in enumerate(asked):
            if accepted == 180:
                break
            notice, at = claim(world, ada, days=number + 1), EVENING + timedelta(days=10)
            with suppress(AttendanceRefused), transaction.atomic():
                answer_notice(notice=notice, outcome=Outcome.ACCEPTED, minutes=minutes, reason="x", by=BY, at=at)
                accepted += minutes
        made_up = Entry.objects.filter(kind="makeup", replaces_meeting=world.meeting.key)
        assert sum(entry.attended for entry in made_up) == accepted <= 180
        left = makeup_offer(world.session, ada)
        assert (left.minutes if left else 0) == 180 - accepted
        transaction.set_rollback(True)


def test_ways_that_are_not_allowed_and_days_too_late_are_refused(world: World, ada: Person) -> None:
    with pytest.raises(AttendanceRefused, match="does not let a session be made up by"):
        claim(world, ada, Notice.Way.NEXT_CLASS)
    assert claim(world, ada, days=30).kind == "makeup"
    with pytest.raises(AttendanceRefused, match="The last day to make up this session was 2016-02-18"):
        claim(world, ada, days=31)
