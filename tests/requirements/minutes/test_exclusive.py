"""Exclusive counting and flows, against brute force on small cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from cecto import requirements
from cecto.requirements import Audit, Coming, Entry, Status
from cecto.requirements.facts import Modality
from cecto.requirements.minutes.flows import serve
from cecto.requirements.minutes.whole import assign
from tests.requirements.worlds import END, LATE, START, activities, facts, posted

DEMANDS = st.lists(st.integers(0, 6), min_size=1, max_size=3)


@st.composite
def supplies(draw: st.DrawFn, takers: int) -> dict[frozenset[int], int]:
    """Small supplies over that many takers."""
    sets = st.frozensets(st.integers(0, takers - 1), min_size=1)
    return draw(st.dictionaries(sets, st.integers(0, 5), max_size=4))


def most(units: list[frozenset[int]], demands: Sequence[int], counted: frozenset[int]) -> int:
    """The most units that can be given to these takers, trying every way."""
    best = 0
    for choice in product(*(sorted(unit) for unit in units)):
        got = [min(demands[n], choice.count(n)) for n in counted]
        best = max(best, sum(got))
    return best


@given(st.data(), DEMANDS)
def test_a_flow_serves_the_first_in_full_and_then_the_most(data: st.DataObject, demands: list[int]) -> None:
    given_supplies = data.draw(supplies(len(demands)))
    units = [takers for takers, supply in given_supplies.items() for _ in range(supply)][:7]
    small = {takers: units.count(takers) for takers in set(units)}
    flow = serve(small, demands)
    got = [sum(amount for (_, taker), amount in flow.items() if taker == n) for n in range(len(demands))]
    for count in range(1, len(demands) + 1):
        assert sum(got[:count]) == most(units, demands, frozenset(range(count)))
    for takers, supply in small.items():
        assert sum(flow[takers, taker] for taker in takers) <= supply


def best_whole(claims: Sequence[Mapping[int, int]], demands: Sequence[int]) -> set[tuple[bool, ...]]:
    """Every best set of demands met, trying every assignment of whole claims."""
    met = set()
    for choice in product(*(sorted(claim) for claim in claims)):
        got = [
            sum(claim[taker] for claim, taker in zip(claims, choice, strict=True) if taker == n)
            for n in range(len(demands))
        ]
        met.add(tuple(total >= demand for total, demand in zip(got, demands, strict=True)))
    most_met = max(map(sum, met))
    return {each for each in met if sum(each) == most_met}


@given(st.data(), st.lists(st.integers(0, 12), min_size=1, max_size=3))
def test_whole_claims_meet_what_any_assignment_could(data: st.DataObject, demands: list[int]) -> None:
    sets = st.frozensets(st.integers(0, len(demands) - 1), min_size=1)
    pairs = data.draw(st.lists(st.tuples(sets, st.integers(1, 8)), max_size=6))
    claims = [dict.fromkeys(sorted(takers), minutes) for takers, minutes in pairs]
    found = assign(claims, demands)
    got = [sum(c[t] for c, t in zip(claims, found.takers, strict=True) if t == n) for n in range(len(demands))]
    met = tuple(total >= demand for total, demand in zip(got, demands, strict=True))
    best = best_whole(claims, demands)
    assert met in best
    assert found.undecided == {n for n in range(len(demands)) if len({each[n] for each in best}) > 1}


def test_a_search_too_large_says_that_it_does_not_know() -> None:
    # Sixty sizes without a common measure, three takers, and one minute more than the halves can give.
    sizes = [1009 + 37 * n * n % 991 for n in range(60)]
    claims = [dict.fromkeys(range(3), size) for size in sizes]
    third = sum(sizes) // 3
    found = assign(claims, [third, third, third])
    assert len(found.takers) == 60
    got = [sum(size for size, taker in zip(sizes, found.takers, strict=True) if taker == n) for n in range(3)]
    met = {n for n in range(3) if got[n] >= third}
    assert met | found.undecided == {0, 1, 2}


TEXT = """\
program: p
track: t
catalogue: c
version: 1
title: Exclusive
policy: {{partial: proportional}}
require:
  id: root
  title: Both
  all:
    - id: a
      title: A
      measure: hours
      where: {{competency: security}}
      at_least: {a}m
      use: {{exclusive: g, split: {split}}}
    - id: b
      title: B
      measure: hours
      where: {{modality: f2f}}
      at_least: {b}m
      use: {{exclusive: g, split: {split}}}
award: {{credential: c, decided_by: d, valid: forever}}
"""


def audited(ledger: tuple[Entry, ...], a: int, b: int, *, split: bool, coming: tuple[Coming, ...] = ()) -> Audit:
    text = TEXT.format(a=a, b=b, split=str(split).lower())
    rules = requirements.compile(requirements.parse(text, name="x.yaml"))
    return requirements.audit(rules, facts(ledger, coming), true_on=END, known_at=LATE)


@st.composite
def small_ledgers(draw: st.DrawFn) -> tuple[Entry, ...]:
    """A few attended sessions of a few minutes."""
    made = []
    for n in range(draw(st.integers(0, 6))):
        activity = draw(activities(n, "session"))
        minutes = draw(st.integers(1, 9))
        made.append(posted(f"e{n}", "attended", activity, START + timedelta(days=n), minutes, minutes))
    return tuple(made)


@given(small_ledgers(), st.integers(0, 20), st.integers(0, 20), st.booleans())
def test_no_minute_counts_twice_and_every_minute_is_accounted_for(
    ledger: tuple[Entry, ...], a: int, b: int, split: bool
) -> None:
    audit = audited(ledger, a, b, split=split)
    used: dict[str, int] = {}
    for node, fits in (("a", _secure), ("b", _in_person)):
        result = audit.root.find(node)
        for use in result.used:
            used[use.entry] = used.get(use.entry, 0) + use.amount
        spoken = sum(use.amount for use in result.used) + sum(left.amount for left in result.unused)
        assert spoken == sum(entry.attended for entry in ledger if fits(entry))
    assert all(used.get(entry.id, 0) <= entry.attended for entry in ledger)
    if not split:
        assert all(used.get(entry.id, 0) in {0, entry.attended} for entry in ledger)


@given(small_ledgers(), st.integers(0, 20), st.integers(0, 20))
def test_split_counting_meets_both_whenever_it_can_be_done(ledger: tuple[Entry, ...], a: int, b: int) -> None:
    both = sum(entry.attended for entry in ledger if _secure(entry) and _in_person(entry))
    only_a = sum(entry.attended for entry in ledger if _secure(entry)) - both
    only_b = sum(entry.attended for entry in ledger if _in_person(entry)) - both
    possible = max(0, a - only_a) + max(0, b - only_b) <= both
    assert (audited(ledger, a, b, split=True).status is Status.MET) == possible


def _secure(entry: Entry) -> bool:
    return entry.activity.facets["p"].competency == "security"


def _in_person(entry: Entry) -> bool:
    return entry.activity.modality == "f2f"


def one(key: str, modality: Modality, competency: str, minutes: int, day: date) -> Entry:
    facets = {"p": requirements.Facet(competency=competency)}
    activity = requirements.Activity(key, "session", modality=modality, meeting=key, facets=facets)
    return posted(key, "attended", activity, day, minutes, minutes)


def test_one_entry_that_could_serve_either_is_undecided() -> None:
    audit = audited((one("e", "f2f", "security", 60, START),), 60, 60, split=False)
    choose = "These entries can meet “A” or “B”, not all of them; exclude entries by exception to choose."
    assert [audit.root.find(node).status for node in ("a", "b")] == [Status.UNDECIDED, Status.UNDECIDED]
    assert audit.root.find("a").sentence.endswith(choose)


def test_an_exception_chooses_when_it_is_undecided() -> None:
    text = TEXT.format(a=60, b=60, split="false").replace("title: B\n", "title: B\n      waivable: {by: board}\n")
    rules = requirements.compile(requirements.parse(text, name="x.yaml"))
    chosen = requirements.ExceptionFact("x", "b", "exclude", "board", START, LATE, entry="e")
    person = facts((one("e", "f2f", "security", 60, START),), exceptions=(chosen,))
    root = requirements.audit(rules, person, true_on=END, known_at=LATE).root
    assert [root.find(node).status for node in ("a", "b")] == [Status.MET, Status.IMPOSSIBLE]


def test_what_is_coming_may_free_an_entry_for_the_other() -> None:
    ledger = (one("e", "f2f", "security", 60, START),)
    coming = (Coming(one("later", "sync", "security", 60, START).activity, START + timedelta(days=40), 60),)
    audit = audited(ledger, 60, 60, split=True, coming=coming)
    assert [audit.root.find(node).status for node in ("a", "b")] == [Status.MET, Status.PENDING]
    assert audit.status is Status.PENDING
