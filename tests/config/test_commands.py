"""The one command under which all others run."""

from __future__ import annotations

from pathlib import Path

import pytest

from cecto.config.commands import run
from tests.programs.texts import definition_text


def test_what_a_refusal_puts_in_brackets_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(definition_text().replace("measure: hours", "measure: hour"))
    assert run(["definition", "explain", str(path)]) == 1
    assert "[hours] `hour` is not known here." in " ".join(capsys.readouterr().err.split())
