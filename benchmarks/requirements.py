"""The audit alone: facts in memory, no database."""

from __future__ import annotations

from collections.abc import Sequence
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
    _growing(bench, directors, director)
    _sharing(bench)
    _renewing(bench)
    text = dict(shipped())["cecto-technology-director-2015-16"]
    bench.measure(Work("reading and linting a definition", lambda: requirements.lint(text, name="x.yaml"), repeat=10))
    bench.notes.append("Goals: one audit under 2 ms, a class of 31 under 25 ms, capped sums of 1,000 items under 5 ms.")


def _growing(bench: Bench, directors: Rules, director: Facts) -> None:
    """A technology director with ten times and a hundred times the entries: the ratio is to stay near these numbers."""
    more = {times: _times(director, times) for times in (1, 10, 100)}
    bench.measure(
        Work("a technology director", lambda: _audit(directors, more[1]), repeat=50, floor=True),
        Work("with 10 times the entries", lambda: _audit(directors, more[10]), repeat=10, limit_ratio=12),
        Work("with 100 times the entries", lambda: _audit(directors, more[100]), repeat=3, limit_ratio=120),
    )


def _times(facts: Facts, times: int) -> Facts:
    copies = (entry._replace(id=f"{entry.id} {n}") for n in range(times) for entry in facts.entries)
    return replace(facts, entries=tuple(copies))


def _sharing(bench: Bench) -> None:
    """Eight caps that overlap, and six requirements that share whole entries: within reach, and just out of it."""
    flow, items = compiled(FLOW), many(5_000)
    near, few, far, lots = compiled(six(SIXTY)), many(60), compiled(six(THOUSAND)), many(1_000)
    beyond = compiled(six([2 * hours for hours in SIXTY]))
    bench.measure(
        Work("adding up 5,000 items", lambda: _sum(items), repeat=20, floor=True),
        Work("5,000 items under 8 caps that overlap", lambda: _audit(flow, items), repeat=3, limit_ms=1_000),
        Work("60 items shared out whole to six requirements", lambda: _audit(near, few), repeat=5, limit_ms=50),
        Work("the same where not all can be met", lambda: _audit(beyond, few), repeat=5, limit_ms=50),
        Work("1,000 items shared out whole to six requirements", lambda: _audit(far, lots), repeat=3, limit_ms=1_000),
    )


def _renewing(bench: Bench) -> None:
    """A yearly renewal, twelve activities a year: twice the years are to take twice the time."""
    yearly = compiled(YEARLY)
    lives = {years: _life(years) for years in (10, 20, 40)}

    def stands(years: int) -> object:
        on = date(2015 + years, 11, 1)
        return requirements.audit_renewal(yearly, lives[years], true_on=on, known_at=AT.replace(year=2100))

    bench.measure(
        Work("10 yearly cycles", lambda: stands(10), repeat=10, floor=True),
        Work("20 yearly cycles", lambda: stands(20), repeat=5, limit_ratio=2.5),
        Work("40 yearly cycles", lambda: stands(40), repeat=3, limit_ratio=5),
    )


def _life(years: int) -> Facts:
    days = [date(2015, 1, 1) + timedelta(days=365 * n // 12 + 1) for n in range(12 * years)]
    entries = tuple(_item(n)._replace(occurred_on=day, attended=120, offered=120) for n, day in enumerate(days))
    return Facts("p", "t", date(2014, 1, 1), date(2015, 1, 1), entries, awarded_on=date(2015, 1, 1))


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


def six(targets: Sequence[int]) -> str:
    """Six requirements that share whole entries, each with its target in hours."""
    use = "use: {exclusive: g, split: false}"
    lines = [
        f"    - {{id: r{n}, measure: hours, where: {{{where}}}, at_least: {hours}h, {use}}}\n"
        for n, (where, hours) in enumerate(zip(_SHARED, targets, strict=True))
    ]
    return f"{HEAD}require:\n  id: root\n  all:\n{''.join(lines)}"


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
_OVERLAPPING = (
    "modality: [f2f, sync]", "modality: [sync, async]", "tag: t0", "tag: u1", "tag: u2",
    "category: [c1, c2, c3, c4, c5, c6]", "category: [c5, c6, c7, c8, c9]", "modality: f2f",
)  # fmt: skip
_OVERLAPS = "".join(
    f"      - {{id: cap-{n}, title: Cap {n}, where: {{{where}}}, at_most: 200h}}\n"
    for n, where in enumerate(_OVERLAPPING)
)
FLOW = f"""{HEAD}pools:
  all:
    allocate: flow
    limits:
{_OVERLAPS}require: {{id: hours, title: Hours, measure: hours, from: all, at_least: 4000h}}
"""
_SHARED = (
    "modality: [f2f, sync]",
    "tag: t0",
    "tag: [u1, u2]",
    "category: [c1, c2, c3, c4, c5]",
    "modality: async",
    "tag: t1",
)
SIXTY, THOUSAND = (11, 10, 9, 8, 9, 9), (187, 170, 153, 136, 153, 153)
YEARLY = f"""{HEAD}require: {{id: hours, measure: hours, at_least: 1h}}
renewal:
  cycle: {{length: 1y}}
  carry: {{over: 2h}}
  on_lapse: {{status: lapsed}}
  require: {{id: again, title: Again, measure: hours, window: cycle, at_least: 20h}}
"""
