"""A participant's page of a session, and the coordinator's answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cecto.attendance.actions import Marking, record_marks, settle_meeting
from cecto.attendance.models import Mark, Notice, NoticeAnswer
from cecto.ledger.models import Entry
from cecto.people.models import Account
from cecto.requirements.english.amounts import hours
from tests.attendance.world import BY, EVENING, World, coordinator, local, make_person, signed_in


@pytest.fixture(autouse=True)
def evening() -> Iterator[None]:
    with time_machine.travel(EVENING, tick=False):
        yield


def path(world: World, page: str, *more: object) -> str:
    return reverse(page, args=[world.meeting.key, *more])


def test_an_absence_is_announced_shown_answered_and_seen_again(world: World) -> None:
    ada = world.enroll("Ada Moss")
    hers, runs = signed_in(ada), coordinator()
    sent = {"text": "Court duty", "document": SimpleUploadedFile("summons.pdf", b"letter")}
    assert hers.post(path(world, "absence:session"), sent).status_code == 302
    notice = Notice.objects.get()
    roster = runs.get(path(world, "attendance:roster")).content.decode()
    assert "Announced their absence" in roster
    assert f'name="absent-{ada.key}"' in roster
    person = runs.get(path(world, "attendance:person", ada.key)).content.decode()
    assert "Court duty" in person
    answer = {f"{notice.key}-outcome": "excused", f"{notice.key}-reason": "Of course"}
    runs.post(path(world, "attendance:answer", notice.key), answer)
    assert NoticeAnswer.objects.get().outcome == "excused"
    assert "Of course" in hers.get(path(world, "absence:session")).content.decode()
    document = runs.get(path(world, "attendance:document", notice.key))
    assert (document.content, document["Content-Disposition"]) == (b"letter", 'attachment; filename="summons.pdf"')


def test_a_settled_session_can_be_appealed(world: World) -> None:
    ada = world.enroll("Ada Moss")
    record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING)
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    hers = signed_in(ada)
    assert "You attended all 5\xa0h\xa045\xa0min." in hers.get(path(world, "absence:session")).content.decode()
    hers.post(path(world, "absence:session"), {"text": "I came at eight"})
    assert Notice.objects.get().kind == "appeal"


def test_the_page_says_until_when_one_can_appeal_and_then_that_it_is_over(world: World) -> None:
    ada = world.enroll("Ada Moss")
    record_marks(meeting=world.meeting, markings=[], rest_present=True, by=BY, at=EVENING)
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    hers = signed_in(ada)
    page = hers.get(path(world, "absence:session")).content.decode()
    assert ("You can appeal until" in page, 'name="text"' in page) == (True, True)
    with time_machine.travel(EVENING + timedelta(days=14, seconds=1), tick=False):
        hers.force_login(Account.objects.get(person=ada), backend=settings.AUTHENTICATION_BACKENDS[0])
        late = hers.get(path(world, "absence:session")).content.decode()
    assert ("The time to appeal was over on" in late, 'name="text"' in late) == (True, False)


def test_a_coordinator_records_an_absence_that_was_told_to_them(world: World) -> None:
    ada = world.enroll("Ada Moss")
    coordinator().post(path(world, "attendance:absence", ada.key), {"text": "Phoned: ill"})
    assert Notice.objects.get().text == "Phoned: ill"


def test_an_empty_notice_is_refused_and_strangers_find_nothing(world: World) -> None:
    ada = world.enroll("Ada Moss")
    assert signed_in(ada).post(path(world, "absence:session"), {"text": ""}).status_code == 422
    assert signed_in(make_person("Pat Stranger")).get(path(world, "absence:session")).status_code == 404
    assert Client().get(path(world, "absence:session")).status_code == 302


def test_a_missed_part_is_made_up_and_accepted(world: World) -> None:
    ada = world.enroll("Ada Moss")
    left = Marking(ada.pk, Mark.State.PARTLY, left_at=local("12:00"))
    record_marks(meeting=world.meeting, markings=[left], by=BY, at=EVENING)
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    hers, runs = signed_in(ada), coordinator()
    assert "You can make up 3\xa0h of this session" in hers.get(path(world, "absence:session")).content.decode()
    assert hers.post(path(world, "absence:make-up"), {"makeup-way": "next-class"}).status_code == 422
    work = {"makeup-way": "recording", "makeup-text": "Watched it, two pages"}
    assert hers.post(path(world, "absence:make-up"), work).status_code == 302
    notice = Notice.objects.get()
    person = runs.get(path(world, "attendance:person", ada.key)).content.decode()
    assert f'name="{notice.key}-minutes" value="{hours(180)}"' in person
    answer = {f"{notice.key}-outcome": "accepted", f"{notice.key}-minutes": "180", f"{notice.key}-reason": "Good"}
    runs.post(path(world, "attendance:answer", notice.key), answer)
    assert Entry.objects.get(kind="makeup").attended == 180
    assert "make up" not in hers.get(path(world, "absence:session")).content.decode()
