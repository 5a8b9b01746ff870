"""What is set from outside, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from cecto.config.environment import BadSetting, read_environment


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CECTO_HOME", str(tmp_path))
    monkeypatch.delenv("CECTO_DEMO", raising=False)
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
    assert [read_environment().demo, read_environment().demo] == [True, True]


def test_a_built_demo_needs_no_switch(home: Path) -> None:
    assert not read_environment().demo
    (home / "demo.json").write_text("{}")
    assert read_environment().demo
