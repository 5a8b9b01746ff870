"""What can never happen is found before a definition is published, and nothing else is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.requirements import Activity, Facet, lint
from cecto.requirements.document import DateRange, Filter
from cecto.requirements.filters import Subject, predicate
from cecto.requirements.linting.reach import possible

HEAD = """\
program: p
track: t
catalogue: '2026'
version: 1
title: Probe
policy: {partial: proportional}
"""
TAIL = "award: {credential: c, title: C, decided_by: board, valid: forever}\n"
ONE = "require: {id: root, title: One, measure: hours, at_least: 1h}\n"
CYCLE = "renewal: {cycle: {length: 3y}, on_lapse: {status: lapsed}, require: REQUIRE}\n"


def said(*parts: str) -> list[str]:
    return [problem.message for problem in lint("".join((HEAD, *parts)), name="p.yaml")]


def required(asked: str) -> str:
    return f"require: {{id: root, title: T, {asked}}}\n"


@pytest.mark.parametrize(
    "asked",
    [
        "measure: each, of: session, credited: 100%, where: {kind: accepted}",
        "measure: each, of: session, credited: 100%, where: {kind: makeup}",
        "measure: each, of: session, credited: 100%, where: {activity: module}",
        "measure: each, of: assignment, where: {kind: [attended, makeup]}",
        "measure: each, of: module, where: {activity: assignment}",
        "measure: verdict, of: paper, where: {kind: accepted}",
        "measure: verdict, of: paper, where: {item: exam}",
        "measure: score, of: exam, at_least: 60, where: {kind: attended}",
        "measure: together, with: {relation: mentor}, both_at_least: 75%, at_least: 1, where: {kind: makeup}",
        "measure: hours, at_least: 1h, where: {kind: attended, activity: module}",
        "measure: hours, at_least: 1h, where: {kind: accepted, activity: [session, event]}",
        "measure: hours, at_least: 1h, where: {kind: attended, not: {kind: [attended, makeup]}}",
        "measure: hours, at_least: 1h, where: {all: [{category: law}, {category: ethics}]}",
        "measure: hours, at_least: 1h, where: {verified: true, not: {verified: true}}",
        "measure: hours, at_least: 1h, where: {verified: true, all: [{verified: false}]}",
        "measure: hours, at_least: 1h, where: {category: law, any: [{category: a}, {category: b}]}",
    ],
)
def test_words_that_exclude_each_other(asked: str) -> None:
    assert said(required(asked), TAIL) == ["Nothing can match what it asks for."]


@pytest.mark.parametrize(
    "asked",
    [
        "measure: hours, at_least: 1h, where: {all: [{tag: joint}, {tag: law}]}",
        "measure: hours, at_least: 1h, where: {kind: [attended, accepted], activity: module}",
        "measure: hours, at_least: 1h, where: {any: [{category: law}, {category: ethics}], not: {category: law}}",
        "measure: score, of: exam, at_least: 60, where: {item: [exam, retake], verified: true}",
        "measure: held, any_of: [bachelor], where: {kind: held}",
    ],
)
def test_words_that_may_come_together(asked: str) -> None:
    assert said(required(asked), TAIL) == []


def test_a_requirement_outside_its_pool() -> None:
    pools = "pools: {study: {where: {kind: [attended, recognized]}}}\n"
    assert said(pools, required("measure: hours, from: study, where: {kind: makeup}, at_least: 1h"), TAIL) == [
        "Nothing in the pool `study` can match what it asks for."
    ]


def test_a_pool_that_nobody_reads() -> None:
    assert said("pools: {study: {where: {kind: attended}}}\n", ONE, TAIL) == ["No requirement reads the pool `study`."]


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            "{where: {kind: recognized}, hours: 1h}, {where: {kind: recognized, category: law}, hours: 2h}",
            "The rules above it take everything this value rule matches.",
        ),
        (
            "{where: {category: law}, hours: 1h}, {where: {category: ethics}, hours: 1h},"
            " {where: {category: [law, ethics]}, hours: 2h}",
            "The rules above it take everything this value rule matches.",
        ),
        ("{where: {kind: accepted}, hours: 2h}", "No entry can come to this value rule."),
        ("{where: {category: law}, hours: 1h}, {where: {category: [law, ethics]}, hours: 2h}", ""),
    ],
)
def test_value_rules_never_reached(rules: str, message: str) -> None:
    pools = f"pools: {{study: {{where: {{kind: [recognized, attended]}}, value: [{rules}]}}}}\n"
    found = said(pools, required("measure: hours, from: study, at_least: 1h"), TAIL)
    assert found == ([message] if message else [])


def test_a_cap_that_nothing_comes_to() -> None:
    pools = "pools: {a: {where: {kind: attended}, limits: [{id: c, title: C, where: {kind: held}, at_most: 1h}]}}\n"
    assert said(pools, required("measure: hours, from: a, at_least: 1h"), TAIL) == ["No entry can come to the cap `c`."]


@pytest.mark.parametrize(
    "require",
    [
        "{id: r, title: R, measure: hours, at_least: 60h}",
        "{id: r, title: R, measure: score, of: exam, at_least: 60}",
        "{id: r, title: R, any: [{id: s, title: S, measure: count, where: {category: law}, at_least: 1}]}",
        "{id: r, title: R, measure: hours, window: [class.start, class.end], at_least: 60h}",
        "{id: r, title: R, measure: hours, window: {last: 3y, before: award}, at_least: 60h}",
    ],
)
def test_a_renewal_whose_window_stands_still(require: str) -> None:
    (message,) = said(ONE, TAIL, CYCLE.replace("REQUIRE", require))
    assert message.startswith("What counted for one cycle counts for every later one")


@pytest.mark.parametrize(
    "require",
    [
        "{id: r, title: R, measure: hours, window: cycle, at_least: 60h}",
        "{id: r, title: R, measure: hours, window: {last: 1y, before: cycle.end}, at_least: 60h}",
        "{id: r, title: R, measure: credential, credential: c}",
    ],
)
def test_a_renewal_whose_window_moves_on(require: str) -> None:
    assert said(ONE, TAIL, CYCLE.replace("REQUIRE", require)) == []


@pytest.mark.parametrize(
    ("valid", "renewal", "messages"),
    [
        ("1y", "cycle: {length: 3y}", ["The award ends before its first renewal cycle does."]),
        ("35m", "cycle: {length: 3y}", ["The award ends before its first renewal cycle does."]),
        ("3y", "cycle: {length: 36m}", []),
        ("forever", "cycle: {length: 3y}", []),
        (
            "1y",
            "opens: 2y, cycle: {length: 1y}",
            ["The renewal opens longer before the end than the cycle is long."],
        ),
    ],
)
def test_validity_and_cycle(valid: str, renewal: str, messages: list[str]) -> None:
    require = "{id: r, title: R, measure: hours, window: cycle, at_least: 60h}"
    more = f"renewal: {{{renewal}, on_lapse: {{status: lapsed}}, require: {require}}}\n"
    assert said(ONE, TAIL.replace("forever", valid), more) == messages


def test_classes_from_after_before() -> None:
    assert said("classes: {starting: {from: 2026-08-01, before: 2025-08-01}}\n", ONE, TAIL) == [
        "`classes` holds no day: `from` 2026-08-01 is not before 2025-08-01."
    ]


@pytest.mark.parametrize(
    ("pool", "window", "apart"),
    [
        ("[class.start, class.start+30d]", "[class.start+30d, class.end]", True),
        ("[class.end, class.end+30d]", "[class.start, class.end]", True),
        ("[class.start, class.end]", "[class.start+30d, class.end+30d]", False),
        ("{last: 3y, before: award}", "[class.start, class.end]", False),
    ],
)
def test_windows_that_never_meet(pool: str, window: str, *, apart: bool) -> None:
    pools = f"pools: {{study: {{window: {pool}}}}}\n"
    found = said(pools, required(f"measure: hours, from: study, window: {window}, at_least: 1h"), TAIL)
    assert found == (["Its window and the dates of what it reads have no day in common."] if apart else [])


DAY = date(2026, 9, 1)
WORDS = {
    "kind": ("attended", "accepted", "makeup", "recognized"),
    "activity": ("session", "module", "study"),
    "category": ("law", "ethics"),
    "tag": ("joint", "law"),
}


def plain() -> st.SearchStrategy[Filter]:
    words = st.dictionaries(st.sampled_from(sorted(WORDS)), st.none(), max_size=2).flatmap(
        lambda keys: st.tuples(
            *(st.tuples(st.just(key), st.frozensets(st.sampled_from(WORDS[key]), min_size=1)) for key in keys)
        )
    )
    flags = st.sampled_from([(), (("verified", True),), (("verified", False),)])
    dates = st.sampled_from([None, DateRange(DAY, None), DateRange(None, DAY), DateRange(DAY, DAY + timedelta(1))])
    return st.builds(Filter, words=words, flags=flags, dates=dates)


def nested() -> st.SearchStrategy[Filter]:
    parts = st.lists(plain(), max_size=2).map(tuple)
    return st.builds(
        lambda own, every, some, none: Filter(
            words=own.words, flags=own.flags, dates=own.dates, all_of=every, any_of=some, none_of=none
        ),
        plain(),
        parts,
        parts,
        st.none() | plain(),
    )


def everything() -> list[Subject]:
    return [
        Subject(kind, Activity("k", activity), Facet("", category, "", tags), verified, on)
        for kind in WORDS["kind"]
        for activity in WORDS["activity"]
        if (kind != "attended" or activity == "session") and (kind != "accepted" or activity != "session")
        for category in WORDS["category"]
        for tags in (frozenset[str](), frozenset({"joint"}), frozenset({"law"}), frozenset({"joint", "law"}))
        for verified in (True, False)
        for on in (DAY - timedelta(1), DAY, DAY + timedelta(1))
    ]


EVERYTHING = everything()


@given(st.lists(nested(), min_size=1, max_size=2))
def test_what_something_matches_is_never_called_impossible(filters: list[Filter]) -> None:
    tests = [predicate(one) for one in filters]
    if any(all(test(subject) for test in tests) for subject in EVERYTHING):
        assert possible(filters)


@pytest.mark.parametrize(
    ("words", "sound"),
    [
        ("measure: count, where: {kind: verdict, item: [a]}, at_least: 2", False),
        ("measure: count, where: {kind: [scored, accepted], item: [a, b]}, at_least: 3", False),
        ("measure: count, where: {kind: scored, item: [a, b]}, at_least: 2", True),
        ("measure: count, where: {item: [a]}, at_least: 2", True),
        ("measure: attest, document: d, by: self, at_least: 2", False),
        ("measure: attest, document: d, by: supervisor, at_least: 2", True),
    ],
)
def test_no_more_is_counted_than_there_can_be(words: str, sound: bool) -> None:
    text = (
        "program: p\ntrack: t\ncatalogue: c\nversion: 1\ntitle: T\npolicy: {partial: proportional}\n"
        f"require: {{id: root, title: Root, {words}}}\n"
        "award: {credential: c, decided_by: d, valid: forever}\n"
    )
    assert (lint(text, name="t.yaml") == []) is sound
