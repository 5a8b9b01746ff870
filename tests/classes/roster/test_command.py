"""`cecto import roster FILE --class C`."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cecto.classes.models import Cohort, Enrollment
from tests.classes import made

pytestmark = pytest.mark.django_db

ROSTER = "Name,E-mail,Track\nAda,ada@x.org,leaders 21c\n"


@pytest.fixture
def cohort() -> Cohort:
    return made.cohort()


def _import(folder: Path, content: str | bytes, *words: str) -> str:
    file, out = folder / "roster.csv", StringIO()
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    call_command("import", "roster", str(file), "--class", "cecto-2016", *words, stdout=out)
    return out.getvalue()


def test_a_dry_run_shows_and_writes_nothing(tmp_path: Path, cohort: Cohort) -> None:
    assert _import(tmp_path, ROSTER, "--dry-run").splitlines()[-2:] == [
        "1 to enroll, 0 already enrolled, 0 to look at.",
        "Nothing was written (--dry-run).",
    ]
    assert Enrollment.objects.count() == 0


def test_importing_enrolls_and_says_what_comes_next(tmp_path: Path, cohort: Cohort) -> None:
    assert _import(tmp_path, ROSTER).splitlines()[-2:] == [
        "Enrolled 1; 0 already enrolled; 0 left out.",
        "Next: cecto import schedule FILE --class cecto-2016",
    ]
    assert _import(tmp_path, ROSTER).splitlines()[-2] == "Enrolled 0; 1 already enrolled; 0 left out."


def test_rows_left_out_are_named_with_the_reason(tmp_path: Path, cohort: Cohort) -> None:
    said = _import(tmp_path, ROSTER + "Bo,nowhere,leaders 21c\n").splitlines()
    assert "? roster.csv, row 3, Bo: “nowhere” is not an e-mail address." in said[1]
    assert said[-1] == "Mend the rows marked “?” and import the file again: those enrolled stay as they are."


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("Who\nAda\n", "There is no column “Name”."),
        ("Name,Track\nAda,nothing\n", "No row could be used."),
        (b"x" * 10_000_001, "roster.csv is larger than 10 MB."),
        ("", "The file is empty."),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, cohort: Cohort, content: str | bytes, refusal: str) -> None:
    with pytest.raises(CommandError, match=refusal):
        _import(tmp_path, content)
    assert Enrollment.objects.count() == 0


def test_an_unknown_class_is_refused_with_those_there_are(tmp_path: Path, cohort: Cohort) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER)
    with pytest.raises(CommandError, match=r"There is no class “nope”\. Classes: cecto-2016\."):
        call_command("import", "roster", str(file), "--class", "nope")
