"""What was acknowledged is there after a kill, once, with its journal row; nothing half-done is."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

KILLS = 25
POSTER = Path(__file__).with_name("poster.py")


@pytest.mark.proof
def test_a_storm_of_kills_loses_nothing_and_repeats_nothing(tmp_path: Path) -> None:
    surroundings = {**os.environ, "CECTO_HOME": str(tmp_path), "DATABASE_URL": ""}
    subprocess.run([sys.executable, "-m", "cecto", "init"], env=surroundings, check=True, capture_output=True)
    said: list[int] = []
    for turn in range(KILLS):
        first = said[-1] + 1 if said else 0
        said += _killed_after(random.Random(turn).uniform(1.0, 2.5), first, surroundings)
        _check(tmp_path / "cecto.sqlite3", said)
    assert len(said) > KILLS * 10


def _killed_after(seconds: float, first: int, surroundings: dict[str, str]) -> list[int]:
    """Start the poster, kill it without warning, and return the numbers it acknowledged."""
    poster = subprocess.Popen(
        [sys.executable, str(POSTER), str(first)], env=surroundings, stdout=subprocess.PIPE, text=True
    )
    time.sleep(seconds)
    poster.send_signal(signal.SIGKILL)
    printed, _ = poster.communicate()
    return [int(line) for line in printed.splitlines(keepends=True) if line.endswith("\n")]


def _check(database: Path, said: list[int]) -> None:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        posted = [source for (source,) in connection.execute("SELECT source FROM ledger_entry ORDER BY id")]
        journaled = connection.execute(
            "SELECT subject_key FROM journal_journalentry WHERE action = 'ledger.post' ORDER BY id"
        ).fetchall()
    assert [source for (source,) in journaled] == posted
    assert len(set(posted)) == len(posted)
    assert {f"storm:{number}" for number in said} <= set(posted)
    # One more may have been committed and killed before it could say so, at each kill.
    assert len(posted) - len(said) <= KILLS
