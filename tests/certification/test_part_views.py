"""The pages of admission and renewal, for staff and for the person, from what is recorded on a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from cecto.ledger.models import Background
from cecto.people.models import Role
from tests.audits.test_standing import class_of, enrolled
from tests.classes.browsing import browser, words_of

pytestmark = pytest.mark.django_db
DEGREE = {"kind": "held", "of": "bachelor", "given": "", "on": "2022-07-01"}


@pytest.fixture(autouse=True)
def _a_later_year() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 1, 17, tzinfo=UTC), tick=False):
        yield


def test_what_is_recorded_on_the_page_counts_for_admission_until_it_is_taken_back() -> None:
    who = enrolled(class_of("cgcio-georgia-2022-23"))
    client = browser(Role.COORDINATOR, "cgcio")
    page, admission = (
        f"/console/classes/{who.cohort.key}/credit/background/",
        f"/console/enrollments/{who.key}/admission/",
    )
    assert client.post(page, DEGREE | {"person": who.person.key}).status_code == 302
    row = Background.objects.get()
    assert "Held bachelor" in words_of(client.get(page).content)
    assert "Admission 1 of 6 met" not in words_of(client.get(admission).content)
    degree = "A four-year degree or military service Met"
    assert degree in words_of(client.get(admission).content)
    assert client.post(f"{page}{row.pk}/", {"reason": ""}).status_code == 422
    assert client.post(f"{page}{row.pk}/", {"reason": "It was an associate degree."}).status_code == 302
    assert degree not in words_of(client.get(admission).content)


def test_a_number_that_is_none_is_refused_with_the_form() -> None:
    who = enrolled(class_of("cgcio-georgia-2022-23"))
    client = browser(Role.COORDINATOR, "cgcio")
    sent = DEGREE | {"person": who.person.key, "kind": "paid", "of": "fee", "given": "a lot"}
    answer = client.post(f"/console/classes/{who.cohort.key}/credit/background/", sent)
    assert answer.status_code == 422
    assert "is not a number" in words_of(answer.content)
    assert not Background.objects.exists()


def test_staff_and_the_person_see_where_the_award_stands() -> None:
    who = enrolled(class_of("cosn-cetl-2023"))
    client = browser(Role.COORDINATOR, "cetl")
    held = {"person": who.person.key, "credential": "cetl", "title": "CETL", "on": "2023-06-16", "verified": "on"}
    own = browser(None, who=who.person)
    staff_page, own_page = f"/console/enrollments/{who.key}/renewal/", f"/my/records/{who.key}/renewal/"
    assert "Nothing is asked here" in words_of(own.get(own_page).content)
    assert client.post(f"/console/classes/{who.cohort.key}/credit/held/", held).status_code == 302
    for answer in (client.get(staff_page), own.get(own_page)):
        said = words_of(answer.content)
        assert "Where it stands To be renewed" in said
        assert "June 16, 2023 – June 15, 2026" in said
        assert "60 hours of professional activities" in said
    assert "cycle 2" in words_of(own.get(f"{own_page}?cycle=2").content)
    assert [own.get(f"{own_page}?cycle={bad}").status_code for bad in ("0", "x")] == [404, 404]
