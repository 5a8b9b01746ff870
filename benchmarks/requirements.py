"""The audit alone: facts in memory, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from benchmarks.harness.measure import Bench, Work
from cecto import requirements
from cecto.definitions import examples, shipped
from cecto.requirements import Activity, Entry, Facet, Facts, Partner, Rules
from cecto.requirements.trials.trying import facts_of

TITLE = "The audit, without a database"
ON = date(2016, 3, 1)
AT = datetime(2016, 3, 1, 12, tzinfo=UTC)
DIRECTORS, LEADERS = 17, 14


def run(bench: Bench) -> None:
    """A person of 50 entries and a class of 31; sums under caps, split and whole counting; reading a definition."""
    directors, leaders = rules("cecto-technology-director-2015-16"), rules("cecto-leaders-21c-2015-16")
    director = person("cecto-technology-director-2015-16")
    group = _class(director, person("cecto-leaders-21c-2015-16"), directors, leaders)
    bench.measure(
        Work("adding up a person's minutes (the floor)", lambda: _sum(director), repeat=200, floor=True),
        Work("one audit of a technology director", lambda: _audit(directors, director), repeat=200, limit_ms=2),
        Work("a class of 31", lambda: [_audit(held_to, facts) for held_to, facts in group], repeat=30, limit_ms=25),
    )
    items = many(1_000)
    capped, split, whole = (compiled(text) for text in (CAPPED, SPLIT, SPLIT.replace("split: true", "split: false")))
    bench.measure(
        Work("adding up 1,000 items", lambda: _sum(items), repeat=100, floor=True),
        Work("1,000 items under 18 caps", lambda: _audit(capped, items), limit_ms=5),
        Work("1,000 items shared out to three requirements, split", lambda: _audit(split, items), limit_ms=5),
        Work("60 items shared out to three requirements, whole", lambda: _audit(whole, many(60)), repeat=5),
    )
    text = dict(shipped())["cecto-technology-director-2015-16"]
    bench.measure(Work("reading and linting a definition", lambda: requirements.lint(text, name="x.yaml"), repeat=10))
    bench.notes.append("Goals: one audit under 2 ms, a class of 31 under 25 ms, capped sums of 1,000 items under 5 ms.")


def _audit(held_to: Rules, facts: Facts) -> object:
    return requirements.audit(held_to, facts, true_on=ON, known_at=AT)


def _sum(facts: Facts) -> int:
    return sum(entry.attended for entry in facts.entries if entry.occurred_on <= ON and entry.recorded_at <= AT)


def rules(name: str) -> Rules:
    """The rules of a shipped definition."""
    return compiled(dict(shipped())[name])


def compiled(text: str) -> Rules:
    """The rules of a text."""
    return requirements.compile(requirements.parse(text, name="benchmark.yaml"))


def person(name: str) -> Facts:
    """The first example person of a shipped definition, midway through the year."""
    read = requirements.read_examples(examples(name), name=name)
    first = replace(read.persons[0], true_on=ON)
    return facts_of(read, first, program="cecto", track="")


def _class(director: Facts, leader: Facts, directors: Rules, leaders: Rules) -> list[tuple[Rules, Facts]]:
    """Seventeen directors and fourteen leaders, each linked to the whole other track and one of them their own."""
    found = [(directors, _linked(director, leader, "leaders-21c", LEADERS)) for _ in range(DIRECTORS)]
    return found + [(leaders, _linked(leader, director, "technology-director", DIRECTORS)) for _ in range(LEADERS)]


def _linked(facts: Facts, other: Facts, track: str, number: int) -> Facts:
    since = facts.class_start
    everyone = [Partner(f"p{n}", "same-class", since, None, track, other.entries) for n in range(number)]
    own = Partner("p0", "same-organization", since, None, track, other.entries)
    return replace(facts, partners=(*everyone, own))


def many(number: int) -> Facts:
    """A person with so many recognized items of three categories, three modalities and two tags."""
    return Facts("p", "t", date(2015, 1, 1), date(2017, 1, 1), tuple(_item(n) for n in range(number)))


def _item(number: int) -> Entry:
    day = date(2015, 1, 1) + timedelta(days=number % 400)
    facet = Facet(category=f"c{number % 18}", tags=frozenset({f"t{number % 2}", f"u{number % 3}"}))
    modality = ("f2f", "sync", "async")[number % 3]
    activity = Activity(f"a{number}", "study", modality=modality, item=f"i{number}", facets={"": facet})  # type: ignore[arg-type]
    at = datetime.combine(day, time(12), UTC)
    minutes = 15 * (1 + number % 7)
    return Entry(f"e{number:04d}", "recognized", activity, day, at, minutes, minutes)


HEAD = """\
program: p
track: t
catalogue: c
version: 1
title: Benchmark
policy: {partial: proportional}
award: {credential: c, decided_by: d, valid: forever}
"""
_CAPS = "".join(
    f"      - {{id: cap-{n}, title: Cap {n}, where: {{category: c{n}}}, at_most: 20h}}\n" for n in range(18)
)
CAPPED = f"""{HEAD}pools:
  all:
    limits:
{_CAPS}require: {{id: hours, title: Hours, measure: hours, from: all, at_least: 400h}}
"""
SPLIT = f"""{HEAD}require:
  id: root
  all:
    - {{id: a, measure: hours, where: {{modality: [f2f, sync]}}, at_least: 30h, use: {{exclusive: g, split: true}}}}
    - {{id: b, measure: hours, where: {{tag: t0}}, at_least: 25h, use: {{exclusive: g, split: true}}}}
    - {{id: c, measure: hours, where: {{tag: [u1, u2]}}, at_least: 20h, use: {{exclusive: g, split: true}}}}
"""
