"""What a newcomer is told when their machine lacks something."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.shape.source import ROOT

NEEDED = ["sh", "dirname", "cat", "cksum", "grep", "rm"]


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout's tools on a machine with a shell, a few basic programs and nothing else."""
    (tmp_path / "bin").mkdir()
    for program in NEEDED:
        (tmp_path / "bin" / program).symlink_to(str(shutil.which(program)))
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "setup", tmp_path / "tools")
    (tmp_path / "uv.lock").touch()
    (tmp_path / "pyproject.toml").touch()
    return tmp_path


def setup(folder: Path, argument: str) -> subprocess.CompletedProcess[str]:
    """Run tools/setup with that folder's programs only."""
    surroundings = {"PATH": str(folder / "bin"), "HOME": str(folder)}
    return subprocess.run(
        ["tools/setup", argument], cwd=folder, env=surroundings, capture_output=True, text=True, check=False
    )


def test_without_a_python_it_says_which_it_needs(bare: Path) -> None:
    done = setup(bare, "run")
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "tools/setup: no Python 3.11 or newer found. Install one, or name it: PYTHON=/path/to/python3 make ..."
    )


def test_without_venv_it_names_debians_package(bare: Path) -> None:
    python = bare / "bin" / "python3"
    python.write_text('#!/bin/sh\n[ "$1" = -c ] && exit 0\nexit 1\n')
    python.chmod(0o755)
    done = setup(bare, "run")
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
    assert not (bare / ".tools" / "uv").exists()


def test_a_word_it_does_not_know_is_refused(bare: Path) -> None:
    done = setup(bare, "everything")
    assert (done.returncode, done.stderr.strip()) == (2, "tools/setup: say 'run' or 'dev', not 'everything'.")
