"""`cecto import attendance` and `cecto settle`."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cecto.attendance.actions import Marking, record_marks
from cecto.attendance.models import Mark, Report
from cecto.ledger.models import Entry
from tests.attendance.world import BY, EVENING, World

WHERE = ("--class", "c2016", "--session", "governance")


def run(*words: str) -> str:
    out = StringIO()
    with time_machine.travel(EVENING, tick=False):
        call_command(*words, stdout=out, stderr=out)
    return out.getvalue().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    path = tmp_path / "sheet.csv"
    path.write_text("Name,In,Out\nAda Moss,9:00,12:00\nSomeone Else,9:00,12:00\n")
    return str(path)


def test_dry_run_says_what_would_be_done_and_writes_nothing(world: World, sheet: str) -> None:
    world.enroll("Ada Moss")
    assert run("import", "attendance", sheet, *WHERE, "--dry-run") == (
        "sheet.csv: Sign-in sheet, 2 rows, times in America/New_York.\n"
        "  1 people are certain, 1 names wait for an answer.\n"
        "  row 3: “Someone Else” : Nobody on the roster has this name or address.\n"
        "Nothing was written. Run it again without --dry-run to import.\n"
    )
    assert Report.objects.count() == 0


def test_the_same_file_twice_says_that_nothing_changed(world: World, sheet: str) -> None:
    assert "Imported. Next: cecto settle --class c2016 --session governance" in run(
        "import", "attendance", sheet, *WHERE
    )
    assert "was imported before; nothing has changed" in run("import", "attendance", sheet, *WHERE)


def test_settle_and_reopen(world: World, tmp_path: Path) -> None:
    world.enroll("Ada Moss")
    world.enroll("Bo Tran")
    path = tmp_path / "sheet.csv"
    path.write_text("Name,In,Out\nAda Moss,9:00,12:00\n")
    run("import", "attendance", str(path), *WHERE)
    ada, bo = ("{:>10} of 4 h 45 min  {}\n".format(*one) for one in (("2 h 45 min", "Ada Moss"), ("0 h", "Bo Tran")))
    lines = f"  {ada}  {bo}"
    assert run("settle", *WHERE, "--ended", "15:00", "--dry-run") == lines
    assert run("settle", *WHERE, "--ended", "15:00") == f"Attendance for Governance is final (#1).\n{lines}"
    assert run("settle", *WHERE) == (f"Attendance for Governance was final before (#1). Nothing has changed.\n{lines}")
    assert run("settle", *WHERE, "--reopen", "Typing error").startswith("Attendance for Governance is open again")
    assert Entry.objects.filter(reverses=None, reversed_by=None).count() == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("settle", "--class", "nope", "--session", "governance"), "There is no class “nope”"),
        (("settle", "--class", "c2016", "--session", "nope"), "has no session “nope”. Sessions: governance."),
        (("settle", *WHERE), "Nothing was seen"),
        (("settle", *WHERE, "--reopen", "x"), "is not final"),
        (("import", "attendance", "/nowhere.csv", *WHERE), "cannot be read"),
    ],
)
def test_refusals_say_what_to_do(world: World, words: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(*words)


def test_settle_says_who_was_not_where_the_session_was_held(world: World) -> None:
    ada = world.enroll("Ada Moss")
    online = Marking(ada.pk, Mark.State.PRESENT, modality="sync")
    record_marks(meeting=world.meeting, markings=[online], by=BY, at=EVENING)
    assert run("settle", *WHERE, "--dry-run") == "  5 h 45 min of 5 h 45 min  Ada Moss  (live online)\n"
