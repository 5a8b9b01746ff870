"""`cecto definition`."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cecto.programs.models import Definition, Program
from tests.programs.texts import definition_text


def run(*words: str) -> str:
    out = StringIO()
    call_command("definition", *words, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_shipped_definitions_are_published_once() -> None:
    first = run("publish", "--shipped")
    again = run("publish", "--shipped")
    assert first.count("Published: ") == 8
    assert again.count("Published already: ") == 8
    assert sorted(Definition.objects.values_list("program__code", "track")) == [
        ("alet", "technology-director"),
        ("cecto", "leaders-21c"),
        ("cecto", "technology-director"),
        ("cetl", "education-technology-leader"),
        ("ceu", "security-day"),
        ("cgcio", "cio"),
        ("cgcio", "cio-georgia"),
        ("ctom", "mentee"),
    ]


@pytest.mark.django_db
def test_one_bad_file_publishes_none_of_them(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(definition_text())
    bad.write_text(definition_text("nobody-knows"))
    with pytest.raises(CommandError, match="There is no program “nobody-knows”"):
        run("publish", str(good), str(bad))
    assert Definition.objects.count() == 0


@pytest.mark.django_db
def test_a_new_program_is_introduced_with_its_first_definition(tmp_path: Path) -> None:
    path = tmp_path / "ctom.yaml"
    path.write_text(definition_text("ctom", "mentee"))
    run("publish", str(path), "--program-name", "CTO Mentor", "--time-zone", "America/Los_Angeles")
    assert list(Program.objects.values_list("code", "name", "time_zone")) == [
        ("ctom", "CTO Mentor", "America/Los_Angeles")
    ]


def test_lint_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(definition_text().replace("at_least", "atleast"))
    out = StringIO()
    with pytest.raises(CommandError, match="to mend"):
        call_command("definition", "lint", str(path), stdout=out, stderr=out)
    assert "mine.yaml:7:" in out.getvalue()


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="not UTF-8"):
        run("lint", str(path))


def test_explain_says_it_in_english(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(definition_text())
    assert "240" in run("explain", str(path))
