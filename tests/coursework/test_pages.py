"""Pages of the work of a class."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cecto.classes.models import Cohort, Enrollment
from cecto.coursework.models import Item
from cecto.foundation import evidence
from cecto.ledger.models import Entry
from cecto.people.models import Role
from tests.classes import made as classes
from tests.classes.browsing import NOW, browser, words_of
from tests.coursework import made
from tests.coursework.importing.test_importing import WORK

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_class_year() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cohort() -> Cohort:
    return classes.cohort()


@pytest.fixture
def client(cohort: Cohort) -> Client:
    return browser()


def enroll(cohort: Cohort, *names: str) -> list[Enrollment]:
    return [classes.enrolled(classes.person(name), cohort) for name in names]


def address(cohort: Cohort, rest: str) -> str:
    return f"/console/classes/{cohort.key}/{rest}"


def facts() -> list[tuple[str, str, int]]:
    return list(Entry.objects.order_by("id").values_list("person__name", "kind", "attended"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_work_of_a_class_takes_a_constant_number_of_queries(
    number: int, client: Client, cohort: Cohort, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enroll(cohort, *[f"P {n}" for n in range(number)])
    for n in range(number):
        made.item(cohort, f"item-{n}")
    with django_assert_num_queries(9):
        page = client.get(address(cohort, "work/"))
    assert words_of(page.content).count(f"0 of {number}") == number


def test_an_empty_list_of_work_says_what_to_do(client: Client, cohort: Cohort) -> None:
    assert "No work is given out yet Import assignments" in words_of(client.get(address(cohort, "work/")).content)


def test_work_is_accepted_of_everyone_except_those_unticked(client: Client, cohort: Cohort) -> None:
    item = made.item(cohort)
    ana, bo, cy = (row.person for row in enroll(cohort, "Ana Núñez", "Bo Lee", "Cy Poe"))
    path = f"/console/work/{item.key}/"
    page = client.get(path)
    assert page.content.decode().count('type="checkbox"') == 3
    sent = {
        "on": "2015-10-20",
        f"accept-{ana.key}": "on",
        f"minutes-{ana.key}": "180",
        f"minutes-{bo.key}": "180",
        f"accept-{cy.key}": "on",
        f"minutes-{cy.key}": "1 h 30 min",
    }
    assert client.post(path, sent)["Location"] == path
    assert sorted(facts()) == [("Ana Núñez", "accepted", 180), ("Cy Poe", "accepted", 90)]
    again = client.get(path)
    assert "Accepted of 2 people." in words_of(again.content)
    assert again.content.decode().count('type="checkbox"') == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_acceptance_page_takes_a_constant_number_of_queries(
    number: int, client: Client, cohort: Cohort, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enroll(cohort, *[f"P {n}" for n in range(number)])
    item = made.item(cohort)
    with django_assert_num_queries(7):
        assert client.get(f"/console/work/{item.key}/").status_code == 200


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"on": "2015-10-20"}, "Nobody is ticked."),
        ({"on": "2015-10-20", "accept": "on", "minutes": "3 h 1 min"}, "Enter 3 h or less."),
        ({"on": "1900-01-01", "accept": "on"}, "1900-01-01 cannot be the day"),
        ({"on": "2015-11-20", "accept": "on"}, "could be accepted until 2015-10-31"),
        ({"on": "", "accept": "on"}, "This field is required."),
    ],
)
def test_acceptance_that_cannot_be_is_refused_and_nothing_is_posted(
    sent: dict[str, str], says: str, client: Client, cohort: Cohort
) -> None:
    item = made.item(cohort)
    key = enroll(cohort, "Ana Núñez")[0].person.key
    named = {name if name == "on" else f"{name}-{key}": value for name, value in sent.items()}
    answer = client.post(f"/console/work/{item.key}/", named)
    assert answer.status_code == 422
    assert says in words_of(answer.content)
    assert facts() == []


def test_acceptance_is_taken_back_with_a_reason(client: Client, cohort: Cohort) -> None:
    item = made.item(cohort)
    key = enroll(cohort, "Ana Núñez")[0].person.key
    client.post(f"/console/work/{item.key}/", {"on": "2015-10-20", f"accept-{key}": "on"})
    path = address(cohort, f"entries/{Entry.objects.get().pk}/reversal/")
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "Another's work."}).status_code == 302
    assert Entry.objects.get(reverses__isnull=False).reason == "Another's work."
    assert "Some of these entries were taken back already" in words_of(client.post(path, {"reason": "Again."}).content)


def test_a_verdict_is_recorded_by_people_who_may_judge(client: Client, cohort: Cohort) -> None:
    item = made.item(cohort, "project", kind=Item.Kind.PROJECT)
    ana = enroll(cohort, "Ana Núñez")[0].person
    path = f"/console/work/{item.key}/verdict/"
    page = client.get(path)
    judges = [str(label) for _value, label in page.context["form"].fields["judges"].choices]
    assert judges == ["Cora Coordinator"]
    (judge,) = page.context["form"].fields["judges"].queryset
    sent = {
        "verdict-person": ana.key,
        "verdict-outcome": "pass",
        "verdict-judges": [judge.key],
        "verdict-on": "2015-11-30",
    }
    assert client.post(path, sent)["Location"] == path
    assert Entry.objects.values_list("kind", "outcome", "judges").get() == ("verdict", "pass", [judge.key])
    assert client.post(path, sent | {"verdict-judges": []}).status_code == 422


def test_an_officer_sees_the_work_and_cannot_change_it(cohort: Cohort) -> None:
    item = made.item(cohort)
    officer = browser(Role.OFFICER, who=classes.person("Olga Officer"))
    page = officer.get(address(cohort, "work/"))
    assert page.status_code == 200
    assert b"/console/work/" not in page.content
    assert officer.get(f"/console/work/{item.key}/").status_code == 403


def test_another_program_s_coordinator_is_told_there_is_no_such_work(cohort: Cohort) -> None:
    item = made.item(cohort)
    classes.cohort("cgcio", ("cio",))
    stranger = browser(program="cgcio", who=classes.person("Sam Stranger"))
    paths = [f"/console/work/{item.key}/", f"/console/work/{item.key}/verdict/", address(cohort, "work/")]
    assert [stranger.get(path).status_code for path in paths] == [404, 404, 404]


def test_work_is_handed_in_looked_at_and_accepted(client: Client, cohort: Cohort) -> None:
    file = SimpleUploadedFile("work.csv", WORK.encode())
    shown = client.get(client.post(address(cohort, "work/import/"), {"file": file})["Location"])
    assert "Pieces of work: 3 added. Nothing has been written yet." in words_of(shown.content)
    assert Item.objects.count() == 0
    path, seen = shown.request["PATH_INFO"], shown.context["form"]["fingerprint"].value()
    assert client.post(path, {"fingerprint": seen})["Location"] == address(cohort, "work/")
    assert Item.objects.count() == 3
    stale = client.post(path, {"fingerprint": seen})
    assert stale.status_code == 422
    assert "changed since this preview was made" in words_of(stale.content)


def test_a_bad_file_of_work_is_refused_with_row_and_column(client: Client, cohort: Cohort) -> None:
    file = SimpleUploadedFile("work.csv", b"code,title,kind,minutes\na,T,quiz,60\n")
    answer = client.post(address(cohort, "work/import/"), {"file": file})
    assert answer.status_code == 422
    assert "work.csv, row 2, column “kind”: “quiz” is not a kind of work." in words_of(answer.content)


def test_a_makeup_is_chosen_from_what_was_missed(client: Client, cohort: Cohort) -> None:
    meeting = classes.meeting(cohort)
    ana = enroll(cohort, "Ana Núñez")[0].person
    made.settled(meeting, ana, 120, 180)
    path = address(cohort, "credit/make-ups/")
    assert "Choose a person" in words_of(client.get(path).content)
    assert "Opening day Tue, Aug 11, 2015 : 1 h to make up" in words_of(client.get(f"{path}?person={ana.key}").content)
    post = f"{path}{ana.key}/{meeting.key}/"
    sent: dict[str, Any] = {f"{meeting.key}-kind": "recording", f"{meeting.key}-on": "2015-10-01"}
    refused = client.post(post, sent | {f"{meeting.key}-minutes": "61"})
    assert refused.status_code == 422
    assert "has 1 h of session “opening” to make up, not 1 h 1 min" in words_of(refused.content)
    assert client.post(post, sent | {f"{meeting.key}-minutes": "60"})["Location"] == f"{path}?person={ana.key}"
    assert "Nothing to make up" in words_of(client.get(f"{path}?person={ana.key}").content)
    assert facts()[2:] == [("Ana Núñez", "makeup", 60)]


def test_study_is_recognized_with_its_proof(client: Client, cohort: Cohort) -> None:
    ana = enroll(cohort, "Ana Núñez")[0].person
    sent = {
        "person": ana.key,
        "title": "Budget week",
        "minutes": "600",
        "modality": "f2f",
        "held_by": "cgcio",
        "on": "2015-10-01",
        "evidence": SimpleUploadedFile("letter.pdf", b"A letter."),
    }
    assert client.post(address(cohort, "credit/study/"), sent)["Location"] == address(cohort, "credit/")
    entry = Entry.objects.get()
    assert (entry.kind, entry.attended, evidence.load(entry.evidence_sha256)) == ("recognized", 600, b"A letter.")
    refused = client.post(address(cohort, "credit/study/"), {"person": ana.key, "minutes": "0"})
    assert refused.status_code == 422


def test_a_credential_held_is_recorded(client: Client, cohort: Cohort) -> None:
    ana = enroll(cohort, "Ana Núñez")[0].person
    sent = {"person": ana.key, "credential": "cgcio", "title": "CGCIO", "on": "2012-06-30", "verified": "on"}
    assert client.post(address(cohort, "credit/held/"), sent)["Location"] == address(cohort, "credit/")
    assert "Ana Núñez CGCIO Credential held" in words_of(client.get(address(cohort, "credit/")).content)
    late = client.post(address(cohort, "credit/held/"), sent | {"on": str(NOW.date() + timedelta(days=1))})
    assert late.status_code == 422


@pytest.mark.parametrize("number", [1, 3])
def test_what_is_recorded_besides_takes_a_constant_number_of_queries(
    number: int, client: Client, cohort: Cohort, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for row in enroll(cohort, *[f"P {n}" for n in range(number)]):
        sent = {"person": row.person.key, "credential": "cgcio", "title": "CGCIO", "on": "2012-06-30"}
        client.post(address(cohort, "credit/held/"), sent)
    client.get(address(cohort, "credit/"))
    with django_assert_num_queries(7):
        page = client.get(address(cohort, "credit/"))
    assert len(page.context["table"].rows) == number
