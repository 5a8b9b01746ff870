"""`cecto definition`."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cecto.definitions import examples, schema, shipped
from cecto.programs.models import Definition, Program
from tests.programs.texts import EXAMPLES, definition_text, written


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
    good = written(tmp_path / "good.yaml", definition_text())
    bad = written(tmp_path / "bad.yaml", definition_text("nobody-knows"))
    with pytest.raises(CommandError, match="There is no program “nobody-knows”"):
        run("publish", str(good), str(bad))
    assert Definition.objects.count() == 0


@pytest.mark.django_db
def test_a_new_program_is_introduced_with_its_first_definition(tmp_path: Path) -> None:
    path = written(tmp_path / "ctom.yaml", definition_text("ctom", "mentee"))
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


def _example_files(tmp_path: Path, name: str) -> tuple[Path, Path]:
    definition, persons = tmp_path / "mine.yaml", tmp_path / "persons.yaml"
    definition.write_text(dict(shipped())[name])
    persons.write_text(examples(name))
    return definition, persons


@pytest.mark.parametrize("name", [name for name, _ in shipped()])
def test_the_shipped_example_persons_come_out_as_expected(name: str, tmp_path: Path) -> None:
    definition, persons = _example_files(tmp_path, name)
    told = json.loads(run("try", str(definition), str(persons), "--format", "json"))
    assert len(told) >= 5
    assert [one["person"] for one in told if not one["as_expected"]] == []


def test_a_person_who_comes_out_otherwise_is_named(tmp_path: Path) -> None:
    definition, persons = _example_files(tmp_path, "iacet-ceu-2018")
    persons.write_text(persons.read_text().replace("status: met", "status: impossible", 1))
    out = StringIO()
    with pytest.raises(CommandError, match="come out otherwise than expected"):
        call_command("definition", "try", str(definition), str(persons), stdout=out)
    assert out.getvalue().count("NOT AS EXPECTED") >= 1


def test_the_schema_is_printed_for_editors() -> None:
    assert json.loads(run("schema"))["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(run("schema", "--examples"))["title"] == "The example persons of a definition"


@pytest.mark.django_db
def test_the_example_persons_beside_a_definition_keep_it_from_being_published(tmp_path: Path) -> None:
    definition, persons = _example_files(tmp_path, "iacet-ceu-2018")
    beside = persons.rename(tmp_path / "mine.examples.yaml")
    beside.write_text(beside.read_text().replace("status: met", "status: impossible", 1))
    with pytest.raises(CommandError, match="its example persons do not carry it"):
        run("publish", str(definition))
    out = StringIO()
    with pytest.raises(CommandError, match="to mend"):
        call_command("definition", "lint", str(definition), stdout=out, stderr=out)
    assert "mine.examples.yaml:14:5: Zenobia Carrow" in out.getvalue()
    assert Definition.objects.count() == 0


@pytest.mark.django_db
def test_a_definition_without_example_persons_is_told_so_and_not_published(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(definition_text("ctom"))
    wanted = "Write one person who meets everything and one who does not into mine.examples.yaml"
    assert wanted in run("lint", str(path))
    with pytest.raises(CommandError, match=wanted):
        run("publish", str(path), "--program-name", "CTO Mentor")
    assert not Program.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("left_out", "said"), [("Ada", "meets everything"), ("Bo", "falls short")])
def test_examples_that_all_come_out_alike_are_not_enough(left_out: str, said: str, tmp_path: Path) -> None:
    path = written(tmp_path / "mine.yaml", definition_text())
    lines = [line for line in EXAMPLES.splitlines() if f"name: {left_out}" not in line]
    (tmp_path / "mine.examples.yaml").write_text("\n".join(lines))
    with pytest.raises(CommandError, match=f"No example person {said}"):
        run("publish", str(path))


def test_the_example_definition_names_the_schema_to_editors() -> None:
    example = Path(__file__).parents[2] / "docs" / "example" / "workshop.yaml"
    first = example.read_text().splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (example.parent / named).read_text() == schema()


@pytest.mark.django_db
def test_the_same_text_is_the_same_however_its_lines_end(tmp_path: Path) -> None:
    run("publish", str(written(tmp_path / "mine.yaml", definition_text())), "--reason", "The committee asked.")
    (tmp_path / "mine.yaml").write_bytes(b"\xef\xbb\xbf" + definition_text().replace("\n", "\r\n").encode())
    assert run("publish", str(tmp_path / "mine.yaml")).startswith("Published already")
    assert Definition.objects.get().reason == "The committee asked."


ANSWERS = ("title=Librarian", "program=lib", "first_day=2027-08-16", "last_day=2028-05-31", "may_miss=2", "unit=PDU")


def test_new_writes_rules_that_pass(tmp_path: Path) -> None:
    path = tmp_path / "lib.yaml"
    answers = [word for answer in ANSWERS for word in ("--answer", answer)]
    told = json.loads(run("new", str(path), "--defaults", "--format", "json", *answers))
    assert told == {"definition": str(path), "examples": "lib.examples.yaml", "problems": []}
    assert "without a fault" in run("lint", str(path))
    kept = path.read_text()
    with pytest.raises(CommandError, match="is there already"):
        run("new", str(path), "--defaults", *answers)
    assert path.read_text() == kept


def test_new_asks_until_it_understands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = "Librarian\nLIB\nlib\n2027-08-16\n2028-05-31\n\n\n\n\n\n\n\n\n\n\n\n"
    monkeypatch.setattr("sys.stdin", StringIO(typed))
    told = run("new", str(tmp_path / "lib.yaml"))
    assert "“LIB” is not a code" in told
    assert told.count("A short code for the program") == 2
    assert "Next" in told or "Check it" in told
    assert "without a fault" in run("lint", str(tmp_path / "lib.yaml"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--answer", "titel=x"), "is no question here"),
        (("--defaults",), "What is the certificate called"),
        ((), "not answered to the end"),
    ],
)
def test_new_writes_nothing_when_it_is_refused(
    words: tuple[str, ...], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("Librarian\n"))
    with pytest.raises(CommandError, match=message):
        run("new", str(tmp_path / "lib.yaml"), *words)
    assert list(tmp_path.iterdir()) == []


def test_next_moves_a_file_by_a_year_and_says_what_changed(tmp_path: Path) -> None:
    definition, persons = _example_files(tmp_path, "cecto-leaders-21c-2015-16")
    persons.rename(definition.with_name(f"{definition.stem}.examples.yaml"))
    out = tmp_path / "next.yaml"
    told = run("next", str(definition), "--first-day", "2027-08-11", "--out", str(out))
    assert "Catalogue 2015-16 becomes 2027-28." in told
    assert "Line 1 still says “2015-16”" in told
    assert "without a fault" in run("lint", str(out))
    with pytest.raises(CommandError, match="not in a later year"):
        run("next", str(definition), "--first-day", "2015-08-11", "--out", str(tmp_path / "other.yaml"))


@pytest.mark.django_db
def test_next_reads_what_is_published(tmp_path: Path) -> None:
    run("publish", "--shipped")
    key = Definition.objects.get(track="leaders-21c").key
    told = json.loads(
        run("next", key, "--first-day", "2016-08-10", "--out", str(tmp_path / "n.yaml"), "--format", "json")
    )
    assert told["changes"][0] == "Catalogue 2015-16 becomes 2016-17."
    assert told["problems"] == []
    with pytest.raises(CommandError, match="There is no file “nowhere”"):
        run("next", "nowhere", "--first-day", "2016-08-10", "--out", str(tmp_path / "m.yaml"))
