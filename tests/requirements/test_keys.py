"""Law 7: every key that is accepted does something: with and without it, someone's audit differs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cecto import requirements
from cecto.requirements import Activity, Background, Entry, Facet, Facts, Partner, Result
from tests.requirements.worlds import END, LATE, START, facts, posted

HEAD = """\
program: p
track: t
catalogue: c
version: 1
title: Keys
policy: {partial: proportional}
award: {credential: c, decided_by: d, valid: forever}
"""
BEFORE = START - timedelta(days=400)
CLASS = "window: [class.start, class.end]"
SINCE = "where: {date: {from: 2015-08-19}}"


def item(key: str, kind: str, **more: object) -> Entry:
    activity = Activity(key, "project", item=key, series="s", facets={"p": Facet(category="paper")})
    return posted(key, kind, activity, START, 60, 60)._replace(**more)  # type: ignore[arg-type]


def part(key: str, meeting: str, days: int) -> Entry:
    activity = Activity(key, "session", meeting=meeting, segment=key, series="talks")
    return posted(key, "attended", activity, START + timedelta(days=days), 60, 60)._replace(evidence="sheet")


def person() -> Facts:
    """Work judged, scored and proved, well and badly; a session of two parts, twice; and facts from long before."""
    entries = [
        item("good", "verdict", outcome="pass", by=("a",)),
        item("bad", "verdict", outcome="fail", by=("a",)),
        item("fair", "verdict", outcome="merit", by=("a",)),
        item("high", "scored", score=80),
        item("low", "scored", score=20),
        item("sure", "held"),
        item("unsure", "held", verified=False),
        item("self", "attested", by=("self",), verified=False),
        part("one-a", "one", 1), part("one-b", "one", 1), part("two-a", "two", 2), part("two-b", "two", 2),
    ]  # fmt: skip
    before = [("years", "work", 4000), ("held", "degree", 1), ("paid", "fee", 3900)]
    background = tuple(Background(kind, of, amount, BEFORE, LATE) for kind, of, amount in before)  # type: ignore[arg-type]
    mentor = Partner("m", "mentor", BEFORE, START)
    return facts(tuple(entries), background=background, partners=(mentor,))


def audited(words: str, pool: str = "") -> Result:
    pools = f"pools: {{all: {{{pool}}}}}\n" if pool else ""
    text = f"{HEAD}{pools}require: {{id: root, title: Root, {words}}}\n"
    rules = requirements.compile(requirements.parse(text, name="keys.yaml"))
    return requirements.audit(rules, person(), true_on=END, known_at=LATE).root


@pytest.mark.parametrize(
    ("words", "key", "without", "value"),
    [
        ("measure: count, at_least: 9, where: {kind: verdict}", "", 1, 1),
        ("measure: count, at_least: 9, where: {kind: verdict}", "outcome: merit", 1, 1),
        ("measure: count, at_least: 9, where: {kind: verdict}", "outcome: none", 1, 0),
        ("measure: count, at_least: 9, where: {kind: scored}", "scored: 60", 2, 1),
        ("measure: count, at_least: 9, where: {kind: held}", "", 1, 1),
        ("measure: years, of: work, at_least: 5y", CLASS, 4000, 0),
        ("measure: years, of: work, at_least: 5y", SINCE, 4000, 0),
        ("measure: held, any_of: [degree]", CLASS, 1, 0),
        ("measure: held, any_of: [degree]", SINCE, 1, 0),
        ("measure: held, any_of: [degree]", "where: {item: diploma}", 1, 0),
        ("measure: paid, of: fee, at_least: 3900", CLASS, 3900, 0),
        ("measure: paid, of: fee, at_least: 3900", "where: {date: {before: 2015-01-01}}", 3900, 3900),
        ("measure: linked, with: {relation: mentor}", "window: [2010-01-01, 2015-08-01]", 0, 1),
        ("measure: attest, document: self, by: self", "where: {verified: false}", 0, 1),
        ("measure: held, any_of: [unsure]", "", 0, 0),
    ],
)
def test_a_key_of_a_requirement_does_something(words: str, key: str, without: int, value: int) -> None:
    assert audited(words).value == without
    assert audited(f"{words}, {key}" if key else words).value == value


@pytest.mark.parametrize(
    ("pool", "minutes"),
    [
        ("where: {kind: attended}", 240),
        ("where: {kind: attended}, distinct: item", 240),
        ("where: {kind: attended}, distinct: evidence", 120),
        ("where: {kind: attended}, value: [{where: {kind: attended}, hours: logged, first_only: series}]", 120),
        ("where: {kind: attended}, value: [{where: {kind: attended}, hours: logged, first_only: item}]", 240),
        ("where: {kind: attended}, value: [{where: {kind: attended}, hours: 90m, per: item}]", 180),
    ],
)
def test_what_counts_once_is_a_session_and_not_its_part(pool: str, minutes: int) -> None:
    assert audited("measure: hours, from: all, at_least: 9h", pool).value == minutes


def test_what_brings_nothing_uses_nothing_up() -> None:
    pool = "where: {kind: [attended, held]}, distinct: evidence, value: [{where: {kind: attended}, hours: logged}]"
    assert audited("measure: hours, from: all, at_least: 9h", pool).value == 120
