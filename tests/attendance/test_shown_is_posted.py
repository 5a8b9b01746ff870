"""What a screen shows is what is posted: by random sources, real times and answers, by page and by command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from html.parser import HTMLParser
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cecto.attendance.actions import (
    Marking,
    import_report,
    override_minutes,
    record_marks,
    settle_meeting,
    withdraw_report,
)
from cecto.attendance.actions.settlements import NotReady
from cecto.attendance.markings import MarkRefused
from cecto.attendance.models import Mark, Report, Settlement
from cecto.attendance.queries.reconciliation import reconcile
from cecto.attendance.timeline import timeline_of
from cecto.classes.actions import change_status
from cecto.classes.models import Enrollment, EnrollmentStatus
from cecto.classes.plans import plan_of
from cecto.classes.schedule.actions import revise_meeting
from cecto.ledger.models import Entry
from cecto.people.models import Person
from cecto.requirements.english.amounts import hours
from tests.attendance.world import BY, EVENING, World, coordinator, local

State = Mark.State
LONG = hypothesis_settings().max_examples >= 1_000
NAMES = ("Ada Moss", "Bo Tran", "Cy Ames")
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def evening() -> Iterator[None]:
    with time_machine.travel(EVENING, tick=False):
        yield


def path(world: World, page: str, *more: object) -> str:
    return reverse(f"attendance:{page}", args=[world.meeting.key, *more])


def settling(world: World) -> str:
    return reverse("certification:settlement", args=[world.meeting.key])


class Fields(HTMLParser):
    """The fields of the forms of a page that post to an address, as a browser would send them untouched."""

    def __init__(self, page: str, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.values = action, False, dict[str, str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self.inside = told.get("action") == self.action
        if self.inside and tag == "input" and told.get("name") and told.get("type") not in {"radio", "checkbox"}:
            self.values[str(told["name"])] = told.get("value") or ""


def sent(page: str, action: str) -> dict[str, str]:
    return Fields(page, action).values


def shown(page: str) -> dict[str, int]:
    """Minutes by name, as the table of everyone says them."""
    rows = re.findall(r'<th scope="row">\s*<a [^>]*>(.*?)</a>.*?<strong>(.*?)</strong>', page, re.DOTALL)
    return {name: minutes_in(told) for name, told in rows}


def minutes_in(told: str) -> int:
    found = re.fullmatch(rf"(?:([\d,]+){SPACE}h)?{SPACE}?(?:(\d+){SPACE}min)?", told)
    assert found, told
    return int((found[1] or "0").replace(",", "")) * 60 + int(found[2] or 0)


def posted() -> dict[str, int]:
    minutes: dict[str, int] = {}
    for entry in Entry.objects.filter(reverses=None, reversed_by=None).select_related("person"):
        minutes[entry.person.name] = minutes.get(entry.person.name, 0) + entry.attended
    return minutes


def at_clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def sheet(world: World, stays: dict[str, tuple[int, int]]) -> None:
    lines = [f"{name},{at_clock(a)},{at_clock(b)}" for name, (a, b) in stays.items()]
    content = "\n".join(["Name,In,Out", *lines]).encode()
    zone = "America/New_York"
    import_report(meeting=world.meeting, content=content, file_name="s.csv", time_zone=zone, by=BY, at=EVENING)


def by_hand(
    world: World,
    person: Person,
    minutes: dict[str, int],
    *,
    began: datetime | None = None,
    ended: datetime | None = None,
) -> Mark:
    return override_minutes(
        meeting=world.meeting,
        person=person,
        minutes=minutes,
        reason="Asked them",
        began=began,
        ended=ended,
        by=BY,
        at=EVENING,
    )


marks = st.lists(st.sampled_from(["present", "absent", "left early", "none"]), min_size=3, max_size=3)
stays = st.dictionaries(
    st.sampled_from(NAMES), st.tuples(st.integers(540, 800), st.integers(801, 960)), min_size=1, max_size=3
)
times = st.tuples(st.integers(8 * 60, 11 * 60), st.integers(14 * 60, 17 * 60 + 59))
bounded = hypothesis_settings(
    max_examples=400 if LONG else 8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def seen(world: World, said: list[str], listed: dict[str, tuple[int, int]]) -> None:
    people = [world.enroll(name) for name in NAMES]
    made = {"present": State.PRESENT, "absent": State.ABSENT, "left early": State.PARTLY}
    markings = [
        Marking(person.pk, made[word], left_at=local("14:30") if word == "left early" else None)
        for person, word in zip(people, said, strict=True)
        if word in made
    ]
    record_marks(meeting=world.meeting, markings=markings, by=BY, at=EVENING)
    sheet(world, listed)


@pytest.mark.hypothesis
@bounded
@given(said=marks, listed=stays, ran=times, take=st.sampled_from(["roster", "sign-in", "together"]))
def test_what_the_page_shows_is_what_the_ledger_holds(
    world: World, said: list[str], listed: dict[str, tuple[int, int]], ran: tuple[int, int], take: str
) -> None:
    """The page is driven as a browser drives it: its own addresses, its own hidden fields."""
    with transaction.atomic():
        seen(world, said, listed)
        browser = coordinator()
        where = f"{path(world, 'reconcile')}?began={at_clock(ran[0])}&ended={at_clock(ran[1])}&all=1"
        page = browser.get(where).content.decode()
        answers = sent(page, path(world, "conflicts"))
        answered = {name.replace("shown", "take"): take for name in answers if name.startswith("shown-")}
        before = shown(page)
        if answered:
            done = browser.post(path(world, "conflicts"), answers | answered | {"reason": "Asked them"})
            assert done.status_code == 302, done.content.decode()
            page = browser.get(f"{done['Location']}&all=1").content.decode()
            told = reconcile(world.session, began=local(at_clock(ran[0])), ended=local(at_clock(ran[1])))
            assert shown(page) == {row.attendee.person.name: row.attended for row in told.people}
            if take == "together":
                assert shown(page) == before
        browser.post(settling(world), sent(page, settling(world)))
        settlement = Settlement.objects.get()
        assert (settlement.starts_at, settlement.ends_at) == (local(at_clock(ran[0])), local(at_clock(ran[1])))
        assert posted() == shown(page)
        assert shown(browser.get(f"{path(world, 'reconcile')}?all=1").content.decode()) == posted()
        transaction.set_rollback(True)


@pytest.mark.hypothesis
@bounded
@given(said=marks, listed=stays, ran=times, share=st.integers(0, 100))
def test_what_the_command_shows_is_what_the_ledger_holds(
    world: World, said: list[str], listed: dict[str, tuple[int, int]], ran: tuple[int, int], share: int
) -> None:
    with transaction.atomic():
        seen(world, said, listed)
        began, ended = local(at_clock(ran[0])), local(at_clock(ran[1]))
        for row in reconcile(world.session, began=began, ended=ended).questions:
            minutes = {segment.code: segment.offered * share // 100 for segment in row.minutes}
            by_hand(world, row.attendee.person, minutes, began=began, ended=ended)
        where = ("--class", "c2016", "--session", "governance", "--format", "json")
        real = (*where, "--began", at_clock(ran[0]), "--ended", at_clock(ran[1]))
        dry = run("settle", *real, "--dry-run")
        assert Settlement.objects.count() == 0
        assert run("settle", *real)["people"] == dry["people"]
        assert posted() == {one["name"]: one["minutes"] for one in dry["people"]}
        assert run("settle", *where)["people"] == dry["people"]
        transaction.set_rollback(True)


def run(*words: str) -> dict[str, list[dict[str, object]]]:
    out = StringIO()
    call_command(*words, stdout=out, stderr=StringIO())
    return dict(json.loads(out.getvalue()))


@pytest.fixture
def conflict(world: World) -> tuple[World, Client, str, dict[str, str]]:
    """Ada and Bo are marked present and the sheet saw them until noon: the page's answers, as a browser sends them."""
    world.enroll("Ada Moss"), world.enroll("Bo Tran")
    record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING)
    sheet(world, {"Ada Moss": (540, 720), "Bo Tran": (540, 720)})
    browser = coordinator()
    fields = sent(browser.get(path(world, "reconcile")).content.decode(), path(world, "conflicts"))
    takes = {name.replace("shown", "take"): "sign-in" for name in fields if name.startswith("shown-")}
    return world, browser, path(world, "conflicts"), fields | takes | {"reason": "Asked them"}


def leave(world: World) -> None:
    """Bo leaves the class, and nothing that was seen of Bo counts any longer."""
    withdraw_report(report=Report.objects.get(), reason="Wrong file", by=BY, at=EVENING)
    bo = Enrollment.objects.get(person__name="Bo Tran")
    status = EnrollmentStatus.Status.WITHDRAWN
    change_status(enrollment=bo, status=status, start=local("0:00").date(), by=BY, at=EVENING)


def settle_elsewhere(world: World) -> None:
    for row in reconcile(world.session).questions:
        minutes = {segment.code: 0 for segment in row.minutes}
        by_hand(world, row.attendee.person, minutes)
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)


def answer_elsewhere(world: World) -> None:
    row = reconcile(world.session).questions[0]
    by_hand(world, row.attendee.person, {"s1": 0, "s2": 0})


def see_more(world: World) -> None:
    content = b"Name,In,Out\nAda Moss,9:00,15:00\n"
    later, zone = EVENING + timedelta(minutes=1), "America/New_York"
    import_report(meeting=world.meeting, content=content, file_name="later.csv", time_zone=zone, by=BY, at=later)


@pytest.mark.parametrize("meanwhile", [leave, settle_elsewhere, answer_elsewhere, see_more])
def test_an_answer_that_cannot_be_recorded_is_refused_and_none_is_dropped(
    conflict: tuple[World, Client, str, dict[str, str]], meanwhile: Callable[[World], None]
) -> None:
    world, browser, where, answers = conflict
    meanwhile(world)
    before = Mark.objects.count()
    answer = browser.post(where, answers)
    assert answer.status_code == 422
    assert "Nothing was saved" in answer.content.decode()
    assert Mark.objects.count() == before


def test_of_two_answers_to_one_question_none_is_taken(
    conflict: tuple[World, Client, str, dict[str, str]],
) -> None:
    _, browser, where, answers = conflict
    take = next(name for name in answers if name.startswith("take-"))
    before = Mark.objects.count()
    answer = browser.post(where, answers | {take: ["sign-in", "roster"]})
    assert answer.status_code == 422
    assert "sent twice, with different answers" in answer.content.decode()
    assert Mark.objects.count() == before


def test_what_changed_since_the_page_was_shown_is_not_posted(world: World) -> None:
    ada = world.enroll("Ada Moss")
    record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING)
    browser = coordinator()
    fields = sent(browser.get(path(world, "reconcile")).content.decode(), settling(world))
    record_marks(meeting=world.meeting, markings=[Marking(ada.pk, State.ABSENT)], by=BY, at=EVENING)
    page = browser.post(settling(world), fields, follow=True).content.decode()
    assert "has changed since your page was shown" in page
    assert Settlement.objects.count() == 0


@pytest.mark.parametrize("told", [{"began": "25:99"}, {"began": "12:00", "ended": "11:00"}, {"ended": "soon"}])
def test_times_that_cannot_be_are_refused_and_nothing_is_settled(world: World, told: dict[str, str]) -> None:
    ada = world.enroll("Ada Moss")
    record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING)
    browser = coordinator()
    assert browser.get(path(world, "reconcile"), told).status_code == 422
    browser.post(settling(world), told)
    typed = {"minutes-s1": "60", "minutes-s2": "0", "reason": "Ill", **told}
    assert browser.post(path(world, "person", ada.key), typed).status_code == 422
    assert (Settlement.objects.count(), Mark.objects.count()) == (0, 1)


def test_time_beyond_the_plan_is_given_by_hand_up_to_what_was_really_offered(world: World) -> None:
    """Planned until four, run until five: 240 minutes were offered after lunch, and no minute more."""
    ada = world.enroll("Ada Moss")
    browser, where = coordinator(), path(world, "person", ada.key)
    given = {"minutes-s1": "2 h 45 min", "minutes-s2": "4:00", "reason": "Stayed"}
    assert browser.post(where, given).status_code == 422
    over = browser.post(f"{where}?began=09:00&ended=17:00", given | {"minutes-s2": "241"})
    assert f"Enter {hours(240)} or less." in over.content.decode()
    done = browser.post(f"{where}?began=09:00&ended=17:00", given)
    assert done["Location"] == f"{where}?began=09%3A00&ended=17%3A00"
    assert f"{hours(405)} of {hours(405)}" in browser.get(done["Location"]).content.decode()
    cut = browser.get(path(world, "reconcile")).content.decode()
    assert f"{hours(60)} of what was set by hand does not count" in cut
    page = browser.get(f"{path(world, 'reconcile')}?ended=17:00").content.decode()
    browser.post(settling(world), sent(page, settling(world)))
    assert posted() == {"Ada Moss": 405}


def test_by_command_and_action_no_more_is_given_than_was_offered(world: World) -> None:
    ada = world.enroll("Ada Moss")
    with pytest.raises(MarkRefused, match="offered 3"):
        by_hand(world, ada, {"s1": 0, "s2": 181})
    assert by_hand(world, ada, {"s1": 0, "s2": 240}, ended=local("17:00")).segment_minutes["s2"] == 240
    with pytest.raises(NotReady, match="ended after it began"):
        settle_meeting(meeting=world.meeting, began=local("12:00"), ended=local("11:00"), by=BY, at=EVENING)


def test_the_picture_draws_time_set_by_hand_over_named_lanes_and_hours(world: World) -> None:
    ada = world.enroll("Ada Moss")
    record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING)
    by_hand(world, ada, {"s1": 60, "s2": 0})
    found = reconcile(world.session)
    picture = timeline_of(found.people[0], found)
    assert [lane.name for lane in picture.lanes] == ["Roster", "Set by hand"]
    assert [bar.width for bar in picture.bars if "untimed" in bar.css] == [f"{60 / 420 * 100:.2f}%"]
    assert (picture.ticks[0].label, picture.ticks[-1].label) == (f"9:00{SPACE}AM", f"4:00{SPACE}PM")
    assert "11" in [tick.label for tick in picture.ticks]
    page = coordinator().get(path(world, "reconcile")).content.decode()
    assert ">Set by hand</text>" in page
    assert f"Set by hand: {hours(60)}." in page


def test_the_sum_and_the_button_come_before_the_people(world: World) -> None:
    people = [world.enroll(f"Person No{n}") for n in range(32)]
    absent = [Marking(person.pk, State.ABSENT) for person in people[:2]]
    left = Marking(people[2].pk, State.PARTLY, left_at=local("12:00"))
    record_marks(meeting=world.meeting, markings=[*absent, left], rest_present=True, by=BY, at=EVENING)
    page = coordinator().get(path(world, "reconcile")).content.decode()
    tally = page[page.index("app-tally") :]
    assert re.findall(r"<strong>(\d+)</strong> ([a-z ]+)", tally)[:3] == [
        ("29", "present"),
        ("1", "in part"),
        ("2", "absent"),
    ]
    assert page.index("Finalize attendance") < page.index("Person No")
    assert page.count('class="app-day"') == 3


def test_an_evening_that_ran_past_midnight_is_settled_as_it_ran(world: World) -> None:
    plan = plan_of(world.session.revision)
    late = replace(
        plan,
        starts_at=local("20:00"),
        ends_at=local("23:30"),
        breaks=(),
        segments=(replace(plan.segments[0], starts_at=local("20:00"), ends_at=local("23:30"), minutes=210),),
    )
    revise_meeting(meeting=world.meeting, plan=late, by=BY, at=EVENING)
    world.enroll("Ada Moss")
    record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING)
    with time_machine.travel(EVENING + timedelta(hours=12), tick=False):
        browser = coordinator()
        page = browser.get(f"{path(world, 'reconcile')}?ended=00:20&all=1").content.decode()
        assert shown(page) == {"Ada Moss": 260}
        browser.post(settling(world), sent(page, settling(world)))
    assert posted() == {"Ada Moss": 260}
