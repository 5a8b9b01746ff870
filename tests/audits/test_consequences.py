"""What a change of the schedule would do, before it is made."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from cecto.audits.consequences import Consequences, consequences
from cecto.audits.queries import audit_active
from cecto.audits.supposing import SessionChange, shared
from cecto.classes.models import Meeting, MeetingRevision
from tests.access.browsers import signed_in
from tests.audits import story
from tests.audits.story import NEXT_DAY
from tests.classes import made


@pytest.fixture
def told(db: None) -> story.Story:
    """Two joint days of six hours each are ahead; Ana needs nine hours and one joint day."""
    told = story.tell()
    story.session(told.cohort, "second", date(2015, 9, 15))
    return told


def _if(told: story.Story, change: SessionChange, meeting: Meeting | None = None) -> Consequences:
    seen = audit_active([told.cohort], true_on=date(2015, 8, 12), known_at=NEXT_DAY)
    return consequences(seen, (meeting or told.opening).key, change)


def _worse(found: Consequences) -> list[tuple[str, str, str, str, int]]:
    return [
        (one.seen.enrollment.person.name, pair.after.id, pair.before.status, pair.after.status, pair.lost)
        for one in found.worse
        for pair in one.setbacks
    ]


def test_a_canceled_session_puts_at_risk_who_needs_its_hours(told: story.Story) -> None:
    found = _if(told, SessionChange(canceled=True))
    assert _worse(found) == [("Ana Ñuñez", "hours", "pending", "impossible", 360)]
    assert (found.touched, found.newly_at_risk) == (2, 1)


def test_a_shortened_session_harms_nobody_while_enough_is_left(told: story.Story) -> None:
    assert _worse(_if(told, SessionChange(minutes=180))) == []
    assert _worse(_if(told, SessionChange(minutes=179))) == [("Ana Ñuñez", "hours", "pending", "impossible", 181)]


def test_moving_a_session_or_putting_it_online_harms_nobody_here(told: story.Story) -> None:
    assert _worse(_if(told, SessionChange(on=date(2015, 10, 1)))) == []
    assert _worse(_if(told, SessionChange(modality="sync"))) == []


def test_a_session_that_is_settled_touches_nobody(told: story.Story) -> None:
    told.attend()
    assert _if(told, SessionChange(canceled=True)).touched == 0


@given(st.integers(0, 1000), st.lists(st.integers(0, 500), max_size=6).filter(any))
def test_shares_add_up_to_the_whole_and_keep_the_proportion(minutes: int, by: list[int]) -> None:
    found = shared(minutes, by)
    assert sum(found) == minutes
    assert all(abs(share * sum(by) - minutes * weight) < sum(by) for share, weight in zip(found, by, strict=True))


def test_the_page_names_who_would_be_worse_off_and_saves_nothing(told: story.Story) -> None:
    browser = signed_in("coordinator", "cecto")
    address = reverse("audits:what-if", args=[told.cohort.key])
    page = browser.get(address, {"session": told.opening.key, "change": "cancel"}).content.decode()
    assert "1 person who can finish with what is scheduled no longer could." in " ".join(page.split())
    assert ("Ana Ñuñez" in page, "Sue Oxendine" in page) == (True, False)
    assert MeetingRevision.objects.filter(status="canceled").count() == 0
    sheet = browser.get(address, {"session": told.opening.key, "change": "cancel", "download": "csv"})
    assert sheet.content.decode().count("Ana Ñuñez") == 1


def test_the_page_asks_for_what_the_change_needs(told: story.Story) -> None:
    browser = signed_in("coordinator", "cecto")
    address = reverse("audits:what-if", args=[told.cohort.key])
    answer = browser.get(address, {"session": told.opening.key, "change": "shorten"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["hours"])


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_takes_a_constant_number_of_queries(
    told: story.Story, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        made.enrolled(made.person(f"More {number}"), told.cohort)
    browser = signed_in("coordinator", "cecto")
    with django_assert_num_queries(20):
        browser.get(
            reverse("audits:what-if", args=[told.cohort.key]), {"session": told.opening.key, "change": "cancel"}
        )
