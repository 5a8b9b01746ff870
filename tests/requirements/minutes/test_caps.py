"""Law 4: a cap is an upper bound and all hold, and no minute under overlapping caps goes to waste."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from hypothesis import given
from hypothesis import strategies as st

from cecto import requirements
from cecto.requirements import Activity, Coming, Entry, ExceptionFact, Facet, Result, Rules
from tests.requirements.worlds import END, LATE, START, facts, posted

TEXT = """\
program: p
track: t
catalogue: c
version: 1
title: Capped
policy: {{partial: proportional}}
pools:
  all:
    allocate: flow
    limits:
{caps}
require: {{id: root, title: All, measure: hours, from: all, at_least: 100h, waivable: {{by: board}}}}
award: {{credential: c, decided_by: d, valid: forever}}
"""
TAGS = ("t0", "t1", "t2", "t3")


@dataclass(frozen=True)
class Given:
    """Minutes of an entry, and the caps over it."""

    minutes: int
    tags: tuple[str, ...]


@lru_cache(maxsize=64)
def rules(caps: tuple[int, ...]) -> Rules:
    lines = "\n".join(
        f"      - {{id: cap-{n}, title: Cap {n}, where: {{tag: t{n}}}, at_most: {most}m}}"
        for n, most in enumerate(caps)
    )
    return requirements.compile(requirements.parse(TEXT.format(caps=lines), name="caps.yaml"))


def entry(number: int, given: Given) -> Entry:
    facets = {"p": Facet(tags=frozenset(given.tags))}
    activity = Activity(f"a{number}", "study", item=f"i{number}", facets=facets)
    return posted(f"e{number}", "recognized", activity, START + timedelta(days=number), given.minutes, given.minutes)


def audited(caps: tuple[int, ...], did: list[Given], ahead: tuple[Given, ...] = (), without: str = "") -> Result:
    entries = tuple(entry(n, each) for n, each in enumerate(did))
    coming = tuple(Coming(_later(100 + n, each), END, each.minutes) for n, each in enumerate(ahead))
    excluded = (ExceptionFact("x", "root", "exclude", "board", START, LATE, entry=without),) if without else ()
    person = facts(entries, coming, exceptions=excluded)
    return requirements.audit(rules(caps), person, true_on=END, known_at=LATE).root


def _later(number: int, given: Given) -> Activity:
    return Activity(f"c{number}", "module", item=f"c{number}", facets={"p": Facet(tags=frozenset(given.tags))})


def most(caps: tuple[int, ...], did: list[Given]) -> int:
    """The most that fits, trying every minute count of every sort."""
    sorts: dict[tuple[str, ...], int] = {}
    for each in did:
        sorts[tuple(sorted(each.tags))] = sorts.get(tuple(sorted(each.tags)), 0) + each.minutes
    return _best(tuple(sorts.items()), caps)


@lru_cache(maxsize=50_000)
def _best(sorts: tuple[tuple[tuple[str, ...], int], ...], left: tuple[int, ...]) -> int:
    if not sorts:
        return 0
    (tags, minutes), *rest = sorts
    over = [TAGS.index(tag) for tag in tags if TAGS.index(tag) < len(left)]
    best = 0
    for amount in range(min([minutes, *(left[n] for n in over)]) + 1):
        room = tuple(cap - amount if n in over else cap for n, cap in enumerate(left))
        best = max(best, amount + _best(tuple(rest), room))
    return best


CAPS = st.lists(st.integers(0, 6), min_size=1, max_size=4).map(tuple)
DID = st.lists(st.builds(Given, st.integers(1, 5), st.lists(st.sampled_from(TAGS), unique=True).map(tuple)), max_size=7)


@given(CAPS, DID)
def test_all_caps_hold_and_the_most_that_fits_counts(caps: tuple[int, ...], did: list[Given]) -> None:
    result = audited(caps, did)
    used = {use.entry: use.amount for use in result.used}
    for n, cap in enumerate(caps):
        assert sum(used.get(f"e{at}", 0) for at, each in enumerate(did) if f"t{n}" in each.tags) <= cap
    assert result.value == most(caps, did)
    spoken = result.value + sum(left.amount for left in result.unused)
    assert spoken == sum(each.minutes for each in did)


@given(CAPS, DID, DID)
def test_what_is_coming_adds_as_much_as_the_most_rises(
    caps: tuple[int, ...], did: list[Given], ahead: list[Given]
) -> None:
    result = audited(caps, did, tuple(ahead))
    assert result.value == most(caps, did)
    assert result.value + result.possible == most(caps, [*did, *ahead])


@given(CAPS, DID, st.data())
def test_what_an_exception_excludes_uses_no_cap(caps: tuple[int, ...], did: list[Given], data: st.DataObject) -> None:
    if did:
        out = data.draw(st.integers(0, len(did) - 1))
        assert audited(caps, did, without=f"e{out}").value == most(caps, [*did[:out], *did[out + 1 :]])


def test_caps_that_overlap_in_a_ring_are_filled_in_whole_minutes() -> None:
    ring = [Given(1, ("t0", "t1")), Given(1, ("t1", "t2")), Given(1, ("t2", "t0"))]
    assert audited((1, 1, 1), ring).value == 1
    assert audited((3, 3, 3), [Given(3, each.tags) for each in ring]).value == 4
