"""`cecto demo` as an operator runs it, in homes of its own."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cecto.attendance.reports import Setting, read_report
from cecto.demo.story.sessions import ZONE, gathering

ROLES = ["Coordinator", "Certification officer", "Instructor", "Partner", "Administrator", "Participant"]


def cecto(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command on SQLite in `home`."""
    environment = {**os.environ, "CECTO_HOME": str(home), "DATABASE_URL": "", "COLUMNS": "300"}
    return subprocess.run(
        [sys.executable, "-m", "cecto", *arguments], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home at the first stage; what was printed is beside the database."""
    made = tmp_path_factory.mktemp("demo") / "home"
    done = cecto(made, "demo", "--stage", "admitted")
    assert done.returncode == 0, done.stdout + done.stderr
    (made / "printed.txt").write_text(done.stdout)
    (made / "progress.txt").write_text(done.stderr)
    return made


def test_it_prints_a_sign_in_link_for_every_role(home: Path) -> None:
    printed = (home / "printed.txt").read_text()
    assert [role for role in ROLES if not re.search(rf"{role}.* http://localhost:8000/demo/sign-in/\S+", printed)] == []
    assert "Superintendent" in printed


def test_it_shows_how_far_it_is(home: Path) -> None:
    lines = (home / "progress.txt").read_text().splitlines()
    assert lines[0].startswith("[  1/14] Jul 6, 2015  ")
    assert lines[-1].startswith("[ 14/14] Aug 5, 2015  ")


def test_the_clock_stands_at_the_stage(home: Path) -> None:
    assert json.loads((home / "demo.json").read_text()) == {"now": "2015-08-19T13:05:00+00:00"}


def test_files_of_the_day_lie_ready(home: Path) -> None:
    names = {path.name for path in (home / "demo-files").iterdir()}
    assert {"cecto-roster.csv", "cecto-schedule.csv", "sign-in-2015-08-19-opening.csv"} <= names
    sheet = home / "demo-files" / "sign-in-2015-08-19-opening.csv"
    read = read_report(sheet.read_bytes(), Setting(sheet.name, ZONE, gathering("opening").day))
    assert len({row.number for row in read.rows}) == 31


def test_a_demo_that_stands_is_kept(home: Path) -> None:
    before = (home / "cecto.sqlite3").stat().st_ino, _people(home)
    done = cecto(home, "demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert "stands at “admitted”" in done.stdout
    assert ((home / "cecto.sqlite3").stat().st_ino, _people(home)) == before


def test_building_anew_replaces_it(home: Path) -> None:
    before = _people(home)
    done = cecto(home, "demo", "--fresh")
    assert done.returncode == 0, done.stderr
    after = _people(home)
    assert [name for name, _ in after] == [name for name, _ in before]
    assert not {key for _, key in after} & {key for _, key in before}


def test_the_doctor_finds_nothing_wrong(home: Path) -> None:
    done = cecto(home, "doctor")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_home_in_use_is_left_alone(tmp_path: Path) -> None:
    cecto(tmp_path, "init")
    with closing(sqlite3.connect(tmp_path / "cecto.sqlite3")) as database, database:
        row = ("k", "Ada", "ada", "", "2026-01-01")
        database.execute(
            "INSERT INTO people_person (key, name, sort_name, preferred_name, created_at) VALUES (?, ?, ?, ?, ?)", row
        )
    done = cecto(tmp_path, "demo")
    assert done.returncode != 0
    assert "in use for something other than the demo" in done.stderr
    assert _people(tmp_path) == [("Ada", "k")]
    assert not (tmp_path / "demo.json").exists()


def _people(home: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(home / "cecto.sqlite3")) as database:
        return database.execute("SELECT name, key FROM people_person ORDER BY id").fetchall()
