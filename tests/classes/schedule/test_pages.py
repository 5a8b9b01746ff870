"""Pages of a class's schedule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cecto.classes.models import Cohort, Meeting
from cecto.classes.queries import feed_of_class
from cecto.classes.schedule import queries
from cecto.classes.schedule.actions import cancel_meeting
from cecto.people.models import Role
from tests.classes import made
from tests.classes.browsing import NOW, browser, words_of
from tests.classes.made import AT, BY
from tests.classes.schedule.files import CGCIO

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_class_year() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cohort() -> Cohort:
    return made.cohort()


@pytest.fixture
def client(cohort: Cohort) -> Client:
    return browser()


def address(cohort: Cohort, rest: str = "schedule/") -> str:
    return f"/console/classes/{cohort.key}/{rest}"


def test_the_schedule_is_shown_by_month_with_its_year(client: Client, cohort: Cohort) -> None:
    made.meeting(cohort, "one", made.plan(date(2015, 9, 15), "Budgets & plans"))
    made.meeting(cohort, "two", made.plan(NOW.date(), "Today's day"))
    canceled = made.meeting(cohort, "three", made.plan(date(2016, 1, 12), "Winter day"))
    cancel_meeting(meeting=canceled, by=BY, at=AT)
    page = client.get(address(cohort))
    words = words_of(page.content)
    assert re.findall(r"(September 2015|December 2015|January 2016)", words) == [
        "September 2015",
        "December 2015",
        "January 2016",
    ]
    assert "3 sessions , 12 h planned." in words.replace("sessions,", "sessions ,")
    assert (
        "Tue, Sep 15, 2015, 9:00 AM – 4:00 PM EDT Budgets &amp; plans In the room · Chapel Hill · 6 h · Everyone Change"
    ) in words
    assert re.findall(r"Winter day Canceled|Today&#x27;s day Today", words) == [
        "Today&#x27;s day Today",
        "Winter day Canceled",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_schedule_takes_a_constant_number_of_queries(
    number: int, client: Client, cohort: Cohort, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(number):
        made.meeting(cohort, f"day-{day}", made.plan(made.FIRST + timedelta(days=day)))
    with django_assert_num_queries(10):
        assert client.get(address(cohort)).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_classes_takes_a_constant_number_of_queries(
    number: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for more in range(number):
        made.cohort(code=f"class-{more}")
    with django_assert_num_queries(7):
        assert client.get("/console/classes/").status_code == 200


def test_an_empty_schedule_says_what_to_do(client: Client, cohort: Cohort) -> None:
    assert "No session is scheduled yet Import the schedule" in words_of(client.get(address(cohort)).content)


def test_a_partner_sees_the_schedule_and_cannot_change_it(cohort: Cohort) -> None:
    meeting = made.meeting(cohort)
    partner = browser(Role.PARTNER, who=made.person("Pat Partner"))
    page = partner.get(address(cohort))
    assert page.status_code == 200
    assert b"schedule/import" not in page.content
    answers = [
        partner.get(path).status_code
        for path in [address(cohort, "schedule/import/"), f"/console/sessions/{meeting.key}/revision/"]
    ]
    assert answers == [403, 403]


def test_the_coordinator_of_another_program_is_told_there_is_no_such_class(cohort: Cohort) -> None:
    made.cohort("cgcio", ("cio",))
    stranger = browser(program="cgcio", who=made.person("Sam Stranger"))
    meeting = made.meeting(cohort)
    paths = [address(cohort), address(cohort, "schedule/import/"), f"/console/sessions/{meeting.key}/cancellation/"]
    assert [stranger.get(path).status_code for path in paths] == [404, 404, 404]


def fields(client: Client, meeting: Meeting, **changes: str) -> dict[str, Any]:
    form = client.get(f"/console/sessions/{meeting.key}/revision/").context["form"]
    return {name: form[name].value() for name in form.fields} | changes


def test_a_session_is_moved_with_its_parts(client: Client, cohort: Cohort) -> None:
    meeting = made.meeting(cohort)
    path = f"/console/sessions/{meeting.key}/revision/"
    answer = client.post(path, fields(client, meeting, day="2015-08-13", place="Raleigh"))
    assert (answer.status_code, answer["Location"]) == (302, address(cohort))
    found = queries.session(meeting, known_at=NOW)
    assert (found.day, found.revision.place, found.revision.number) == (date(2015, 8, 13), "Raleigh", 2)
    assert [part.minutes for part in found.segments] == [180, 180]
    page = words_of(client.get(path).content)
    assert "What was scheduled before" in page
    assert "Tue, Aug 11, 2015, 9:00 AM – 4:00 PM EDT" in page


def test_saving_a_session_as_it_is_changes_nothing(client: Client, cohort: Cohort) -> None:
    meeting = made.meeting(cohort)
    client.post(f"/console/sessions/{meeting.key}/revision/", fields(client, meeting))
    assert meeting.revisions.count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"day": "2017-01-01"}, "runs from Tue, Aug 11, 2015 to Wed, Jun 15, 2016. Choose a date in between"),
        ({"s1-start": "late"}, "“late” is not a time. Write it like 9:00 AM or 13:30."),
        ({"s2-end": "1:10 PM"}, "plans 3 h and has room for 10 min"),
        ({"breaks": "noon"}, "“noon” is not a break."),
        ({"link": "zoom"}, "Enter a valid URL."),
        ({"title": ""}, "This field is required."),
    ],
)
def test_a_session_that_cannot_be_is_refused_with_the_form(
    changes: dict[str, str], says: str, client: Client, cohort: Cohort
) -> None:
    meeting = made.meeting(cohort)
    answer = client.post(f"/console/sessions/{meeting.key}/revision/", fields(client, meeting, **changes))
    assert answer.status_code == 422
    assert says in words_of(answer.content)
    assert meeting.revisions.count() == 1


def test_a_session_is_canceled_after_asking(client: Client, cohort: Cohort) -> None:
    meeting = made.meeting(cohort)
    path = f"/console/sessions/{meeting.key}/cancellation/"
    assert "Cancel “Opening day”?" in words_of(client.get(path).content)
    assert not queries.session(meeting, known_at=NOW).canceled
    client.post(path)
    assert queries.session(meeting, known_at=NOW).canceled


def test_the_class_calendar_is_made_and_renewed(client: Client, cohort: Cohort) -> None:
    assert feed_of_class(cohort) is None
    client.post(address(cohort, "calendar/"))
    first = feed_of_class(cohort)
    assert first is not None
    assert first.key in client.get(address(cohort, "calendar/")).content.decode()
    client.post(address(cohort, "calendar/"))
    assert feed_of_class(cohort) != first


def hand_in(client: Client, cohort: Cohort, text: str) -> Any:
    file = SimpleUploadedFile("plan.csv", text.encode())
    return client.post(address(cohort, "schedule/import/"), {"file": file})


def test_a_schedule_is_handed_in_looked_at_and_accepted() -> None:
    cohort = made.cohort("cgcio", ("cio",))
    client = browser(program="cgcio")
    shown = client.get(hand_in(client, cohort, CGCIO)["Location"])
    assert "Sessions: 2 added. Nothing has been written yet." in words_of(shown.content)
    assert Meeting.objects.count() == 0
    path = shown.request["PATH_INFO"]
    accepted = client.post(path, {"fingerprint": shown.context["form"]["fingerprint"].value()})
    assert accepted["Location"] == address(cohort)
    assert Meeting.objects.count() == 2
    again = client.get(path)
    assert "Nothing to change: choose another file" in words_of(again.content)


def test_a_preview_that_is_out_of_date_is_shown_again(client: Client, cohort: Cohort) -> None:
    text = "session,date,start,end,format\na,2015-09-01,9:00,10:00,f2f\n"
    shown = client.get(hand_in(client, cohort, text)["Location"])
    made.meeting(cohort, "a")
    answer = client.post(shown.request["PATH_INFO"], {"fingerprint": shown.context["form"]["fingerprint"].value()})
    assert answer.status_code == 422
    assert "Something changed since this preview was made." in words_of(answer.content)


def test_a_file_that_cannot_be_is_refused_with_row_and_column(client: Client, cohort: Cohort) -> None:
    answer = hand_in(client, cohort, "session,date,start,end,format\na,1900-01-01,9:00,10:00,f2f\n")
    assert answer.status_code == 422
    assert "plan.csv, row 2, column “date”: “1900-01-01” is in 1900." in words_of(answer.content)


def test_a_token_of_another_class_is_no_file(client: Client, cohort: Cohort) -> None:
    text = "session,date,start,end,format\na,2015-09-01,9:00,10:00,f2f\n"
    token = hand_in(client, cohort, text)["Location"].rstrip("/").rpartition("/")[2]
    other = made.cohort(code="other")
    assert client.get(address(other, f"schedule/import/{token}/")).status_code == 404
    assert client.get(address(cohort, "schedule/import/made-up/")).status_code == 404


def test_the_schedule_downloads_as_shown(client: Client, cohort: Cohort) -> None:
    made.meeting(cohort, "one", made.plan(date(2015, 9, 15), "=1+1"))
    answer = client.get(address(cohort) + "?download=csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Session,When,Format,Where,Planned (hours),Held by,For,Status")
    assert "'=1+1" in lines[1]
