"""Writes what was measured as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.harness.machine import machine
from benchmarks.harness.measure import Bench, Row

HEADING = """# Measured

`make bench` wrote this file; `make bench ONLY=NAME` runs one of them and prints it. Times are medians of one process:
“time” is what it used of one processor, and is what a goal is held against; “on the clock” includes waiting for the
disk and for whatever else the machine was doing. A ratio divides by the floor above it, measured in turns with it in
the same run: compare ratios, not milliseconds, between machines.
"""


def document(measured: dict[str, tuple[str, Bench]]) -> str:
    """RESULTS.md: the machine, then a section for every benchmark (name -> title and figures)."""
    about = "\n".join(f"- {line}" for line in machine())
    return "\n".join([HEADING, about, "", *(section(name, *found) for name, found in measured.items())])


def section(name: str, title: str, bench: Bench) -> str:
    """One benchmark's table and notes."""
    notes = "".join(f"\n{note}\n" for note in bench.notes)
    return f"## {title}\n\n`make bench ONLY={name}`\n\n{table(bench.rows)}\n{notes}"


def table(rows: Iterable[Row]) -> str:
    """Rows as a Markdown table."""
    lines = [["what", "time", "on the clock", "ratio", "goal", "reached"], ["---", "--:", "--:", "--:", "--:", "---"]]
    lines += [[row.title, row.value, row.clock, row.ratio, row.goal, _reached(row)] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _reached(row: Row) -> str:
    return {True: "yes", False: "**no**", None: ""}[row.reached]
