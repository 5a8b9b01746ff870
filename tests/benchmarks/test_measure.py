"""Figures are taken in turns, divided by their floor and held against their goal."""

from __future__ import annotations

import json

from benchmarks.harness.measure import Bench, Row, Work, take_turns
from benchmarks.harness.report import table


def test_works_take_turns_after_one_uncounted_run_each() -> None:
    order: list[str] = []
    times = take_turns((Work("a", lambda: order.append("a"), repeat=3), Work("b", lambda: order.append("b"), repeat=1)))
    assert order == ["a", "b", "a", "b", "a", "a"]
    assert {title: len(found) for title, found in times.items()} == {"a": 3, "b": 1}


def test_a_ratio_divides_by_the_floor_and_a_goal_is_judged() -> None:
    bench = Bench()
    bench.measure(
        Work("floor", lambda: sum(range(2_000)), floor=True),
        Work("slower", lambda: sum(range(200_000)), limit_ratio=2),
        Work("quick enough", lambda: None, limit_ms=1000),
    )
    floor, slower, quick = bench.rows
    assert (floor.ratio, floor.reached) == ("floor", None)
    assert float(slower.ratio.removesuffix(" ×")) > 2
    assert (slower.goal, slower.reached) == ("≤ 2 ×", False)
    assert (quick.goal, quick.reached) == ("< 1000 ms", True)


def test_counts_and_rates_are_judged_too() -> None:
    bench = Bench()
    bench.fact("queries", 11, limit=10)
    bench.rate("check-ins", 450, floor=1000, least=0.4)
    assert bench.rows == [
        Row("queries", "11", goal="≤ 10", reached=False),
        Row("check-ins", "450 /s", ratio="0.45 ×", goal="≥ 0.4 ×", reached=True),
    ]


def test_figures_survive_the_way_between_processes() -> None:
    bench = Bench()
    bench.fact("bytes", 5)
    bench.note("Small.")
    assert Bench.from_json(json.loads(json.dumps(bench.as_json()))) == bench


def test_a_missed_goal_stands_out_in_the_table() -> None:
    lines = table([Row("a", "1 ms", "2 ms", "3.00 ×", "≤ 2 ×", reached=False)]).splitlines()
    assert lines[2] == "| a | 1 ms | 2 ms | 3.00 × | ≤ 2 × | **no** |"
