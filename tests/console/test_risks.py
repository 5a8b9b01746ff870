"""Who of a class needs attention: in order of urgency, with what would help."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cecto.audits.queries import audit_active
from cecto.classes.changing.actions import ClassChange, change_class
from cecto.console.risks import behind, risk_table, risks
from tests.access.browsers import signed_in
from tests.audits import story
from tests.audits.story import BY, NEXT_DAY
from tests.classes import made
from tests.classes.browsing import words_of


@pytest.fixture
def told(db: None) -> story.Story:
    """Ana missed the opening day; of the nine hours she needs, six are ahead. Bo was there."""
    told = story.tell()
    made.enrolled(made.person("Bo Lee", made.organization("Ashe County Schools")), told.cohort)
    story.session(told.cohort, "second", date(2015, 9, 15))
    told.attend(absent=(told.ana.person,))
    return told


def test_the_most_urgent_come_first_with_their_room_and_what_is_coming(told: story.Story) -> None:
    found = risks(audit_active([told.cohort], true_on=date(2015, 8, 12), known_at=NEXT_DAY))
    assert [(one.seen.enrollment.person.name, one.at_risk, one.tightest.result.id) for one in found] == [
        ("Ana Ñuñez", True, "hours"),
        ("Bo Lee", False, "hours"),
    ]
    ana, bo = found
    assert (ana.tightest.short, ana.tightest.in_words) == (180, "Needs 3\xa0h more than is scheduled.")
    assert [(closer.on, closer.amount) for closer in ana.tightest.closers] == [(date(2015, 9, 15), 360)]
    assert (bo.tightest.spare, bo.tightest.result.missable_until) == (180, None)
    assert [one.on for one in bo.prospects.room.needed] == [date(2015, 9, 15)]
    assert bo.line == "Must attend: September 15"


def test_who_is_done_is_not_on_the_list(told: story.Story) -> None:
    found = risks(audit_active([told.cohort], true_on=date(2015, 8, 12), known_at=NEXT_DAY))
    assert "Sue Oxendine" not in {one.seen.enrollment.person.name for one in found}


def test_the_sheet_has_a_row_for_each_person_and_requirement(told: story.Story) -> None:
    table = risk_table("Left", risks(audit_active([told.cohort], true_on=date(2015, 8, 12), known_at=NEXT_DAY)))
    assert [(row[3], row[4], row[7], row[8]) for row in table.rows] == [
        ("Nine hours of instruction", "impossible", "3\xa0h", "0\xa0h"),
        ("A session with your superintendent", "pending", "0", "0"),
        ("Nine hours of instruction", "pending", "0\xa0h", "3\xa0h"),
    ]


@pytest.mark.parametrize("more", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("risks", 19), ("class", 20)])
def test_the_pages_take_a_constant_number_of_queries(
    told: story.Story, more: int, page: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        made.enrolled(made.person(f"More {number}"), told.cohort)
    browser = signed_in("coordinator", "cecto")
    with django_assert_num_queries(queries):
        answer = browser.get(reverse(f"console:{page}", args=[told.cohort.key]))
    assert answer.status_code == 200


def test_a_class_is_seen_as_it_stood_on_another_day(told: story.Story) -> None:
    browser = signed_in("coordinator", "cecto")
    address = reverse("console:class", args=[told.cohort.key])
    now, before = browser.get(address), browser.get(address, {"true_on": "2015-08-11", "known_on": "2015-08-10"})
    cells = [page.context["overview"].grids[0].rows[0].cells[1].text for page in (now, before)]
    assert cells == ["6\xa0h", "0\xa0h"]
    assert "by what was known at the end of August 10, 2015" in " ".join(before.content.decode().split())
    assert browser.get(address, {"true_on": "yesterday"}).status_code == 422


def test_an_unfinished_calendar_calls_nobody_short_and_the_list_names_who_missed_time(told: story.Story) -> None:
    planning = ClassChange(schedule_complete=False)
    change_class(cohort=told.cohort, change=planning, by=BY, at=NEXT_DAY)
    seen = audit_active([told.cohort], true_on=date(2015, 8, 12), known_at=NEXT_DAY)
    found = risks(seen)
    assert [one.at_risk for one in found] == [False] * len(found)
    assert [(one.seen.enrollment.person.name, one.missed) for one in behind(found)] == [("Ana Ñuñez", 360)]
    assert "short" not in " ".join(one.line for one in found)
    browser = signed_in("coordinator", "cecto")
    for page in ("risks", "class"):
        with time_machine.travel(NEXT_DAY, tick=False):
            answer = browser.get(reverse(f"console:{page}", args=[told.cohort.key]))
        said = words_of(answer.content)
        assert "More dates are coming, so no one is called short yet." in said


def test_a_record_is_told_to_staff_about_the_person_and_not_to_them(told: story.Story) -> None:
    page = signed_in("coordinator", "cecto").get(reverse("audits:record", args=[told.ana.key]))
    said = words_of(page.content)
    assert page.context["headline"].staff.replace("\xa0", " ") in said
    assert page.context["headline"].first.replace("\xa0", " ") not in said
