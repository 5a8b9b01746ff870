"""Adding a session by hand, and counting one of another class."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from cecto.classes.models import Cohort, Meeting
from cecto.classes.schedule import queries
from cecto.classes.schedule.actions import cancel_meeting
from tests.classes import made
from tests.classes.browsing import browser, words_of
from tests.classes.made import AT, BY

pytestmark = pytest.mark.django_db

DAY = {
    "title": "Spring day",
    "day": "2016-03-01",
    "start": "9:00 AM",
    "end": "4:00 PM",
    "modality": "f2f",
    "place": "Raleigh",
    "breaks": "12:00-13:00",
}
PARTS = {
    "part-1-title": "Security",
    "part-1-competency": "security",
    "part-1-minutes": "150",
    "part-2-title": "Law",
    "part-2-competency": "legal",
    "part-2-minutes": "3h",
}
WORDS = {"slot": "Joint Day", "tags": "joint, spring", "tracks": [made.DIRECTOR]}


@pytest.fixture
def cohort() -> Cohort:
    return made.worded()


@pytest.fixture
def client(cohort: Cohort) -> Client:
    return browser()


def address(cohort: Cohort, rest: str) -> str:
    return f"/console/classes/{cohort.key}/schedule/{rest}"


def refusal(client: Client, cohort: Cohort, **more: str) -> str:
    answer = client.post(address(cohort, "add/"), DAY | more)
    assert (answer.status_code, Meeting.objects.count()) == (422, 0)
    return words_of(answer.content)


def test_parts_follow_one_another_around_the_break(client: Client, cohort: Cohort) -> None:
    answer = client.post(address(cohort, "add/"), DAY | PARTS | WORDS)
    assert (answer.status_code, answer["Location"]) == (302, address(cohort, ""))
    (found,) = queries.sessions_of(cohort, known_at=datetime.now(UTC))
    assert (found.meeting.code, found.revision.title, found.revision.place) == (
        "cecto-2016-2016-03-01",
        "Spring day",
        "Raleigh",
    )
    assert [(one.code, one.title, one.minutes, found.competency(cohort, one)) for one in found.segments] == [
        ("s1", "Security", 150, "security"),
        ("s2", "Law", 180, "legal"),
    ]
    first, second = found.segments
    assert (first.ends_at, second.starts_at, second.ends_at) == (
        datetime(2016, 3, 1, 16, 30, tzinfo=UTC),
        datetime(2016, 3, 1, 16, 30, tzinfo=UTC),
        datetime(2016, 3, 1, 20, 30, tzinfo=UTC),
    )
    link = found.link_of(cohort)
    assert link is not None
    assert (link.slot, link.tags, link.tracks) == ("joint-day", ["joint", "spring"], [made.DIRECTOR])


def test_without_parts_a_session_is_one_and_a_second_one_that_day_gets_its_own_code(
    client: Client, cohort: Cohort
) -> None:
    client.post(address(cohort, "add/"), DAY)
    client.post(address(cohort, "add/"), DAY | {"title": "Evening"})
    found = queries.sessions_of(cohort, known_at=datetime.now(UTC))
    assert [(one.meeting.code, [(part.title, part.minutes) for part in one.segments]) for one in found] == [
        ("cecto-2016-2016-03-01", [("Spring day", 360)]),
        ("cecto-2016-2016-03-01-2", [("Evening", 360)]),
    ]


def test_what_cannot_be_is_refused_in_words(client: Client, cohort: Cohort) -> None:
    assert "“noon” is not a time." in refusal(client, cohort, start="noon")
    assert "must end after it starts" in refusal(client, cohort, end="8:00 AM")
    assert "runs from Tue, Aug 11, 2015 to Wed, Jun 15, 2016" in refusal(client, cohort, day="2016-09-01")
    assert "has room for 6 h:" in refusal(client, cohort, **{"part-1-minutes": "400"})
    many = {"part-1-minutes": "200", "part-2-minutes": "200"}
    assert "plan 6 h 40 min, and it has 6 h without its breaks" in refusal(client, cohort, **many)


def test_more_parts_can_be_asked_for(client: Client, cohort: Cohort) -> None:
    pages = [client.get(address(cohort, f"add/{query}")).content.decode() for query in ("", "?parts=5", "?parts=99")]
    assert [page.count("usa-legend--large") for page in pages] == [3, 5, 12]


def test_a_session_of_another_class_is_counted_in_this_class_s_words(client: Client, cohort: Cohort) -> None:
    other = made.cohort("cgcio", ("cio",))
    theirs = made.meeting(other, "theirs")
    cancel_meeting(meeting=made.meeting(other, "off", made.plan(date(2015, 9, 1))), by=BY, at=AT)
    made.meeting(cohort, "ours")
    page = client.get(address(cohort, "others/")).content.decode()
    assert [f"/{one.key}/words/" in page for one in Meeting.objects.order_by("code")] == [False, False, True]
    sent = {"slot": "joint-day", "competency-s1": "security"}
    assert client.post(address(cohort, f"{theirs.key}/words/"), sent)["Location"] == address(cohort, "")
    link = queries.session(theirs, known_at=datetime.now(UTC)).link_of(cohort)
    assert link is not None
    assert (link.slot, link.competencies, link.tracks) == ("joint-day", {"s1": "security"}, [])
    again = client.get(address(cohort, f"{theirs.key}/words/")).content.decode()
    assert 'value="security" selected' in again
    assert theirs.key not in client.get(address(cohort, "others/")).content.decode()


def test_a_session_that_is_not_there_is_not_found(client: Client, cohort: Cohort) -> None:
    assert client.get(address(cohort, "nothing/words/")).status_code == 404


def test_an_empty_schedule_leads_to_both(client: Client, cohort: Cohort) -> None:
    page = client.get(address(cohort, "")).content.decode()
    assert [address(cohort, rest) in page for rest in ("add/", "others/")] == [True, True]
