"""What participants said of their attendance waits on the console until it is answered."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cecto.attendance.actions import announce_absence, answer_notice
from cecto.attendance.models import NoticeAnswer
from cecto.people.models import Role
from tests.audits import story
from tests.audits.story import BEFORE, BY
from tests.classes.browsing import browser

pytestmark = pytest.mark.django_db


def test_a_notice_waits_until_it_is_answered_for_those_who_run_the_class() -> None:
    told = story.tell()
    notice = announce_absence(meeting=told.opening, person=told.ana.person, text="Ill", by=BY, at=BEFORE)
    runs, address = browser(Role.COORDINATOR), reverse("console:home")
    page = runs.get(address)
    assert [(one.notice, one.title) for one in page.context["today"].to_answer] == [(notice, "Opening")]
    assert reverse("attendance:person", args=[told.opening.key, told.ana.person.key]) in page.content.decode()
    answer_notice(notice=notice, outcome=NoticeAnswer.Outcome.EXCUSED, reason="Of course", by=BY, at=BEFORE)
    assert runs.get(address).context["today"].to_answer == ()
