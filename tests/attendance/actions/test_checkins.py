"""Checking in and out by phone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from cecto.attendance.actions import AttendanceRefused, check_in, close_desk, confirm_arrival, open_desk, settle_meeting
from cecto.attendance.models import CheckIn
from cecto.attendance.queries.checkins import arrivals, check_ins_of, moves_of
from cecto.attendance.queries.reconciliation import reconcile
from cecto.attendance.queries.visits import visit_to
from cecto.attendance.scans import Scan
from cecto.classes.models import MeetingRevision
from cecto.people.models import Person
from tests.attendance.world import BEFORE, BY, EVENING, World, local, make_person

IN, OUT = CheckIn.Kind.IN, CheckIn.Kind.OUT


@pytest.fixture(autouse=True)
def _open(world: World) -> None:
    open_desk(meeting=world.meeting, by=BY, at=local("8:00"))


def tap(
    world: World, person: Person, clock: str, kind: CheckIn.Kind = IN, device: str = "", at: datetime | None = None
) -> CheckIn:
    scan = Scan(world.meeting.key, local(clock), device or person.key, f"{person.key[:10]}{clock}")
    at = at or scan.at
    visit = visit_to(world.meeting.key, person, known_at=at)
    return check_in(scan=scan, visit=visit, kind=kind, by=BY, at=at)


def attended(world: World) -> int:
    return sum(row.attended for row in reconcile(world.session).people)


def test_in_and_out_become_minutes(world: World) -> None:
    ada = world.enroll("Ada Moss")
    tap(world, ada, "8:50")
    tap(world, ada, "12:30", OUT)
    assert attended(world) == 165
    tap(world, ada, "13:30")
    assert attended(world) == 165 + 150


def test_the_time_of_the_scan_counts_however_long_signing_in_took(world: World) -> None:
    ada = world.enroll("Ada Moss")
    made = tap(world, ada, "9:00", at=local("9:14"))
    assert (made.at, made.received_at, attended(world)) == (local("9:00"), local("9:14"), 345)


def test_the_same_tap_sent_again_is_one_check_in(world: World) -> None:
    ada = world.enroll("Ada Moss")
    assert tap(world, ada, "8:50") == tap(world, ada, "8:50", at=local("8:51"))
    assert CheckIn.objects.count() == 1


def test_a_scan_that_another_used_is_refused(world: World) -> None:
    ada, bo = world.enroll("Ada Moss"), world.enroll("Bo Tran")
    scan = Scan(world.meeting.key, local("8:50"), "phone", "token")

    def use(person: Person) -> CheckIn:
        visit = visit_to(world.meeting.key, person, known_at=scan.at)
        return check_in(scan=scan, visit=visit, kind=IN, by=BY, at=scan.at)

    use(ada)
    with pytest.raises(AttendanceRefused, match="Someone else has used this scan"):
        use(bo)
    assert CheckIn.objects.get().person == ada


def test_an_answer_lost_on_the_way_is_given_again_however_late(world: World) -> None:
    ada = world.enroll("Ada Moss")
    first = tap(world, ada, "8:50")
    close_desk(desk=open_desk(meeting=world.meeting, by=BY, at=local("9:00")), by=BY, at=local("9:00"))
    assert tap(world, ada, "8:50", at=local("9:30")) == first


def test_a_session_canceled_or_moved_is_seen_as_it_stands_now(world: World) -> None:
    ada = world.enroll("Ada Moss")
    before, now = (visit_to(world.meeting.key, ada, known_at=at) for at in (BEFORE, local("8:50")))
    assert (before.is_attendee, now.day, now.class_key) == (True, date(2016, 1, 19), world.cohort.key)
    with pytest.raises(MeetingRevision.DoesNotExist):
        visit_to(world.meeting.key, ada, known_at=BEFORE - timedelta(days=1))
    with pytest.raises(AttendanceRefused, match="record attendance from that day on"):
        tap(world, ada, "8:50", at=local("8:50") - timedelta(days=1))


def test_what_a_check_in_asks_of_the_database(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ada = world.enroll("Ada Moss")
    locks = int(connection.features.has_select_for_update)
    with django_assert_num_queries(1):
        visit = visit_to(world.meeting.key, ada, known_at=local("8:50"))
    scan = Scan(world.meeting.key, local("8:50"), "phone", "token")
    with django_assert_num_queries(6 + locks):  # two of them are the savepoint of the test
        check_in(scan=scan, visit=visit, kind=IN, by=BY, at=scan.at)


def test_one_phone_for_two_people_is_flagged_and_confirmed(world: World) -> None:
    ada, bo = world.enroll("Ada Moss"), world.enroll("Bo Tran")
    tap(world, ada, "8:50", device="one")
    tap(world, bo, "9:20", device="one")
    found = {
        arrival.person.name: arrival.shared_with for arrival in arrivals(moves_of(check_ins_of(world.session), ()))
    }
    assert found == {"Bo Tran": ("Ada Moss",), "Ada Moss": ("Bo Tran",)}
    (early,) = confirm_arrival(meeting=world.meeting, person=ada, by=BY, at=local("9:30"))
    (late,) = confirm_arrival(meeting=world.meeting, person=bo, by=BY, at=local("9:30"))
    assert (early.state, late.state, late.came_at) == ("present", "partly", local("9:20"))
    assert attended(world) == 345 + 325


def test_refusals(world: World) -> None:
    ada, stranger = world.enroll("Ada Moss"), make_person("Pat Stranger")

    def refused(message: str, person: Person, clock: str, kind: CheckIn.Kind = IN, at: datetime | None = None) -> None:
        with pytest.raises(AttendanceRefused, match=message):
            tap(world, person, clock, kind, at=at)

    refused("not checked in yet", ada, "9:00", OUT)
    refused("older than 15 minutes", ada, "9:00", at=local("9:16"))
    refused("from two hours before", ada, "6:59")
    refused("from two hours before", ada, "16:00")
    refused("not of the classes", stranger, "9:00")
    with pytest.raises(AttendanceRefused, match="has not checked in"):
        confirm_arrival(meeting=world.meeting, person=ada, by=BY, at=local("9:30"))
    tap(world, ada, "9:00")
    refused("checked in already", ada, "9:05")
    desk = open_desk(meeting=world.meeting, by=BY, at=local("10:00"))
    close_desk(desk=desk, by=BY, at=local("10:00"))
    refused("is not open", ada, "10:05", OUT)
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    refused("is settled", ada, "10:05", OUT, at=EVENING)
