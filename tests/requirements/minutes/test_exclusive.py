"""Exclusive counting and flows, against brute force on small cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto import requirements
from cecto.requirements import Audit, Coming, Entry, Status
from cecto.requirements.facts import Modality
from cecto.requirements.minutes import whole
from cecto.requirements.minutes.splitting import Part, divide
from cecto.requirements.minutes.whole import assign
from tests.requirements.worlds import END, LATE, START, activities, facts, posted


@st.composite
def divisible(draw: st.DrawFn) -> tuple[list[dict[int, Part]], list[int], list[list[int]]]:
    """Small claims on up to three demands, each demand with up to two caps of which the second is inside the first."""
    demands = draw(st.lists(st.integers(0, 5), min_size=1, max_size=3))
    caps = [draw(st.lists(st.integers(0, 4), max_size=2)) for _ in demands]
    claims = []
    for _ in range(draw(st.integers(0, 4))):
        minutes = draw(st.integers(1, 3))
        takers = draw(st.sets(st.integers(0, len(demands) - 1), min_size=1))
        claims.append(
            {t: Part(draw(st.sampled_from((minutes, 2))), _under(draw, len(caps[t]))) for t in sorted(takers)}
        )
    return claims, demands, caps


def _under(draw: st.DrawFn, caps: int) -> tuple[int, ...]:
    return tuple(range(draw(st.integers(0, caps))))


Got = tuple[int, ...]


def most_met(claims: list[dict[int, Part]], demands: list[int], caps: list[list[int]]) -> int:
    """The most demands met by any way to divide the claims minute by minute under the caps."""
    ways: set[tuple[Got, tuple[Got, ...]]] = {((0,) * len(demands), tuple((0,) * len(each) for each in caps))}
    for claim in claims:
        whole = max(part.minutes for part in claim.values())
        amounts = product(*(range(part.minutes + 1) for part in claim.values()))
        chosen = [dict(zip(claim, each, strict=True)) for each in amounts if sum(each) <= whole]
        ways = {made for way in ways for each in chosen if (made := _more(way, each, claim, demands, caps))}
    return max(sum(g >= d for g, d in zip(got, demands, strict=True)) for got, _ in ways)


def _more(
    way: tuple[Got, tuple[Got, ...]],
    given: dict[int, int],
    claim: dict[int, Part],
    demands: list[int],
    caps: list[list[int]],
) -> tuple[Got, tuple[Got, ...]] | None:
    got = tuple(min(d, had + given.get(t, 0)) for t, (had, d) in enumerate(zip(way[0], demands, strict=True)))
    full = tuple(
        tuple(had + (given.get(t, 0) if t in claim and n in claim[t].caps else 0) for n, had in enumerate(each))
        for t, each in enumerate(way[1])
    )
    fits = all(
        had <= most for each, bounds in zip(full, caps, strict=True) for had, most in zip(each, bounds, strict=True)
    )
    return (got, full) if fits else None


@given(divisible())
def test_dividing_meets_as_many_as_can_be_met_under_every_cap(
    world: tuple[list[dict[int, Part]], list[int], list[list[int]]],
) -> None:
    claims, demands, caps = world
    given = divide(claims, demands, caps)
    got = [sum(each.get(taker, 0) for each in given) for taker in range(len(demands))]
    assert sum(g >= d for g, d in zip(got, demands, strict=True)) == most_met(claims, demands, caps)
    for claim, each in zip(claims, given, strict=True):
        assert sum(each.values()) <= max(part.minutes for part in claim.values())
        assert all(minutes <= claim[taker].minutes for taker, minutes in each.items())
    for taker, bounds in enumerate(caps):
        for n, most in enumerate(bounds):
            under = [
                each.get(taker, 0) for c, each in zip(claims, given, strict=True) if taker in c and n in c[taker].caps
            ]
            assert sum(under) <= most


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
    assert {_as_met(one.served, demands) for one in found} == best_whole(claims, demands)
    for one in found:
        got = _got(claims, one.takers, len(demands))
        assert all(got[n] >= demands[n] for n in one.served)
        assert not one.unknown


def _as_met(served: frozenset[int], demands: Sequence[int]) -> tuple[bool, ...]:
    return tuple(n in served for n in range(len(demands)))


def _got(claims: Sequence[Mapping[int, int]], takers: Sequence[int], number: int) -> list[int]:
    pairs = list(zip(claims, takers, strict=True))
    return [sum(claim[taker] for claim, taker in pairs if taker == n) for n in range(number)]


def test_a_search_too_large_says_that_it_does_not_know() -> None:
    # Sixty sizes without a common measure, three takers, and one minute more than the halves can give.
    sizes = [1009 + 37 * n * n % 991 for n in range(60)]
    claims = [dict.fromkeys(range(3), size) for size in sizes]
    third = sum(sizes) // 3
    found = assign(claims, [third, third, third])[0]
    assert len(found.takers) == 60
    got = _got(claims, found.takers, 3)
    assert {n for n in range(3) if got[n] >= third} | found.unknown == {0, 1, 2}


@pytest.mark.parametrize("number", [60, 240])
def test_the_search_of_a_group_has_a_bound_of_steps(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    allows = whole._Bound.allows

    def _counted(bound: whole._Bound, *args: object) -> bool:
        steps.append(1)
        return allows(bound, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(whole._Bound, "allows", _counted)
    claims = [dict.fromkeys(range(6), 1009 + 37 * n * n % 991) for n in range(number)]
    assign(claims, [sum(max(claim.values()) for claim in claims) // 6] * 6)
    assert len(steps) <= 7 * whole.MOST_STEPS


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


EITHER = """\
program: p
track: t
catalogue: c
version: 1
title: Exclusive
policy: {partial: proportional}
require:
  id: root
  title: Either way
  any:
    - id: long
      title: Long
      all:
        - {id: a, measure: hours, where: {competency: security}, at_least: 60m, use: {exclusive: g, split: false}}
        - {id: why, measure: hours, where: {competency: governance}, at_least: 60m}
    - {id: b, measure: hours, where: {modality: f2f}, at_least: 60m, use: {exclusive: g, split: false}}
award: {credential: c, decided_by: d, valid: forever}
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


def test_a_tie_that_no_choice_can_save_is_not_undecided() -> None:
    audit = audited((one("e", "f2f", "security", 60, START),), 60, 60, split=False)
    assert [audit.root.find(node).status for node in ("a", "b")] == [Status.MET, Status.IMPOSSIBLE]
    assert "can count for “A” or “B”, not for both" in audit.root.find("b").sentence
    assert audit.status is Status.IMPOSSIBLE


def test_of_choices_as_good_for_the_group_the_one_that_meets_the_whole_is_taken() -> None:
    # Either A or B can have the entry; beside A the whole would also ask for Y, which was not done.
    rules = requirements.compile(requirements.parse(EITHER, name="x.yaml"))
    done = (one("e", "f2f", "security", 60, START), one("f", "sync", "legal", 60, START))
    root = requirements.audit(rules, facts(done), true_on=END, known_at=LATE).root
    assert [root.find(node).status for node in ("a", "b")] == [Status.IMPOSSIBLE, Status.MET]
    assert root.status is Status.MET


def test_an_exception_chooses_between_them() -> None:
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
