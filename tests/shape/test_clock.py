"""The clock is asked at the edge only: what a rule or an action is to know of the time, it is told."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.shape.source import PACKAGE, calls, parsed, python_files

WALL_CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.datetime.now",
    "date.today",
    "datetime.date.today",
    "timezone.now",
    "timezone.localdate",
    "time.time",
}
OURS = {"clock.now", "clock.today", "now", "today"}

# What checks a kit or the exported register runs by itself, on a stranger's machine, and cannot ask our clock.
ALONE = {PACKAGE / "credentials" / "kit" / name for name in ("check.py", "look_up.py")}
CLOCKS = {PACKAGE / "foundation" / "clock.py", *ALONE}
TOLD_THE_TIME = {"models", "queries", "actions"}


def wall_clocks(tree: ast.AST) -> list[str]:
    """The calls in a tree that ask the machine for the time."""
    return sorted(calls(tree) & WALL_CLOCKS)


def is_told(path: Path) -> bool:
    """Whether a file belongs to the layers that are told the time: not views, their access and commands."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0] == "requirements" or bool(TOLD_THE_TIME & set(parts))


def test_the_check_finds_a_clock() -> None:
    assert wall_clocks(ast.parse("x = datetime.now(UTC)\ny = f(date.today())\nz = clock.now()")) == [
        "date.today",
        "datetime.now",
    ]


def test_only_the_clock_asks_the_machine() -> None:
    asking = {str(p): found for p in python_files() if p not in CLOCKS and (found := wall_clocks(parsed(p)))}
    assert asking == {}


def test_rules_reads_and_writes_are_told_the_time() -> None:
    asking = {str(p): found for p in python_files() if is_told(p) and (found := calls(parsed(p)) & OURS)}
    assert asking == {}
