"""A class can be changed after it has begun: by page, by command, and when a session moves past its last day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from cecto.classes import queries
from cecto.classes.actions import ClassRefused, change_status
from cecto.classes.changing.actions import ClassChange, announce_later, change_class, end_later_date
from cecto.classes.models import Cohort, EnrollmentStatus, LaterDate
from cecto.classes.schedule.actions import cancel_meeting
from cecto.foundation.journal.models import JournalEntry
from tests.classes import made
from tests.classes.browsing import browser, words_of
from tests.classes.made import AT, BY

pytestmark = pytest.mark.django_db


def changed(cohort: Cohort, **words: object) -> Cohort:
    return change_class(cohort=cohort, change=ClassChange(**words), by=BY, at=AT)  # type: ignore[arg-type]


def test_what_is_given_changes_and_the_journal_keeps_what_was() -> None:
    cohort = made.cohort()
    changed(cohort, name="  Class of\u00a02017 ", last_day=date(2016, 7, 1), titles={made.DIRECTOR: "Directors"})
    found = Cohort.objects.get()
    assert (found.name, found.first_day, found.last_day) == ("Class of 2017", made.FIRST, date(2016, 7, 1))
    assert found.tracks.get(track=made.DIRECTOR).title == "Directors"
    said = JournalEntry.objects.filter(action="classes.change").get().detail["changed"]
    assert said["last_day"] == ["2016-06-15", "2016-07-01"]
    assert said[f"title of {made.DIRECTOR}"][1] == "Directors"


def test_the_same_again_changes_nothing_and_leaves_no_line() -> None:
    cohort = made.cohort()
    changed(cohort, name=cohort.name, first_day=cohort.first_day, schedule_complete=False)
    assert not JournalEntry.objects.filter(action="classes.change").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"name": " "}, "Enter a name"),
        ({"name": "x" * 201}, "Enter a name"),
        ({"titles": {"board": "Board"}}, "has no track “board”. Its tracks: technology-director, leaders-21c."),
        ({"titles": {made.DIRECTOR: ""}}, "Enter a name"),
        ({"last_day": date(2015, 8, 1)}, "give a first day in this century and a last day"),
        ({"last_day": date(2106, 6, 15)}, "longer than ten years"),
        ({"first_day": date(1915, 8, 11)}, "in this century"),
        ({"first_day": date(2015, 8, 12)}, "“Opening day” is on 2015-08-11, outside 2015-08-12 to 2016-06-15."),
    ],
)
def test_what_cannot_be_is_refused_whole(words: dict[str, object], says: str) -> None:
    cohort = made.cohort()
    made.meeting(cohort)
    with pytest.raises(ClassRefused, match=says):
        changed(cohort, **({"titles": {made.LEADER: "Leaders"}} | words))
    found = Cohort.objects.get()
    assert (found.name, found.first_day, found.last_day) == (cohort.name, made.FIRST, made.LAST)
    assert found.tracks.get(track=made.LEADER).title == made.LEADER.title()


def test_a_canceled_session_holds_no_day_but_an_enrollment_does() -> None:
    cohort = made.cohort()
    meeting = made.meeting(cohort, of=made.plan(date(2016, 6, 15)))
    with pytest.raises(ClassRefused, match="Move or cancel"):
        changed(cohort, last_day=date(2016, 6, 1))
    cancel_meeting(meeting=meeting, by=BY, at=AT)
    made.enrolled(made.person("Ana Núñez"), cohort, on=date(2016, 6, 10))
    with pytest.raises(ClassRefused, match="Ana Núñez was enrolled on 2016-06-10"):
        changed(cohort, last_day=date(2016, 6, 1))
    assert changed(cohort, last_day=date(2016, 6, 10)).last_day == date(2016, 6, 10)


def test_a_schedule_is_complete_from_when_it_is_said() -> None:
    cohort = made.cohort()
    assert not cohort.schedule_is_complete(made.FIRST, known_at=AT)
    said = made.completed(cohort, AT + timedelta(days=1))
    known = [said.schedule_is_complete(made.FIRST, known_at=AT + timedelta(days=days)) for days in (0, 1, 2)]
    assert known == [False, True, True]
    planned = changed(said, schedule_complete=False)
    after = [planned.schedule_is_complete(day, known_at=AT) for day in (made.LAST, made.LAST + timedelta(days=1))]
    assert after == [False, True]


def test_a_line_for_dates_to_come_stands_until_it_is_taken_out() -> None:
    cohort = made.cohort()
    line = announce_later(cohort=cohort, month=date(2015, 12, 9), text=" to be  announced ", by=BY, at=AT)
    assert str(line) == "December 2015: to be announced"
    assert announce_later(cohort=cohort, month=date(2015, 12, 1), text="to be announced", by=BY, at=AT) == line
    with pytest.raises(ClassRefused, match="December 2015: to be announced” still stands"):
        changed(cohort, schedule_complete=True)
    end_later_date(line=line, by=BY, at=AT)
    changed(cohort, schedule_complete=True)
    with pytest.raises(ClassRefused, match="is complete"):
        announce_later(cohort=cohort, month=date(2016, 1, 1), text="January", by=BY, at=AT)


@pytest.mark.parametrize(("month", "text"), [(date(2016, 7, 1), "x"), (date(2015, 7, 31), "x"), (made.FIRST, " ")])
def test_a_line_that_cannot_be_is_refused(month: date, text: str) -> None:
    with pytest.raises(ClassRefused):
        announce_later(cohort=made.cohort(), month=month, text=text, by=BY, at=AT)


def test_people_enrolled_are_shown_before_the_first_day() -> None:
    cohort = made.cohort()
    here = made.enrolled(made.person("Ana Núñez"), cohort)
    gone = made.enrolled(made.person("Bo Tran"), cohort)
    made.enrolled(made.person("Cy Late"), cohort, on=date(2015, 10, 1))
    change_status(enrollment=gone, status=EnrollmentStatus.Status.WITHDRAWN, start=made.FIRST, by=BY, at=AT)
    months_before = made.FIRST - timedelta(days=60)
    assert list(queries.roster(cohort, months_before)) == [here]
    assert list(queries.roster(cohort, months_before, known_at=AT - timedelta(days=1))) == []


def run(*words: str) -> str:
    out = StringIO()
    call_command("class", *words, stdout=out)
    return out.getvalue()


def test_the_command_changes_and_tells_the_class() -> None:
    made.cohort()
    words = ["--name=Class of 2016", "--last-day=2016-06-30", "--schedule=complete", f"--track={made.LEADER}=Leaders"]
    assert json.loads(run("change", "cecto-2016", *words, "--format=json")) == {
        "code": "cecto-2016",
        "name": "Class of 2016",
        "first_day": "2015-08-11",
        "last_day": "2016-06-30",
        "schedule": "complete",
        "tracks": [
            {"track": made.DIRECTOR, "title": made.DIRECTOR.title()},
            {"track": made.LEADER, "title": "Leaders"},
        ],
    }
    assert "Its schedule is still being planned." in run("change", "cecto-2016", "--schedule=planning")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nope", "--name=X"], "There is no class “nope”"),
        (["cecto-2016", "--track=Leaders"], "is not TRACK=TITLE"),
        (["cecto-2016", "--first-day=2016-09-01"], "A class cannot run from"),
    ],
)
def test_the_command_refuses_in_words(words: list[str], says: str) -> None:
    made.cohort()
    with pytest.raises(CommandError, match=says):
        run("change", *words)


@pytest.fixture
def client() -> Client:
    return browser()


def test_the_page_changes_the_class(client: Client) -> None:
    cohort = made.cohort()
    page = f"/console/classes/{cohort.key}/change/"
    assert b'value="2016-06-15"' in client.get(page).content
    sent = {"name": "Class of 2017", "first_day": "2015-08-11", "last_day": "2016-07-01", "schedule": "complete"}
    sent |= {f"title-{row.track}": f"{row.title}s" for row in cohort.tracks.all()}
    assert client.post(page, sent).status_code == 302
    cohort.refresh_from_db()
    assert (cohort.name, cohort.last_day, cohort.schedule_complete_at is None) == (
        "Class of 2017",
        date(2016, 7, 1),
        False,
    )
    refused = client.post(page, sent | {"last_day": "2015-01-01"})
    assert refused.status_code == 422
    assert "A class cannot run from 2015-08-11 to 2015-01-01" in words_of(refused.content)


def test_dates_to_come_stand_in_the_schedule(client: Client) -> None:
    cohort = made.cohort()
    page = f"/console/classes/{cohort.key}/dates-to-come/"
    assert client.post(page, {"month": "2015-12-01", "text": "Two days, to be announced"}).status_code == 302
    schedule = words_of(client.get(f"/console/classes/{cohort.key}/schedule/").content)
    assert "December 2015 Two days, to be announced" in schedule
    assert "More dates are coming." in schedule
    line = LaterDate.objects.get()
    assert client.post(f"{page}{line.key}/end/").status_code == 302
    assert client.post(f"{page}{line.key}/end/").status_code == 404
    assert client.post(page, {"month": "2019-12-01", "text": "x"}).status_code == 422


def fields(client: Client, address: str) -> dict[str, object]:
    form = client.get(address).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_a_session_moved_past_the_last_day_asks_to_extend_the_class(client: Client) -> None:
    cohort = made.cohort()
    meeting = made.meeting(cohort)
    address = f"/console/sessions/{meeting.key}/revision/"
    sent = fields(client, address) | {"day": "2016-06-20"}
    asked = client.post(address, sent)
    assert asked.status_code == 422
    assert "End the class on Mon, Jun 20, 2016" in words_of(asked.content)
    assert 'value="2016-06-20"' in asked.content.decode()
    other = client.post(address, sent | {"day": "2016-06-21", "extend": "2016-06-20"})
    assert other.status_code == 422, "the answer was for another day"
    assert Cohort.objects.get().last_day == made.LAST
    assert client.post(address, sent | {"extend": "2016-06-20"}).status_code == 302
    assert Cohort.objects.get().last_day == date(2016, 6, 20)
    assert meeting.revisions.get(superseded_at=None).starts_at.date() == date(2016, 6, 20)


def test_a_year_that_cannot_be_meant_is_refused_though_the_box_is_checked(client: Client) -> None:
    cohort = made.cohort()
    meeting = made.meeting(cohort)
    address = f"/console/sessions/{meeting.key}/revision/"
    answer = client.post(address, fields(client, address) | {"day": "2106-06-20", "extend": "2106-06-20"})
    assert answer.status_code == 422
    assert "longer than ten years" in words_of(answer.content)
    assert (Cohort.objects.get().last_day, meeting.revisions.count()) == (made.LAST, 1)


def test_a_session_added_after_the_last_day_asks_too(client: Client) -> None:
    cohort = made.cohort()
    address = f"/console/classes/{cohort.key}/schedule/add/"
    sent = {"title": "Summer day", "day": "2016-07-02", "start": "9:00 AM", "end": "10:00 AM", "modality": "f2f"}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, sent | {"extend": "2016-07-02"}).status_code == 302
    assert Cohort.objects.get().last_day == date(2016, 7, 2)
