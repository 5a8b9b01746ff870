"""Facts gathered for many at once are those of each gathered the obvious way, whatever happened in the class."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cecto.attendance.actions import announce_absence, answer_notice
from cecto.attendance.actions.settlements import reopen_settlement
from cecto.attendance.models import Notice, NoticeAnswer, Settlement
from cecto.attendance.openness import AttendanceRefused
from cecto.audits.actions import ExceptionRefused, grant_exception, join_exception, revoke_exception
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import enrollments_to_audit
from cecto.classes.models import Cohort, Meeting
from cecto.classes.plans import LinkPlan
from cecto.classes.schedule.actions import (
    ScheduleRefused,
    cancel_meeting,
    describe_meeting,
    link_meeting,
    revise_meeting,
)
from cecto.coursework.actions import accept_work, revise_item, withdraw_item
from cecto.coursework.models import Item
from cecto.coursework.refusals import WorkRefused
from cecto.ledger.actions import LedgerError
from cecto.ledger.background import record_background, take_back_background
from cecto.ledger.models import Background
from cecto.people.actions import PeopleRefused, affiliate, end_affiliation
from cecto.people.models import Affiliation, Person, Relation
from tests.audits import story
from tests.audits.gathering.agreeing import assert_gathered
from tests.audits.story import BY, EVENING, FIRST_DAY, Story
from tests.classes import made
from tests.coursework import made as given_out

REFUSALS = (AttendanceRefused, ExceptionRefused, ScheduleRefused, WorkRefused, PeopleRefused, LedgerError)
LATER = date(2015, 9, 15)


@dataclass
class World:
    """The story's class, a session it has later, a sister class, and two officers."""

    told: Story
    later: Meeting
    sister: Cohort
    chair: Person
    liaison: Person


Event = Callable[[World, datetime], object]


def _attend(world: World, at: datetime) -> object:
    return world.told.attend(absent=(world.told.sue.person,))


def _reopen(world: World, at: datetime) -> None:
    for settlement in Settlement.objects.filter(reopening=None):
        reopen_settlement(settlement=settlement, reason="Wrong sheet", by=BY, at=at)


def _move(world: World, at: datetime) -> object:
    return revise_meeting(meeting=world.later, plan=made.plan(LATER, "Moved"), by=BY, at=at)


def _hold_at_night(world: World, at: datetime) -> object:
    """From 1 o'clock UTC: the day before, where the program is."""
    return revise_meeting(meeting=world.later, plan=made.plan(LATER, "At night", start=1), by=BY, at=at)


def _cancel(world: World, at: datetime) -> object:
    return cancel_meeting(meeting=world.later, by=BY, at=at)


def _reword(world: World, at: datetime) -> object:
    plan = LinkPlan(slot="second", tags=("law", "joint"), tracks=("leaders-21c",))
    return link_meeting(meeting=world.later, cohort=world.told.cohort, plan=plan, by=BY, at=at)


def _share(world: World, at: datetime) -> object:
    return link_meeting(meeting=world.later, cohort=world.sister, plan=LinkPlan(category="joint"), by=BY, at=at)


def _describe(world: World, at: datetime) -> object:
    return describe_meeting(meeting=world.later, series="Law", provider="SOG", by=BY, at=at)


def _give_out(world: World, at: datetime) -> None:
    given_out.item(world.told.cohort, "everyone")
    given_out.item(world.told.cohort, "undated", due_on=None, tracks=("technology-director",))


def _redate(world: World, at: datetime) -> None:
    for item in Item.objects.filter(withdrawn_at=None, code="everyone"):
        revise_item(item=item, plan=given_out.plan("everyone", due_on=date(2015, 11, 30)), by=BY, at=at)


def _withdraw(world: World, at: datetime) -> None:
    for item in Item.objects.filter(withdrawn_at=None):
        withdraw_item(item=item, by=BY, at=at)


def _accept(world: World, at: datetime) -> None:
    for item in Item.objects.filter(withdrawn_at=None, code="everyone"):
        accept_work(item=item, people=[world.told.ana.person], on=FIRST_DAY, by=BY, at=at)


def _read(world: World, at: datetime) -> object:
    return world.told.accept(world.told.ana, 45, FIRST_DAY, at=at, title=f"Read at {at:%H%M}")


def _announce(world: World, at: datetime) -> object:
    return announce_absence(meeting=world.later, person=world.told.sue.person, text="Court duty", by=BY, at=at)


def _excuse(world: World, at: datetime) -> None:
    for notice in Notice.objects.all():
        answer_notice(notice=notice, outcome=NoticeAnswer.Outcome.EXCUSED, reason="Letter came", by=BY, at=at)


def _lower(world: World, at: datetime) -> object:
    return grant_exception(
        enrollment=world.told.ana,
        node="hours",
        kind=ExceptionGrant.Kind.LOWER,
        amount=300,
        office="steering-committee",
        granted_by=world.chair,
        reason="Hurricane",
        by=BY,
        at=at,
    )


def _join(world: World, at: datetime) -> None:
    for grant in ExceptionGrant.objects.all():
        join_exception(grant=grant, person=world.liaison, by=BY, at=at)


def _revoke(world: World, at: datetime) -> None:
    for grant in ExceptionGrant.objects.all():
        revoke_exception(grant=grant, reason="By mistake", by=BY, at=at)


def _leave(world: World, at: datetime) -> None:
    for job in Affiliation.objects.filter(person=world.told.sue.person, until=None):
        end_affiliation(affiliation=job, until=date(2015, 8, 20), by=BY, at=at)


def _return(world: World, at: datetime) -> object:
    employer = made.organization("Ashe County Schools")
    return affiliate(person=world.told.sue.person, organization=employer, start=date(2015, 9, 1), by=BY, at=at)


def _newcomer(world: World, at: datetime) -> object:
    who = made.person(f"Bo {at:%H%M}", made.organization("Ashe County Schools"))
    return made.enrolled(who, world.told.cohort, made.LEADER)


def _mentor(world: World, at: datetime) -> object:
    return Relation.objects.create(
        kind="mentor", person=world.told.ana.person, other=world.told.sue.person, start=FIRST_DAY, recorded_at=at
    )


def _bring(world: World, at: datetime) -> object:
    kind, on = Background.Kind.HELD, date(2010, 5, 1)
    return record_background(person=world.told.ana.person, kind=kind, of="bachelor", on=on, by=BY, at=at)


def _take_back(world: World, at: datetime) -> None:
    for said in Background.objects.filter(reverses=None):
        take_back_background(background=said, reason="Another person's", by=BY, at=at)


EVENTS: list[Event] = [
    _attend,
    _reopen,
    _move,
    _hold_at_night,
    _cancel,
    _reword,
    _share,
    _describe,
    _give_out,
    _redate,
    _withdraw,
    _accept,
    _read,
    _announce,
    _excuse,
    _lower,
    _join,
    _revoke,
    _leave,
    _return,
    _newcomer,
    _mentor,
    _bring,
    _take_back,
]


@pytest.mark.django_db
@settings(max_examples=settings().max_examples // 10, phases=[Phase.explicit, Phase.generate])
@given(events=st.lists(st.sampled_from(EVENTS), min_size=3, max_size=12))
def test_whatever_happened_many_are_gathered_as_each_alone(events: list[Event]) -> None:
    with transaction.atomic():
        _happen_and_compare(events)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_everything_that_can_happen_once() -> None:
    _happen_and_compare(EVENTS)


def _happen_and_compare(events: list[Event]) -> None:
    told = story.tell()
    sister = made.cohort("cgcio", ("cio",))
    officers = [story.officer("Chair", "steering-committee"), story.officer("Liaison", "dpi-liaison")]
    world = World(told, story.session(told.cohort, "later", date(2015, 9, 10)), sister, *officers)
    made.enrolled(told.ana.person, sister, "cio")
    times = [EVENING + timedelta(minutes=number) for number in range(len(events) + 1)]
    for event, at in zip(events, times[1:], strict=True):
        with suppress(*REFUSALS), transaction.atomic():
            event(world, at)
    everyone = list(enrollments_to_audit())
    for known_at in (EVENING - timedelta(days=3), *times):
        assert_gathered(everyone, known_at=known_at)
