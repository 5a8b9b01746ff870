"""Every command of the runbooks, run as it is written, on an installation that issued one certificate."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.test_readme import ROOT, steps_of

pytestmark = pytest.mark.proof
RUNBOOKS = sorted((ROOT / "docs" / "runbooks").glob("*.md"))
# What the README's walk needs to come to a certificate, and no more.
UP_TO = "cecto issue"


def environment(folder: Path) -> dict[str, str]:
    """What an operator of cecto.example.org has set."""
    own = ("CECTO_", "DATABASE_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return {
        **kept,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "CECTO_HOME": str(folder / "home"),
        "CECTO_URL": "https://cecto.example.org",
        "CECTO_KEY_PASSPHRASE": "correct horse battery staple",
        "CECTO_MAIL": "smtp+tls://cecto:secret@smtp.example.org:587",
        "CECTO_MAIL_FROM": "CeCTO program <cecto@example.org>",
    }


def run(command: str, folder: Path, env: dict[str, str], typed: str = "") -> str:
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=env, input=typed, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home that issued the README's certificate to `certificates`."""
    folder = tmp_path_factory.mktemp("issued")
    (folder / "docs").symlink_to(ROOT / "docs")
    for command, _ in steps_of(ROOT / "README.md"):
        run(command, folder, environment(folder))
        if command.startswith(UP_TO):
            return folder
    raise AssertionError(f"The README has no {UP_TO}.")


@pytest.mark.parametrize("page", RUNBOOKS, ids=[page.stem for page in RUNBOOKS])
def test_a_runbook_runs_as_it_says(page: Path, issued: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(issued, folder, symlinks=True)
    env = environment(folder)
    env["KEY"] = run("cecto key list", folder, env).rpartition("z6Mk")[2].split()[0].join(["z6Mk", ""])
    for command, promised in steps_of(page):
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            env[name] = value.strip('"')
            continue
        said = run(command, folder, env, typed=words_of_two_sheets(folder))
        missing = [line for line in promised if line not in said]
        assert not missing, f"{command}\npromised {missing}, printed\n{said}"


def words_of_two_sheets(folder: Path) -> str:
    """What two holders type in: the words of their sheets, one after the other."""
    sheets = sorted(folder.glob("sheets/*.txt"))[1:]
    return "".join(f"{' '.join(re.findall(r'[0-9]  ([a-z]+)', path.read_text()))}\n" for path in sheets)


def test_runbooks_are_found_and_each_has_commands() -> None:
    assert {page.stem for page in RUNBOOKS} >= {"lost-passphrase", "key-compromise", "hand-over-the-hosting"}
    assert [page.stem for page in RUNBOOKS if not steps_of(page)] == []
