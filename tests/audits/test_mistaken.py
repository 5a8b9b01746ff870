"""An enrollment or a whole roster that was a mistake is taken back, unless something was built on it."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cecto.attendance.actions import Marking, record_marks, reopen_settlement, settle_meeting
from cecto.attendance.models import Mark, Settlement
from cecto.audits.actions.mistaken import NotMistaken, take_back_enrollments
from cecto.audits.models import ExceptionGrant
from cecto.classes.models import Enrollment
from cecto.foundation.journal.models import JournalEntry
from cecto.people.models import Person
from tests.attendance.world import BY, EVENING, World, coordinator, make_world

pytestmark = pytest.mark.django_db
LATER = EVENING + timedelta(days=1)
ROSTER = "Name,Track,Email\nAda Moss,director,ada@ashe.example\nBo Lind,director,bo@ashe.example\n"


@pytest.fixture
def world() -> World:
    return make_world()


def enrolled(world: World, name: str = "Ada Moss") -> Enrollment:
    return Enrollment.objects.get(person=world.enroll(name))


def settled(world: World, person: Person, state: Mark.State) -> None:
    record_marks(meeting=world.meeting, markings=[Marking(person.pk, state)], by=BY, at=EVENING)
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)


def take_back(one: Enrollment) -> int:
    return take_back_enrollments(enrollments=[one], mistaken="person", by=BY, at=LATER)


def test_it_is_gone_and_the_journal_keeps_what_was_mistaken(world: World) -> None:
    ada = enrolled(world)
    settled(world, ada.person, Mark.State.ABSENT)
    assert take_back(Enrollment.objects.get(pk=ada.pk)) == 1
    assert not Enrollment.objects.exists()
    kept = JournalEntry.objects.get(action="audits.take-back-enrollment")
    assert (kept.subject_key, kept.detail["mistaken"]) == (ada.key, "person")
    assert Enrollment.objects.get(person=world.enroll("Ada Moss 2")).person.name == "Ada Moss 2"


def test_who_attended_is_not_taken_back_before_it_is_reopened(world: World) -> None:
    ada = enrolled(world)
    settled(world, ada.person, Mark.State.PRESENT)
    with pytest.raises(NotMistaken, match="attended 1 settled session of"):
        take_back(ada)
    reopen_settlement(settlement=Settlement.objects.get(), reason="Somebody else’s", by=BY, at=LATER)
    assert take_back(ada) == 1


def test_what_an_exception_stands_on_stays_and_with_it_all_the_others(world: World) -> None:
    ada, bo = enrolled(world), enrolled(world, "Bo Lind")
    grant = {"granted_by": bo.person, "granted_on": EVENING.date(), "recorded_at": EVENING}
    ExceptionGrant.objects.create(enrollment=bo, node="hours", kind="waive", **grant)
    with pytest.raises(NotMistaken, match="stands on the enrollment of Bo Lind"):
        take_back_enrollments(enrollments=[ada, bo], mistaken="import", by=BY, at=LATER)
    assert Enrollment.objects.count() == 2


@time_machine.travel(LATER, tick=False)
def test_by_page(world: World) -> None:
    ada = enrolled(world)
    page, browser = f"/console/enrollments/{ada.key}/mistake/", coordinator()
    assert b"Was enrolling Ada Moss a mistake?" in browser.get(page).content
    assert browser.post(page, {"mistaken": "weather"}).status_code == 422
    assert browser.post(page, {"mistaken": "track"}).status_code == 302
    assert not Enrollment.objects.filter(pk=ada.pk).exists()
    assert browser.post(page, {"mistaken": "track"}).status_code == 404


def run(*words: str) -> str:
    printed = StringIO()
    call_command(*words, stdout=printed)
    return printed.getvalue()


def test_a_whole_roster_is_undone_once_and_may_be_imported_again(world: World, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER)
    with time_machine.travel(EVENING, tick=False):
        run("import", "roster", str(path), "--class", "c2016")
    with time_machine.travel(LATER, tick=False):
        enrolled(world, "Cy Roe")
        (line,) = json.loads(run("import", "list", "--class", "c2016", "--format", "json"))
        assert (line["kind"], line["enrolled"], line["undone"]) == ("roster", 2, False)
        assert run("import", "undo", line["import"], "--reason", "Last year’s").startswith("Enrollments taken back: 2.")
        assert [one.person.name for one in Enrollment.objects.all()] == ["Cy Roe"]
        assert run("import", "list", "--class", "c2016").endswith("(taken back: Last year’s)\n")
        for key, why in ((line["import"], "taken back before"), ("roster-999", "no import"), ("roster-x", "no import")):
            with pytest.raises(CommandError, match=why):
                run("import", "undo", key, "--reason", "x")
        run("import", "roster", str(path), "--class", "c2016")
    assert Enrollment.objects.count() == 3
