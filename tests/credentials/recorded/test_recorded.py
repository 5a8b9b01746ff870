"""Awards from before the system: recorded with a source, corrected, told by code as listed, never as audited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cecto.credentials.listing.actions import let_list
from cecto.credentials.models import Listing, RecordedAward, Statement
from cecto.credentials.recorded import actions
from cecto.credentials.recorded.preview import What, preview_awards
from cecto.credentials.recorded.said import AwardRefused, AwardResembles, when
from cecto.foundation.journal.models import JournalEntry
from cecto.foundation.sheets import SheetRefused
from cecto.people import names
from cecto.people.models import Role
from tests.classes import made as classes
from tests.classes.browsing import browser
from tests.credentials import past
from tests.credentials.made import AT, BY, LATER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    caches["pace"].clear()


def test_what_a_source_says_is_kept_with_who_recorded_it() -> None:
    award = past.award()
    (row,) = award.statements.all()
    assert (row.name, row.awarded, row.source, row.recorded_by) == (
        "Wilma Pastora",
        "2010-11",
        "an invented list",
        "test",
    )
    assert JournalEntry.objects.filter(action="credentials.record-award", subject_key=award.key).count() == 1


def test_the_same_award_is_recorded_once() -> None:
    past.award()
    with pytest.raises(AwardRefused, match="recorded already"):
        past.award()


@pytest.mark.parametrize("text", ["", "2010-13", "2010-02-30", "10", "1979", "Nov 2010", "2010-1"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(AwardRefused, match="is not a date"):
        when(text, today=AT.date())


@pytest.mark.parametrize("text", ["2016-06-16", "2016-07", "2017", "2099-01-01"])
def test_an_award_still_to_come_is_refused_by_page_and_file(text: str) -> None:
    with pytest.raises(AwardRefused, match="still to come"):
        actions.record_award(program=past.program(), said=replace(past.said(), awarded=text), by=BY, at=AT)
    row = b"Name,Class,Track,Date,Source\nA B,2010,T,2999,s\n"
    with pytest.raises(SheetRefused, match=r"row 2.*still to come"):
        preview_awards(row, file="x.csv", program=past.program())
    assert not RecordedAward.objects.exists()


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Wilma Pastora", "2011"),
        ("Wilma Pastore", "2010"),
        ("Pastora Wilma", "2010"),
        ("WILMA PASTÓRA", "2012"),
        ("Wilma Pastorra", "2013"),
    ],
)
def test_a_twin_or_near_namesake_asks(name: str, label: str) -> None:
    past.award()
    said = past.said(name, label=label)
    with pytest.raises(AwardResembles, match="Wilma Pastora, Technology directors, class 2010"):
        actions.record_award(program=past.program(), said=said, by=BY, at=AT)
    assert RecordedAward.objects.count() == 1
    actions.record_award(program=past.program(), said=said, another=True, by=BY, at=AT)
    assert RecordedAward.objects.count() == 2


def test_another_name_does_not_ask() -> None:
    past.award()
    for name in ("Wilbur Castor", "Odell Formerly", "Walter Pastor"):
        actions.record_award(program=past.program(), said=past.said(name), by=BY, at=AT)


def test_the_preview_of_a_list_says_what_may_be_the_same() -> None:
    past.award()
    rows = b"Name,Class,Track,Date,Source\nWilma Pastore,2010,T,2010,s\nBo Li,2010,T,2010,s\nBo Li,2011,T,2010,s\n"
    shown = preview_awards(rows, file="x.csv", program=past.program())
    assert [change.like for change in shown.changes] == [
        "Wilma Pastora, Technology directors, class 2010",
        "",
        "Bo Li, T, class 2010",
    ]


def test_the_page_asks_once_and_takes_the_answer() -> None:
    past.award()
    page, staff = f"/console/programs/{past.program().code}/past-awards/new/", browser(Role.COORDINATOR)
    form = {"name": "Wilma Pastore", "class_label": "2010", "track": "T", "awarded": "2010", "source": "a list"}
    asked = staff.post(page, form)
    assert asked.status_code == 422
    assert 'type="checkbox" name="another"' in asked.content.decode()
    assert staff.post(page, form | {"another": "on"}).status_code == 302
    assert RecordedAward.objects.count() == 2


def test_a_correction_keeps_the_code_and_what_was_said_before() -> None:
    award = past.award()
    actions.correct_award(award=award, said=past.said("Wilma Pastore"), by=BY, at=LATER)
    assert list(award.statements.values_list("name", "superseded_at")) == [
        ("Wilma Pastora", LATER),
        ("Wilma Pastore", None),
    ]


def test_importing_a_list_twice_records_each_award_once() -> None:
    for expected in ([What.ADDED, What.ADDED], [What.UNCHANGED, What.UNCHANGED]):
        done = actions.import_awards(program=past.program(), content=past.LIST, file="past.csv", by=BY, at=AT)
        assert [change.what for change in done.changes] == expected
    assert RecordedAward.objects.count() == 2


def test_a_list_without_a_source_or_with_an_unknown_district_is_refused_with_its_row() -> None:
    with pytest.raises(SheetRefused, match="no column “source”"):
        preview_awards(b"Name,Class,Track,Date\nA B,2010,T,2010\n", file="x.csv", program=past.program())
    with pytest.raises(SheetRefused, match=r"row 2.*No district has the LEA code “99Z”"):
        preview_awards(
            b"Name,Class,Track,Date,Source,LEA code\nA B,2010,T,2010,s,99Z\n", file="x.csv", program=past.program()
        )


def test_by_its_code_it_is_listed_by_the_program_and_nothing_more(client: Client) -> None:
    award = past.award()
    page = client.get(f"/verify/{award.printed_code}")
    assert page.status_code == 200
    assert "The program has this award on record" in page.content.decode()
    assert "before certificates could be checked here" in page.content.decode()
    assert "kit.zip" not in page.content.decode()
    assert page.headers["X-Robots-Tag"] == "noindex"
    told = client.get(f"/verify/{award.code}", {"format": "json"}).json()
    assert (told["state"], told["credential"], told["listed"]["source"]) == ("listed", None, "an invented list")
    assert client.get(f"/verify/{award.code}/certificate.pdf").status_code == 404


def test_a_retracted_award_tells_why_and_no_name(client: Client) -> None:
    award = past.award()
    actions.retract_award(award=award, wording="The list was of another program.", by=BY, at=LATER)
    told = client.get(f"/verify/{award.code}", {"format": "json"}).json()
    assert (told["state"], told["listed"]) == ("retracted", None)
    assert "another program" in told["sentence"]
    with pytest.raises(AwardRefused, match="retracted"):
        actions.correct_award(award=award, said=past.said(), by=BY, at=LATER)


def test_erasing_leaves_a_count_and_no_name_anywhere() -> None:
    holder = classes.person("Wilma Pastora")
    award = past.award(holder)
    let_list(award=award, fields=frozenset(), request=past.LETTER, by=BY, at=AT)
    actions.erase_award(award=award, by=BY, at=LATER)
    award.refresh_from_db()
    assert award.person is None
    assert not Statement.objects.exclude(name=names.ERASED, organization=None).exists()
    assert list(Listing.objects.values_list("until", "request__asked_by")) == [(LATER, names.ERASED)]


def test_a_coordinator_imports_a_list_and_records_one_by_hand() -> None:
    past.program()
    staff = browser(role=Role.COORDINATOR)
    file = SimpleUploadedFile("past.csv", past.LIST)
    answer = staff.post("/console/programs/cecto/past-awards/import/", {"file": file})
    preview = staff.get(answer.headers["Location"])
    done = staff.post(answer.headers["Location"], {"fingerprint": preview.context["preview"].fingerprint})
    assert (done.status_code, done.headers["Location"]) == (302, "/console/programs/cecto/past-awards/")
    form = {"name": "Ada Before", "class_label": "2011", "track": "T", "awarded": "2011", "source": "s"}
    assert staff.post("/console/programs/cecto/past-awards/new/", form).status_code == 302
    assert staff.post("/console/programs/cecto/past-awards/new/", form).status_code == 422
    assert RecordedAward.objects.count() == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_asks_as_much_for_three_as_for_one(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        past.award(of=past.said(f"Wilma {number}"))
    staff = browser(role=Role.COORDINATOR)
    staff.get("/console/programs/cecto/past-awards/")
    with django_assert_num_queries(7):
        staff.get("/console/programs/cecto/past-awards/")
