"""What is set from outside, and what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cecto.config.environment import BadSetting, database_settings, make_home, read_environment
from cecto.foundation.demo_home import mark_demo


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CECTO_HOME", str(tmp_path))
    monkeypatch.delenv("CECTO_DEMO", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


@pytest.mark.parametrize("used", ["secret_key", "key_passphrase", "cecto.sqlite3"])
def test_a_home_in_use_does_not_become_a_demo(home: Path, monkeypatch: pytest.MonkeyPatch, used: str) -> None:
    (home / used).write_text("ours")
    monkeypatch.setenv("CECTO_DEMO", "1")
    before = sorted(home.iterdir())
    with pytest.raises(BadSetting, match=f"CECTO_DEMO is 1, but {home} is not the demo’s"):
        read_environment()
    assert sorted(home.iterdir()) == before


def test_a_home_begun_as_a_demo_stays_one(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CECTO_DEMO", "1")
    make_home()
    assert read_environment().demo
    monkeypatch.delenv("CECTO_DEMO")
    assert not read_environment().demo


def test_a_built_demo_needs_no_switch(home: Path) -> None:
    assert not read_environment().demo
    (home / "demo.json").write_text("{}")
    assert read_environment().demo


REAL = "postgresql://cecto:secret@db.example.org:5432/cecto"


def test_a_fresh_home_is_no_demo_of_a_database_that_may_be_in_use(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CECTO_DEMO", "1")
    monkeypatch.setenv("DATABASE_URL", REAL)
    for ask in (read_environment, make_home):
        with pytest.raises(BadSetting, match="DATABASE_URL names another database"):
            ask()
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("other", [REAL, "sqlite:////srv/cecto/cecto.sqlite3"])
def test_nor_does_a_demo_that_stands_turn_to_another_database(
    home: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    (home / "demo.json").write_text("{}")
    mark_demo(home, database_settings("", home))
    monkeypatch.setenv("DATABASE_URL", other)
    with pytest.raises(BadSetting, match="Leave DATABASE_URL out"):
        read_environment()


def test_a_demo_in_a_database_of_its_own_is_found_there_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "demo.json").write_text("{}")
    mark_demo(home, database_settings(REAL, home))
    monkeypatch.setenv("DATABASE_URL", REAL.replace("cecto:secret", "other:words"))
    assert read_environment().demo
    monkeypatch.delenv("DATABASE_URL")
    with pytest.raises(BadSetting, match="DATABASE_URL"):
        read_environment()


def cecto(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    given = {name: value for name, value in os.environ.items() if not name.startswith("CECTO_")}
    command = [sys.executable, "-m", "cecto", *arguments]
    return subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "arguments", [["doctor"], ["serve"], ["key", "list"], ["backup", "there"], ["definition", "publish", "x.yaml"]]
)
def test_where_there_is_no_home_none_is_made(tmp_path: Path, arguments: list[str]) -> None:
    done = cecto(tmp_path, *arguments)
    assert done.returncode == 1
    assert "There is no home at" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nor_by_asking_for_help_or_about_a_file(tmp_path: Path) -> None:
    assert [cecto(tmp_path, *asked).returncode for asked in (["help"], ["init", "--help"], ["nonsense"])] == [0, 0, 2]
    assert "x.yaml" in cecto(tmp_path, "definition", "lint", "x.yaml").stderr
    assert list(tmp_path.iterdir()) == []


def test_init_makes_one_for_its_owner_alone(tmp_path: Path) -> None:
    assert cecto(tmp_path, "init").returncode == 0
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert "There is no home" not in cecto(tmp_path, "doctor").stderr
