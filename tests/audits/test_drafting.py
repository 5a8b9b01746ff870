"""Rules written from answers, and next year's from this year's, on their pages: both lead to the preview."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from cecto.programs.actions import publish_definition
from cecto.programs.models import Definition
from tests.access.browsers import signed_in
from tests.audits import story
from tests.programs.texts import AT, BY, shipped_draft

pytestmark = pytest.mark.django_db
SAID = {
    "title": "Certified: School Librarian",
    "program": "cecto",
    "first_day": "2027-08-16",
    "last_day": "2028-05-31",
    "minutes": "60h",
    "partial": "75%",
    "may_miss": "2",
    "competencies": "Law, Ethics",
    "judges": "2",
    "renewal": "3",
    "renewal_minutes": "30h",
    "makeup_days": "30",
    "assignments": "2",
    "decided_by": "Board of Librarians",
    "unit": "PDU",
}


@pytest.fixture(autouse=True)
def told(settings: Any, tmp_path: Path) -> None:
    settings.CECTO_HOME = tmp_path
    story.tell()


def test_answers_become_rules_ready_to_publish() -> None:
    browser = signed_in("administrator")
    assert "Certified School Librarian" in browser.get(reverse("audits:new-definition")).content.decode()
    answer = browser.post(reverse("audits:new-definition"), SAID)
    assert answer.status_code == 302
    page = browser.get(answer["Location"]).content.decode()
    assert "decided by the Board of Librarians" in page
    assert "at least 60\N{NO-BREAK SPACE}PDUs" in page
    assert "What to mend" not in page


@pytest.mark.parametrize(
    ("key", "answer", "said"),
    [
        ("minutes", "many", "is not an amount of time"),
        ("last_day", "2027-01-01", "before the first day"),
        ("program", "Else Where", "is not a code"),
    ],
)
def test_an_answer_that_cannot_be_is_told_beside_it(key: str, answer: str, said: str) -> None:
    page = signed_in("administrator").post(reverse("audits:new-definition"), SAID | {key: answer})
    assert page.status_code == 422
    assert said in page.content.decode()


def test_next_years_rules_from_this_years() -> None:
    old = publish_definition(draft=shipped_draft("cgcio-2015-16"), by=BY, at=AT)
    browser = signed_in("administrator")
    page = reverse("audits:next-year", args=[old.key])
    assert page in browser.get(reverse("programs:definition", args=[old.key])).content.decode()
    same = browser.post(page, {"first_day": "2015-08-11"})
    assert (same.status_code, "not in a later year" in same.content.decode()) == (422, True)
    answer = browser.post(page, {"first_day": "2016-08-10"})
    shown = browser.get(answer["Location"]).content.decode()
    assert "Catalogue 2015-16 becomes 2016-17." in shown
    assert "from August 1, 2016 through July 31, 2017" in shown
    assert Definition.objects.filter(catalogue="2016-17").count() == 0
