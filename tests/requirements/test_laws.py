"""Laws of the audit, on generated definitions and people."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from cecto import requirements
from cecto.requirements import Audit, Coming, Entry, ExceptionFact, Facts, Rules, Status
from tests.requirements import oracle
from tests.requirements.worlds import END, LATE, World, comings, divided, entries, facts, ledgers, worlds

TRUE_ON = END.replace(year=END.year + 2)
# Worst to best, as an exception may only improve it.
ORDER = [Status.IMPOSSIBLE, Status.OPEN, Status.PENDING, Status.WAIVED, Status.MET]


@lru_cache(maxsize=8)
def rules_of(world: World) -> Rules:
    return requirements.compile(requirements.parse(world.yaml(), name="world.yaml"))


def audited(world: World, person: Facts) -> Audit:
    return requirements.audit(rules_of(world), person, true_on=TRUE_ON, known_at=LATE)


@given(worlds(), ledgers())
def test_equals_the_oracle(world: World, ledger: tuple[Entry, ...]) -> None:
    audit = audited(world, facts(ledger))
    expected = {leaf.id: oracle.value(world, leaf, ledger) for leaf in oracle.leaves(world.tree)}
    assert {node: audit.root.find(node).value for node in expected} == expected
    assert (audit.status is Status.MET) == oracle.met(world, world.tree, ledger)


@given(worlds(), ledgers())
def test_every_minute_is_used_or_has_a_reason(world: World, ledger: tuple[Entry, ...]) -> None:
    audit = audited(world, facts(ledger))
    for leaf in oracle.leaves(world.tree):
        result = audit.root.find(leaf.id)
        asked = [e for e in ledger if not e.reverses and (leaf.measure == "count" or leaf.asked.matches(e))]
        if leaf.measure == "hours":
            spoken = sum(use.amount for use in result.used) + sum(left.amount for left in result.unused)
            assert spoken == sum(_claim(world, entry, ledger) for entry in asked)
            assert {use.entry for use in result.used} | {left.entry for left in result.unused} == {e.id for e in asked}
        assert all(left.because for left in result.unused)
        assert result.value == sum(use.amount for use in result.used)


def _claim(world: World, entry: Entry, ledger: tuple[Entry, ...]) -> int:
    """The minutes an entry brings: what it is worth, or what was attended if that is more."""
    allowed = {found.id: minutes for found, minutes, _, _ in oracle.credited(world, ledger)}
    attended = min(entry.attended, entry.offered) if entry.kind == "attended" else entry.attended
    return max(allowed.get(entry.id, oracle.worth(world, entry)), attended)


@given(worlds(), ledgers(), comings(), st.randoms(use_true_random=False))
def test_order_of_entries_does_not_matter(
    world: World, ledger: tuple[Entry, ...], coming: tuple[Coming, ...], random: Random
) -> None:
    shuffled = list(ledger)
    random.shuffle(shuffled)
    assert audited(world, facts(tuple(shuffled), coming)) == audited(world, facts(ledger, coming))


@given(worlds(), ledgers(), comings())
def test_twice_is_identical(world: World, ledger: tuple[Entry, ...], coming: tuple[Coming, ...]) -> None:
    rules = requirements.compile(requirements.parse(world.yaml(), name="world.yaml"))
    person = facts(ledger, coming)
    first, second = (requirements.audit(rules, person, true_on=TRUE_ON, known_at=LATE) for _ in range(2))
    assert first == second
    assert first.sha256 == second.sha256


@given(worlds(), ledgers(), comings())
def test_the_schedule_is_not_in_the_hash(world: World, ledger: tuple[Entry, ...], coming: tuple[Coming, ...]) -> None:
    assert audited(world, facts(ledger, coming)).sha256 == audited(world, facts(ledger)).sha256


# A cap shared by several requirements may let an earlier entry through instead of a later one, so a part of a capped
# pool can shrink when an entry is added; the pool as a whole cannot. Hence no caps here, and the whole below.
@given(worlds(capped=False), ledgers(), entries(50))
def test_an_entry_more_never_lowers_a_sum(world: World, ledger: tuple[Entry, ...], more: Entry) -> None:
    before, after = audited(world, facts(ledger)), audited(world, facts((*ledger, more)))
    for leaf in oracle.leaves(world.tree):
        if leaf.measure == "hours":
            assert after.root.find(leaf.id).value >= before.root.find(leaf.id).value


@given(worlds(), ledgers(), entries(50))
def test_an_entry_more_never_lowers_the_whole_of_a_capped_pool(
    world: World, ledger: tuple[Entry, ...], more: Entry
) -> None:
    before, after = audited(world, facts(ledger)), audited(world, facts((*ledger, more)))
    for leaf in oracle.leaves(world.tree):
        if leaf.measure == "hours" and leaf.asked == oracle.EVERYTHING:
            assert after.root.find(leaf.id).value >= before.root.find(leaf.id).value


@given(worlds(), ledgers(), comings(), st.data())
def test_a_waiver_never_worsens(
    world: World, ledger: tuple[Entry, ...], coming: tuple[Coming, ...], data: st.DataObject
) -> None:
    node = data.draw(st.sampled_from([leaf.id for leaf in oracle.leaves(world.tree)] + [world.tree.id]))
    text = world.yaml().replace(f"id: {node},", f"id: {node}, waivable: {{by: board}},")
    text = text.replace(f"id: {node}\n", f"id: {node}\n  waivable: {{by: board}}\n")
    rules = requirements.compile(requirements.parse(text, name="world.yaml"))
    granted = ExceptionFact("x", node, "waive", "board", END, LATE)
    person = facts(ledger, coming)
    before = requirements.audit(rules, person, true_on=TRUE_ON, known_at=LATE).root
    waived = replace(person, exceptions=(granted,))
    after = requirements.audit(rules, waived, true_on=TRUE_ON, known_at=LATE).root
    assert after.find(node).status in {Status.MET, Status.WAIVED}
    for result in before.walk():
        assert ORDER.index(after.find(result.id).status) >= ORDER.index(result.status)


@settings(max_examples=settings().max_examples // 3)
@given(worlds(), ledgers())
def test_entries_are_listed_as_they_occurred(world: World, ledger: tuple[Entry, ...]) -> None:
    order = [entry.id for entry in sorted(ledger, key=lambda entry: (entry.occurred_on, entry.id))]
    root = audited(world, facts(ledger)).root
    for leaf in oracle.leaves(world.tree):
        result = root.find(leaf.id)
        for listed in ([use.entry for use in result.used], [left.entry for left in result.unused]):
            assert listed == sorted(listed, key=order.index)


# What lint rightly says of definitions that nobody wrote.
_AS_GENERATED = ("title", "never be met", "No requirement reads the pool")


@given(worlds(), ledgers())
def test_generated_definitions_lint_but_for_titles(world: World, ledger: tuple[Entry, ...]) -> None:
    problems = requirements.lint(world.yaml(), name="world.yaml")
    assert [p for p in problems if not any(word in p.message for word in _AS_GENERATED)] == []


@given(worlds(capped=False), ledgers(), st.data())
def test_where_they_sat_changes_no_sum_that_does_not_ask(
    world: World, ledger: tuple[Entry, ...], data: st.DataObject
) -> None:
    """Attendance in two formats is worth what it is in one: grace and threshold see the whole part."""
    taken = {e.reverses for e in ledger} | {e.id.removesuffix("b") for e in ledger if e.id.endswith("b")}
    whole = [e for e in ledger if e.kind == "attended" and not e.reverses and e.attended > 1]
    whole = [e for e in whole if e.id not in taken and not e.id.endswith("b")]
    minutes = {e.id: data.draw(st.integers(1, e.attended - 1)) for e in whole}
    parts = {e.id: divided(e, minutes[e.id], minutes[e.id], "sync") for e in whole}
    apart = tuple(part for e in ledger for part in parts.get(e.id, (e,)))
    before, after = audited(world, facts(ledger)), audited(world, facts(apart))
    for leaf in oracle.leaves(world.tree):
        if not leaf.asked.modality:
            assert after.root.find(leaf.id).value == before.root.find(leaf.id).value
