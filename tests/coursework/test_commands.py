"""`cecto import schedule|work` and `cecto record`: a class from files to facts."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from cecto.classes.models import Cohort, Meeting
from cecto.coursework.models import Item
from cecto.ledger.models import Entry
from tests.classes import made as classes
from tests.classes.schedule.files import CECTO, CGCIO
from tests.coursework import made
from tests.coursework.importing.test_importing import WORK
from tests.coursework.made import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_class_year() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cohort() -> Cohort:
    found = classes.cohort()
    for name in ["Ana Núñez", "Bo Lee", "Cy Poe"]:
        classes.enrolled(classes.person(name), found)
    return found


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text)
    return str(path)


def facts() -> list[tuple[str, str, int]]:
    return list(Entry.objects.order_by("id").values_list("person__name", "kind", "attended"))


def test_a_schedule_is_shown_and_then_imported(tmp_path: Path, cohort: Cohort) -> None:
    classes.cohort("cgcio", ("cio",))
    run("import", "schedule", written(tmp_path, "g.csv", CGCIO), "--class", "cgcio-2016")
    file = written(tmp_path, "c.csv", CECTO)
    dry = run("import", "schedule", file, "--class", "cecto-2016", "--dry-run")
    assert "Sessions: 1 added, 1 linked (held by another class)." in dry.splitlines()
    assert dry.splitlines()[-1].startswith("Nothing was written.")
    assert Meeting.objects.filter(owner=cohort).count() == 0
    assert run("import", "schedule", file, "--class", "cecto-2016").splitlines()[-2:] == [
        "Sessions: 1 added, 1 linked (held by another class).",
        "Next: cecto import work FILE --class cecto-2016",
    ]
    assert "Sessions: 2 unchanged." in run("import", "schedule", file, "--class", "cecto-2016").splitlines()


def test_a_bad_schedule_names_file_row_and_column(tmp_path: Path, cohort: Cohort) -> None:
    file = written(tmp_path, "c.csv", CECTO)
    with pytest.raises(CommandError, match=r"^c\.csv, row 2, column “start”: Session “cgcio-2015-08a” has no date"):
        run("import", "schedule", file, "--class", "cecto-2016")


def test_work_is_imported_and_accepted_of_everyone_except(tmp_path: Path, cohort: Cohort) -> None:
    out = run("import", "work", written(tmp_path, "w.csv", WORK), "--class", "cecto-2016")
    assert "Pieces of work: 3 added." in out.splitlines()
    words = ["record", "accepted", "--class=cecto-2016", "--work=reading-1", "--on=2015-10-20"]
    said = run(*words, "--everyone", "--except", "Bo Lee")
    assert said.splitlines()[0] == "“Security plan” accepted of 2 people; 0 had it before."
    assert facts() == [("Ana Núñez", "accepted", 180), ("Cy Poe", "accepted", 180)]
    run(*words, "--person", "Bo Lee", "--minutes", "90")
    assert facts()[2:] == [("Bo Lee", "accepted", 90)]
    with pytest.raises(
        CommandError, match="accepted before for 1\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30\N{NO-BREAK SPACE}min"
    ):
        run(*words, "--person", "Bo Lee")


def test_a_verdict_is_recorded(cohort: Cohort) -> None:
    made.item(cohort, "project", kind=Item.Kind.PROJECT)
    classes.person("Judge One")
    classes.person("Judge Two")
    words = ["record", "verdict", "--class=cecto-2016", "--work=project", "--person=Ana Núñez", "--on=2015-10-20"]
    said = run(*words, "--outcome=pass", "--judge=Judge One", "--judge=Judge Two")
    assert said.splitlines()[0] == "Ana Núñez, “Security plan”: pass, by 2 judges."
    with pytest.raises(CommandError, match="Nobody here has the name"):
        run(*words, "--outcome=pass", "--judge=Judge Three")


def test_a_makeup_is_recorded(cohort: Cohort) -> None:
    meeting = classes.meeting(cohort)
    ana = cohort.enrollments.get(person__name="Ana Núñez").person
    made.settled(meeting, ana, 120, 180)
    words = ["record", "makeup", "--person=Ana Núñez", "--session=opening", "--kind=recording", "--on=2015-10-20"]
    assert run(*words, "--minutes=60").splitlines()[0] == "Ana Núñez made up 1\N{NO-BREAK SPACE}h of opening."
    with pytest.raises(
        CommandError, match="has 0\N{NO-BREAK SPACE}h of session “opening” to make up, not 30\N{NO-BREAK SPACE}min"
    ):
        run(*words, "--minutes=30")
    with pytest.raises(CommandError, match="There is no session “closing”"):
        run(*[word.replace("opening", "closing") for word in words], "--minutes=30")


def test_study_and_a_credential_are_recorded(tmp_path: Path, cohort: Cohort) -> None:
    proof = written(tmp_path, "proof.txt", "A letter.")
    run(
        *["record", "study", "--class=cecto-2016", "--person=Ana Núñez", "--on=2015-10-20", "--title=Budget week"],
        *["--minutes=10h", "--format=f2f", "--held-by=cgcio", "--competency=governance", f"--evidence={proof}"],
    )
    run("record", "held", "--person=Ana Núñez", "--credential=cgcio", "--on=2012-06-30", "--valid-until=2018-06-30")
    assert facts() == [("Ana Núñez", "recognized", 600), ("Ana Núñez", "held", 0)]
    assert Entry.objects.exclude(evidence_sha256="").count() == 1


def test_a_day_to_come_is_refused(cohort: Cohort) -> None:
    made.item(cohort, due_on=None)
    with pytest.raises(CommandError, match="cannot be the day"):
        run(
            *["record", "accepted", "--class=cecto-2016", "--work=reading-1", "--everyone"],
            f"--on={NOW.date() + timedelta(days=1)}",
        )
