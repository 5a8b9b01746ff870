"""The pages of a session's attendance, as a coordinator and an instructor use them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cecto.attendance.actions import Marking, import_report, record_marks
from cecto.attendance.models import Mark, Match, Report, Settlement
from cecto.attendance.queries.reconciliation import reconcile
from cecto.attendance.views.reports import HandedIn
from cecto.classes.models import Instructor
from cecto.foundation import evidence
from cecto.ledger.models import Entry
from cecto.people.models import Role
from cecto.requirements.english.amounts import hours
from tests.attendance.world import BY, EVENING, World, coordinator, hold_to, local, make_person, signed_in


@pytest.fixture(autouse=True)
def evening() -> Iterator[None]:
    with time_machine.travel(EVENING, tick=False):
        yield


def path(world: World, page: str, *more: object) -> str:
    return reverse(f"attendance:{page}", args=[world.meeting.key, *more])


def settling(world: World) -> str:
    return reverse("certification:settlement", args=[world.meeting.key])


def attended(world: World) -> dict[str, int]:
    return {row.attendee.person.name: row.attended for row in reconcile(world.session).people}


def upload(name: str, content: bytes) -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content), "time_zone": "America/New_York"}


def load(world: World, content: bytes) -> Report:
    return import_report(
        meeting=world.meeting, content=content, file_name="s.csv", time_zone="America/New_York", by=BY, at=EVENING
    ).report


def test_one_form_marks_everyone_present_except(world: World) -> None:
    _, bo, cy = (world.enroll(name) for name in ("Ada Moss", "Bo Tran", "Cy Ames"))
    browser = coordinator()
    answer = browser.post(path(world, "roster"), {f"absent-{bo.key}": "on", f"left-{cy.key}": "12:00"})
    assert answer.status_code == 302
    assert attended(world) == {"Cy Ames": 165, "Ada Moss": 345, "Bo Tran": 0}
    page = browser.get(path(world, "roster")).content.decode()
    assert f'name="left-{cy.key}" value="12:00"' in page
    browser.post(path(world, "roster"), {f"unmarked-{bo.key}": "on", f"left-{cy.key}": "12:00"})
    assert [mark.state for mark in Mark.objects.filter(person=bo)] == ["absent", "cleared"]


def test_two_answers_for_one_person_are_refused_and_nothing_is_saved(world: World) -> None:
    bo = world.enroll("Bo Tran")
    answer = coordinator().post(path(world, "roster"), {f"absent-{bo.key}": "on", f"came-{bo.key}": "10:00"})
    assert answer.status_code == 422
    assert "Bo Tran: choose one: absent, by report, or there (online, with times)." in answer.content.decode()
    assert Mark.objects.count() == 0


def test_an_instructor_marks_their_session_and_no_other_page(world: World) -> None:
    world.enroll("Ada Moss")
    teacher = make_person("Vic Teach")
    Instructor.objects.create(meeting=world.meeting, person=teacher)
    browser = signed_in(teacher)
    assert browser.post(path(world, "roster")).status_code == 302
    assert attended(world) == {"Ada Moss": 345}
    page = browser.get(path(world, "roster")).content.decode()
    assert "Unsure names" not in page
    assert browser.get(path(world, "reconcile")).status_code in {403, 404}


@pytest.mark.parametrize("page", ["roster", "reports", "names", "reconcile", "reopening"])
def test_others_are_told_there_is_no_such_page(world: World, page: str) -> None:
    assert Client().get(path(world, page)).status_code == 302
    assert signed_in(make_person("Ada Moss")).get(path(world, page)).status_code in {403, 404}
    assert signed_in(make_person("Olga Amt"), Role.OFFICER).get(path(world, page)).status_code in {403, 404}


def test_a_report_is_previewed_accepted_and_its_names_answered(world: World) -> None:
    ada, bo = world.enroll("Ada Moss"), world.enroll("Bo Tran")
    browser = coordinator()
    content = b"Name,In,Out\nAda Moss,9:00,12:00\nDJ Bo,9:00,12:00\nPat Stranger,9:00,12:00\n"
    handed_in = browser.post(path(world, "reports"), upload("s.csv", content))
    preview = browser.get(handed_in["Location"])
    assert (preview.status_code, Report.objects.count()) == (200, 0)
    assert "1 people are certain, 2 names wait" in preview.content.decode()
    empty = browser.post(handed_in["Location"])
    assert (empty.status_code, Report.objects.count()) == (422, 0)
    assert "Nothing was imported." in empty.content.decode()
    accepted = browser.post(handed_in["Location"], {"accept": "yes"})
    assert accepted["Location"] == path(world, "names")
    report = Report.objects.get()
    page = browser.get(accepted["Location"]).content.decode()
    assert "“DJ Bo”" in page
    answers = {f"other-{report.pk}-3": bo.key, f"who-{report.pk}-4": "-"}
    assert browser.post(path(world, "names"), answers)["Location"] == path(world, "reconcile")
    assert attended(world) == {"Ada Moss": 165, "Bo Tran": 165}
    assert {(m.name, m.person) for m in Match.objects.all()} == {
        ("Ada Moss", ada),
        ("DJ Bo", bo),
        ("Pat Stranger", None),
    }
    again = browser.post(path(world, "reports"), upload("s.csv", content))
    browser.post(again["Location"], {"accept": "yes"})
    assert Report.objects.count() == 1


def test_a_file_that_is_no_report_is_refused_in_the_form(world: World) -> None:
    answer = coordinator().post(path(world, "reports"), upload("rain.csv", b"rain,sun\n1,2\n"))
    assert answer.status_code == 422
    assert "rain.csv, row 1: The headings are not those of a known report" in answer.content.decode()


def test_a_token_of_another_session_or_made_up_is_not_found(world: World) -> None:
    assert coordinator().get(path(world, "report-preview", "made-up")).status_code == 404


def test_several_people_behind_one_name_and_the_rest_not_ours(world: World) -> None:
    ada, bo = world.enroll("Ada Moss"), world.enroll("Bo Tran")
    report = load(world, b"Name,In,Out\nRoom 12,9:00,12:00\nPat Stranger,9:00,12:00\n")
    answers = {f"several-{report.pk}-2": [ada.key, bo.key], "rest_not_ours": "on"}
    coordinator().post(path(world, "names"), answers)
    assert attended(world) == {"Ada Moss": 165, "Bo Tran": 165}
    assert reconcile(world.session).unsure == 0


def test_a_conflict_is_answered_by_source_with_a_reason_then_settled_and_reopened(world: World) -> None:
    ada = world.enroll("Ada Moss")
    load(world, b"Name,In,Out\nAda Moss,9:00,12:00\n")
    record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING)
    browser = coordinator()
    assert "Times don’t match" in browser.get(path(world, "reconcile")).content.decode()
    browser.post(settling(world))
    assert Settlement.objects.count() == 0
    silent = browser.post(path(world, "conflicts"), {f"take-{ada.key}": "sign-in"})
    assert silent.status_code == 422
    browser.post(path(world, "conflicts"), {f"take-{ada.key}": "sign-in", f"reason-{ada.key}": "She signed out"})
    assert attended(world) == {"Ada Moss": 165}
    browser.post(settling(world), {"began": "09:00", "ended": "15:00"})
    assert Settlement.objects.get().ends_at == local("15:00")
    assert browser.post(path(world, "reopening"), {"reason": ""}).status_code == 422
    browser.post(path(world, "reopening"), {"reason": "Wrong end"})
    assert Entry.objects.filter(reverses=None, reversed_by=None).count() == 0
    history = browser.get(path(world, "person", ada.key)).content.decode()
    for words in ("Marked: present", "She signed out", f"Reversed: {hours(165)} of {hours(165)}", "Wrong end"):
        assert words in history


def test_minutes_are_set_by_hand_and_taken_back_on_the_persons_page(world: World) -> None:
    ada = world.enroll("Ada Moss")
    record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING)
    browser = coordinator()
    page = path(world, "person", ada.key)
    too_many = browser.post(page, {"minutes-s1": "999", "minutes-s2": "0", "reason": "Ill"})
    assert too_many.status_code == 422
    browser.post(page, {"minutes-s1": "60", "minutes-s2": "0", "reason": "Ill"})
    assert attended(world) == {"Ada Moss": 60}
    browser.post(path(world, "take-back", ada.key))
    assert attended(world) == {"Ada Moss": 345}


def test_an_answer_is_taken_back_on_the_persons_page(world: World) -> None:
    ada = world.enroll("Ada Moss")
    load(world, b"Name,In,Out\nAda Moss,9:00,12:00\n")
    browser = coordinator()
    match = Match.objects.get()
    assert path(world, "withdraw", match.pk) in browser.get(path(world, "person", ada.key)).content.decode()
    browser.post(path(world, "withdraw", match.pk))
    assert reconcile(world.session).unsure == 1


def test_planned_times_can_be_changed_to_what_ran(world: World) -> None:
    world.enroll("Ada Moss")
    record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING)
    page = coordinator().get(path(world, "reconcile"), {"began": "09:00", "ended": "15:00"}).content.decode()
    assert '<input type="hidden" name="ended" value="15:00">' in page
    assert f"1 person present all the time: {hours(285)}" in page


def rows(world: World, count: int) -> None:
    for n in range(count):
        world.enroll(f"Person No{n}", f"p{n}@example.org")
    load(
        world, b"Name,In,Out\n" + b"".join(f"Person No{n},9:00,12:00\nX{n},9:00,10:00\n".encode() for n in range(count))
    )
    record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("roster", 20), ("reports", 12), ("names", 15), ("reconcile", 19)])
def test_pages_ask_the_same_number_of_queries_whatever_the_size(
    world: World, page: str, queries: int, count: int
) -> None:
    rows(world, count)
    browser = coordinator()
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path(world, page)).status_code == 200
    assert len(asked) == queries


def test_the_sign_in_sheet_has_each_half_day_and_its_spreadsheet_can_be_imported(world: World) -> None:
    world.enroll("Ada Moss")
    browser = coordinator()
    page = browser.get(path(world, "sign-in-sheet")).content.decode().replace("\xa0", " ")
    assert "9:00 AM – 12:00 PM EST" in page
    assert "1:00 PM – 4:00 PM EST" in page
    typed_up = browser.get(path(world, "sign-in-sheet"), {"download": "csv"}).content
    assert typed_up.decode("utf-8-sig").splitlines() == [
        "Name,Morning in,Morning out,Afternoon in,Afternoon out",
        "Ada Moss,,,,",
    ]
    load(world, typed_up.replace(b"Moss,,", b"Moss,9:00,12:00"))
    assert attended(world) == {"Ada Moss": 165}


def test_the_reconcile_screen_says_what_a_program_would_credit(world: World) -> None:
    hold_to(world, "late_grace: 0m", "late_grace: 10m")
    ada = world.enroll("Ada Moss")
    late = Marking(ada.pk, Mark.State.PARTLY, came_at=local("9:05"))
    record_marks(meeting=world.meeting, markings=[late], by=BY, at=EVENING)
    page = coordinator().get(path(world, "reconcile")).content.decode()
    assert f"<strong>{hours(340)}</strong> of {hours(345)}" in page
    assert f"CeCTO counts {hours(345)}" in page


def test_a_file_that_no_longer_fits_the_session_leads_back_with_the_reason(world: World) -> None:
    content = b"Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
    content += b"Ada Moss,,01/20/2016 09:00:00 AM,01/20/2016 10:00:00 AM,60,\n"
    handed_in = HandedIn(world.meeting.key, evidence.store(content), "zoom.csv", "America/New_York")
    browser = coordinator()
    for answer in (browser.get, browser.post):
        page = answer(path(world, "report-preview", handed_in.token), {"accept": "yes"}, follow=True)
        assert "No row falls into the session" in page.content.decode()
    assert Report.objects.count() == 0


def test_one_tick_says_online_and_the_page_keeps_it(world: World) -> None:
    ada, client = world.enroll("Ada Moss"), coordinator()
    assert client.post(path(world, "roster"), {f"apart-{ada.key}": "on"}).status_code == 302
    mark = Mark.objects.get()
    assert (mark.state, mark.modality) == ("present", "sync")
    page = client.get(path(world, "roster")).content.decode()
    assert 'data-said="present|||sync"' in page
    assert re.search(rf'name="apart-{ada.key}"[^>]*checked', page)
    assert "live online" in client.get(path(world, "reconcile")).content.decode()


def test_minutes_by_hand_say_how_many_were_online(world: World) -> None:
    ada, client = world.enroll("Ada Moss"), coordinator()
    where = reverse("attendance:person", args=[world.meeting.key, ada.key])
    said = {"minutes-s1": 165, "online-s1": 180, "minutes-s2": 180, "online-s2": 60, "reason": "Seen"}
    refused = client.post(where, said)
    assert refused.status_code == 422
    assert f"At most {hours(165)} of it." in refused.content.decode()
    assert client.post(where, said | {"online-s1": 0}).status_code == 302
    assert Mark.objects.get().segment_formats == {"s1": {"f2f": 165, "sync": 0}, "s2": {"f2f": 120, "sync": 60}}
    assert f"{hours(285)} in the room, {hours(60)} live online" in client.get(where).content.decode()
