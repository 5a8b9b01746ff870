"""A wrong report is withdrawn as one act."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError
from django.urls import reverse

from cecto.attendance.actions import NameAnswer, answer_names, import_report, settle_meeting, withdraw_report
from cecto.attendance.actions.withdrawals import WithdrawalRefused
from cecto.attendance.models import Alias, Report, ReportRow
from cecto.attendance.openness import SettledAlready
from cecto.attendance.queries.names import unsure_names
from cecto.attendance.queries.reconciliation import reconcile
from cecto.attendance.queries.sessions import attendees_with_addresses
from cecto.foundation.journal.models import JournalEntry
from tests.attendance.test_commands import WHERE, run
from tests.attendance.world import BY, EVENING, World, coordinator

WRONG = b"Name,In,Out\nAda Moss,9:00,12:00\nWho Knows,9:00,12:00\n"


def load(world: World) -> Report:
    words = {"file_name": "wrong.csv", "time_zone": "America/New_York"}
    return import_report(meeting=world.meeting, content=WRONG, **words, by=BY, at=EVENING).report


def attended(world: World) -> list[int]:
    return [row.attended for row in reconcile(world.session).people]


def names(world: World) -> list[str]:
    return [one.name for one in unsure_names(world.session, attendees_with_addresses(world.session))]


def test_it_counts_for_nothing_and_its_names_are_not_asked_about(world: World) -> None:
    world.enroll("Ada Moss")
    report = load(world)
    assert (attended(world), names(world)) == ([165], ["Who Knows"])
    withdraw_report(report=report, reason=" Other class ", by=BY, at=EVENING)
    assert (attended(world), names(world)) == ([0], [])
    assert (report.withdrawn_why, ReportRow.objects.count()) == ("Other class", 2)
    assert JournalEntry.objects.latest("id").action == "attendance.withdraw"


def remembered() -> list[tuple[str, bool]]:
    return sorted((one.name, one.person is not None) for one in Alias.objects.select_related("person"))


def test_what_was_remembered_by_its_answers_is_forgotten_and_nothing_else(world: World) -> None:
    ada = world.enroll("Ada Moss")
    report, before = load(world), EVENING - timedelta(hours=1)
    answers = [NameAnswer(report.pk, "Who Knows", "", (ada.pk,))]
    answer_names(meeting=world.meeting, answers=answers, by=BY, at=EVENING)
    Alias.objects.create(cohort=world.cohort, source="sign-in", name="pat quill", recorded_at=before)
    assert remembered() == [("pat quill", False), ("who knows", True)]
    withdraw_report(report=report, reason="Other class", by=BY, at=EVENING)
    assert remembered() == [("pat quill", False)]
    assert JournalEntry.objects.filter(action="attendance.forget").count() == 1


def test_what_another_file_has_said_since_stays(world: World) -> None:
    ada = world.enroll("Ada Moss")
    first = load(world)
    answer = NameAnswer(first.pk, "Who Knows", "", (ada.pk,))
    answer_names(meeting=world.meeting, answers=[answer], by=BY, at=EVENING)
    Alias.objects.update(recorded_at=EVENING + timedelta(minutes=5))
    withdraw_report(report=first, reason="Other class", by=BY, at=EVENING + timedelta(minutes=9))
    assert remembered() == [("who knows", True)]


def test_the_same_file_may_be_imported_anew(world: World) -> None:
    world.enroll("Ada Moss")
    first = load(world)
    withdraw_report(report=first, reason="Too early", by=BY, at=EVENING)
    again = load(world)
    assert (again.pk != first.pk, attended(world)) == (True, [165])
    assert load(world).pk == again.pk


def test_a_reason_is_asked_for_and_twice_is_refused(world: World) -> None:
    report = load(world)
    with pytest.raises(WithdrawalRefused, match="Say why"):
        withdraw_report(report=report, reason=" ", by=BY, at=EVENING)
    withdraw_report(report=report, reason="Wrong", by=BY, at=EVENING)
    with pytest.raises(WithdrawalRefused, match="withdrawn before"):
        withdraw_report(report=report, reason="Wrong", by=BY, at=EVENING)


def test_final_attendance_must_be_reopened_first(world: World) -> None:
    world.enroll("Ada Moss")
    words = {"file_name": "right.csv", "time_zone": "America/New_York"}
    content = WRONG.replace(b"Who Knows,9:00,12:00\n", b"")
    report = import_report(meeting=world.meeting, content=content, **words, by=BY, at=EVENING).report
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    with pytest.raises(SettledAlready):
        withdraw_report(report=report, reason="Wrong", by=BY, at=EVENING)


def test_by_command(world: World, tmp_path: Path) -> None:
    world.enroll("Ada Moss")
    path = tmp_path / "wrong.csv"
    path.write_bytes(WRONG)
    run("import", "attendance", str(path), *WHERE)
    (line,) = json.loads(run("import", "list", "--class", "c2016", "--format", "json"))
    assert (line["session"], line["file"]["name"], line["undone"]) == ("governance", "wrong.csv", False)
    assert run("import", "undo", line["import"], "--reason", "Other class") == (
        "wrong.csv is withdrawn and no longer counts.\n"
    )
    assert run("import", "list", "--class", "c2016").endswith("wrong.csv  (withdrawn: Other class)\n")
    with pytest.raises(CommandError, match="There is no import “nope”"):
        run("import", "undo", "nope", "--reason", "x")


def test_by_page(world: World) -> None:
    world.enroll("Ada Moss")
    report = load(world)
    browser = coordinator()
    address = reverse("attendance:withdrawal", args=[world.meeting.key, report.key])
    with time_machine.travel(EVENING, tick=False):
        assert address in browser.get(reverse("attendance:reports", args=[world.meeting.key])).content.decode()
        assert browser.post(address, {"reason": ""}).status_code == 422
        assert browser.post(address, {"reason": "Other class"}).status_code == 302
        assert attended(world) == [0]
        assert browser.get(address).status_code == 404
