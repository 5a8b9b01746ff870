"""What participants said of their attendance waits on the console until it is answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from cecto.attendance.actions import (
    Marking,
    Said,
    Tapped,
    announce_absence,
    answer_notice,
    answer_sent,
    answer_tap,
    open_kiosk,
    record_marks,
    settle_meeting,
    take_marks,
    take_taps,
)
from cecto.attendance.models import CheckIn, Mark, NoticeAnswer, Sent
from cecto.attendance.queries.late import CameLate
from cecto.attendance.signatures import typed
from cecto.foundation.keys import new_key
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


def test_what_comes_once_a_session_is_settled_waits_for_those_who_run_the_class() -> None:
    told = story.tell()
    at = told.opening.revisions.latest("id").starts_at
    kiosk = open_kiosk(meeting=told.opening, door="Front door", token="secret", by=BY, at=at)
    record_marks(meeting=told.opening, markings=[], rest_present=True, by=BY, at=at)
    evening = at + timedelta(hours=10)
    settle_meeting(meeting=told.opening, by=BY, at=evening)
    runs, address = browser(Role.COORDINATOR), reverse("console:home")
    with time_machine.travel(evening):
        assert runs.get(address).context["today"].came_late == ()
        one = Tapped(new_key(), told.ana.person, CheckIn.Kind.IN, at, evening, typed("Ana"))
        (tap,) = take_taps(kiosk=kiosk, tapped=[one], by=BY, at=evening)
        said = Said(new_key(), Marking(told.ana.person.pk, Mark.State.ABSENT), 0, at)
        take_marks(meeting=told.opening, said=[said], device=new_key(), by=BY, at=evening)
        page = runs.get(address)
        ((session, late),) = page.context["today"].came_late
        assert (session.meeting, late) == (told.opening, CameLate(taps=1, marks=1))
        assert "1 tap at a kiosk" in page.content.decode()
        answer_tap(tap=tap, counts=False, by=BY, at=evening)
        answer_sent(sent=Sent.objects.get(), counts=False, by=BY, at=evening)
        assert runs.get(address).context["today"].came_late == ()
