"""The one command under which all others run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection

from cecto.config.commands import run
from tests.programs.texts import definition_text


def test_what_a_refusal_puts_in_brackets_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(definition_text().replace("measure: hours", "measure: hour"))
    assert run(["definition", "explain", str(path)]) == 1
    assert "[hours] `hour` is not known here." in " ".join(capsys.readouterr().err.split())


def test_every_command_is_found_under_the_name_that_help_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["help"]) == 0
    printed = re.findall(r"^  cecto (\S+)", capsys.readouterr().out, re.MULTILINE)
    assert {"export-public", "mail-test", "verify"} <= set(printed)
    for name in printed:
        with pytest.raises(SystemExit) as ended:
            run([name, "--help"])
        assert ended.value.code == 0
        assert f"usage: cecto {name}" in capsys.readouterr().out


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has many writers")
@pytest.mark.django_db(transaction=True)
def test_a_database_that_another_program_holds_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    other = connection.copy()
    other.connect()
    other.connection.execute("BEGIN IMMEDIATE")
    assert run(["init"]) == 1
    other.close()
    said = " ".join(capsys.readouterr().err.split())
    assert "Another program is writing to the database." in said
    assert "Traceback" not in said
