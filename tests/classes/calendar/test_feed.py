"""Calendar feeds, read with a parser we did not write (vobject)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
import vobject
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cecto.classes.actions import renew_calendar_feed, renew_class_calendar
from cecto.classes.calendar.writing import without_secrets
from cecto.classes.models import Cohort, Meeting
from cecto.classes.plans import LinkPlan
from cecto.classes.schedule.actions import assign_instructor, cancel_meeting, link_meeting, revise_meeting
from cecto.people.models import Person
from tests.classes import made
from tests.classes.made import AT, BY

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=30)
ZOOM = "https://zoom.us/j/81234567890?pwd=SeCrEt&from=cal"
EASTERN = ZoneInfo("America/New_York")


@pytest.fixture(autouse=True)
def _after_it_all() -> Any:
    with time_machine.travel(LATER + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def cohort() -> Cohort:
    return made.cohort()


@pytest.fixture
def ana(cohort: Cohort) -> Person:
    return made.enrolled(made.person("Ana Núñez"), cohort).person


@pytest.fixture
def meeting(cohort: Cohort) -> Meeting:
    return made.meeting(cohort, "opening", replace(made.plan(), link=ZOOM))


def address(person: Person) -> str:
    return f"/calendar/{renew_calendar_feed(person=person, by=BY, at=AT).key}.ics"


def events(client: Client, path: str) -> list[Any]:
    answer = client.get(path)
    assert answer.status_code == 200
    return list(vobject.readOne(answer.content.decode()).contents.get("vevent", []))


def test_a_session_is_an_event_in_the_zone_of_the_program(client: Client, ana: Person, meeting: Meeting) -> None:
    assign_instructor(meeting=meeting, person=made.person("Shan Tuft"), by=BY, at=AT)
    (event,) = events(client, address(ana))
    assert (event.uid.value, event.sequence.value, event.status.value) == (f"{meeting.key}@localhost", "1", "CONFIRMED")
    assert (event.summary.value, event.location.value) == ("Opening day", "Chapel Hill")
    assert event.dtstart.value == datetime(2015, 8, 11, 9, tzinfo=EASTERN)
    assert event.dtend.value - event.dtstart.value == timedelta(hours=7)
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["America/New_York"]
    assert event.description.value == (
        "cecto Class of 2016\n9:00 AM Morning\n1:00 PM Afternoon\nWith Shan Tuft\nJoin: https://zoom.us/j/81234567890?from=cal"
    )


def test_the_zone_is_described_and_the_clock_changes_with_it(client: Client, cohort: Cohort, ana: Person) -> None:
    made.meeting(cohort, "winter", made.plan(date(2016, 1, 12), start=14))
    path = address(ana)
    calendar = vobject.readOne(client.get(path).content.decode())
    assert [zone.tzid.value for zone in calendar.contents["vtimezone"]] == ["America/New_York"]
    (event,) = events(client, path)
    assert event.dtstart.value == datetime(2016, 1, 12, 9, tzinfo=EASTERN)


def test_changes_arrive_as_updates_of_the_same_event(client: Client, ana: Person, meeting: Meeting) -> None:
    path = address(ana)
    revise_meeting(meeting=meeting, plan=made.plan(date(2015, 8, 12)), by=BY, at=LATER)
    (event,) = events(client, path)
    assert (event.uid.value, event.sequence.value) == (f"{meeting.key}@localhost", "2")
    assert event.dtstart.value == datetime(2015, 8, 12, 9, tzinfo=EASTERN)
    cancel_meeting(meeting=meeting, by=BY, at=LATER + timedelta(hours=1))
    (event,) = events(client, path)
    assert (event.uid.value, event.sequence.value, event.status.value, event.summary.value) == (
        f"{meeting.key}@localhost",
        "3",
        "CANCELLED",
        "Canceled: Opening day",
    )


def test_no_password_leaves_by_the_feed(client: Client, ana: Person, meeting: Meeting) -> None:
    text = client.get(address(ana)).content.decode().replace("\r\n ", "")
    assert "SeCrEt" not in text
    assert "https://zoom.us/j/81234567890?from=cal" in text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (ZOOM, "https://zoom.us/j/81234567890?from=cal"),
        ("Zoom: https://x.zoom.us/j/1?PWD=a and room 3", "Zoom: https://x.zoom.us/j/1 and room 3"),
        ("https://me:secret@x.org/a?password=b#pwd=c", "https://x.org/a"),
        ("Room 3?pwd=yes", "Room 3?pwd=yes"),
        ("Room 4, https://[map]/4", "Room 4, "),
    ],
)
def test_passwords_are_taken_out_of_addresses(text: str, left: str) -> None:
    assert without_secrets(text) == left


def test_renewing_ends_the_old_address(client: Client, ana: Person, meeting: Meeting) -> None:
    old = address(ana)
    new = address(ana)
    assert client.get(old).status_code == 404
    assert len(events(client, new)) == 1


def test_an_unchanged_feed_is_not_sent_again(client: Client, ana: Person, meeting: Meeting) -> None:
    path = address(ana)
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    cancel_meeting(meeting=meeting, by=BY, at=LATER)
    changed = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_a_class_has_a_feed_of_its_own(client: Client, cohort: Cohort, meeting: Meeting) -> None:
    found = renew_class_calendar(cohort=cohort, by=BY, at=AT)
    calendar = vobject.readOne(client.get(f"/calendar/{found.key}.ics").content.decode())
    assert calendar.contents["x-wr-calname"][0].value == "cecto Class of 2016"
    assert [event.summary.value for event in calendar.contents["vevent"]] == ["Opening day"]


def test_a_person_gets_the_sessions_of_their_track_only(client: Client, cohort: Cohort, meeting: Meeting) -> None:
    leaders = made.meeting(cohort, "leaders", made.plan(date(2015, 9, 1), "For superintendents"))
    link_meeting(meeting=leaders, cohort=cohort, plan=LinkPlan(tracks=("leaders-21c",)), by=BY, at=AT)
    director = made.enrolled(made.person("Bo Lee"), cohort).person
    leader = made.enrolled(made.person("Cy Poe"), cohort, "leaders-21c").person
    assert [event.summary.value for event in events(client, address(director))] == ["Opening day"]
    assert [event.summary.value for event in events(client, address(leader))] == ["Opening day", "For superintendents"]


def test_an_empty_feed_is_a_calendar(client: Client) -> None:
    assert events(client, address(made.person("Bo Lee"))) == []


@pytest.mark.parametrize("number", [1, 3])
def test_a_feed_takes_six_queries(
    number: int, client: Client, cohort: Cohort, ana: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(number):
        made.meeting(cohort, f"day-{day}", made.plan(made.FIRST + timedelta(days=day)))
    path = address(ana)
    with django_assert_num_queries(6):
        assert len(events(client, path)) == number
