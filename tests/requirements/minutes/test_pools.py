"""Values, first times, evidence used once, caps nested and caps as a flow."""

from __future__ import annotations

from datetime import date, timedelta

from cecto import requirements
from cecto.requirements import Activity, Coming, Entry, Facet, Reason, Result
from tests.requirements.worlds import END, LATE, START, facts, posted

HEAD = """\
program: p
track: t
catalogue: c
version: 1
title: Pools
policy: {partial: proportional}
pools:
  all:
"""
TAIL = """
require: {id: hours, title: Hours, measure: hours, from: all, at_least: 100h}
award: {credential: c, decided_by: d, valid: forever}
"""


def entry(number: int, minutes: int = 60, *, item: str = "", category: str = "", tag: str = "", on: date | None = None,
          evidence: str = "", series: str = "", modality: str = "f2f") -> Entry:  # fmt: skip
    activity = Activity(
        f"a{number}", "study", item=item or f"i{number}", series=series, modality=modality,  # type: ignore[arg-type]
        facets={"p": Facet(category=category, tags=frozenset(tag.split()))},
    )  # fmt: skip
    made = posted(f"e{number}", "recognized", activity, on or START + timedelta(days=number), minutes, minutes)
    return made._replace(evidence=evidence)


def hours(pool: str, *entries: Entry, coming: tuple[Coming, ...] = ()) -> Result:
    indented = "".join(f"    {line}\n" for line in pool.strip().splitlines())
    rules = requirements.compile(requirements.parse(HEAD + indented + TAIL, name="pools.yaml"))
    return requirements.audit(rules, facts(entries, coming), true_on=END, known_at=LATE).root


def reasons(result: Result) -> list[tuple[str, int, str]]:
    return [(left.entry, left.amount, left.because) for left in result.unused]


def test_a_fixed_value_per_item() -> None:
    pool = "value: [{where: {category: x}, hours: 4h, per: item}]"
    twice = (entry(1, category="x", item="pmp"), entry(2, category="x", item="pmp"))
    result = hours(pool, *twice, entry(3, category="y"))
    assert result.value == 240
    assert reasons(result) == [
        ("e2", 60, "It counts once per item."),
        ("e3", 60, "The rules give it no value."),
    ]


def test_a_value_per_item_and_year() -> None:
    pool = "value: [{where: {category: x}, hours: 2h, per: item-and-year}]"
    days = (date(2015, 9, 1), date(2015, 12, 31), date(2016, 1, 1))
    result = hours(pool, *(entry(n, category="x", item="m", on=day) for n, day in enumerate(days)))
    assert (result.value, reasons(result)) == (240, [("e1", 60, "It counts once per item in a year.")])


def test_only_the_first_time_of_a_series() -> None:
    pool = "value: [{where: {category: x}, hours: logged, first_only: series}]"
    result = hours(pool, entry(2, 30, category="x", series="s"), entry(1, 50, category="x", series="s"))
    assert [(use.entry, use.amount) for use in result.used] == [("e1", 50)]
    assert reasons(result) == [("e2", 30, "Only the first time of this series counts.")]


def test_the_same_evidence_counts_once_and_no_evidence_is_not_the_same() -> None:
    result = hours("distinct: evidence", entry(1, evidence="h"), entry(2, evidence="h"), entry(3), entry(4))
    assert (result.value, reasons(result)) == (180, [("e2", 60, "The same evidence counts already.")])


NESTED = """\
limits:
  - {id: outer, title: Online, where: {modality: [sync, async]}, at_most: 3h}
  - {id: inner, title: Alone, where: {modality: async}, at_most: 1h}
"""


def test_nested_caps_both_hold() -> None:
    result = hours(NESTED, entry(1, 90, modality="async"), entry(2, 90, modality="sync"), entry(3, 90, modality="sync"))
    assert [(use.entry, use.amount) for use in result.used] == [("e1", 60), ("e2", 90), ("e3", 30)]
    assert [left.reason for left in result.unused] == [Reason.OVER_CAP, Reason.OVER_CAP]


EITHER = """\
allocate: either
limits:
  - {id: one, title: One, where: {tag: one}, at_most: 1h}
  - {id: two, title: Two, where: {tag: two}, at_most: 1h}
"""


def test_a_minute_may_be_charged_to_either_of_two_caps() -> None:
    # In order, the first entry would take the cap that only the second can use.
    result = hours(EITHER, entry(1, tag="one two"), entry(2, tag="one"))
    assert result.value == 120
    third = hours(EITHER, entry(1, tag="one two"), entry(2, tag="one"), entry(3, tag="two"), entry(4))
    assert (third.value, reasons(third)) == (180, [("e3", 60, "Over the cap “Two”.")])


def test_what_is_coming_may_be_charged_to_either_too() -> None:
    coming = (Coming(entry(9, tag="one").activity, END + timedelta(days=1), 90),)
    result = hours(EITHER, entry(1, tag="one two"), coming=coming)
    assert (result.value, result.possible) == (60, 60)
