"""Law 6: what is carried over is the surplus of the whole cycle and stays what it was; cycles cost what they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto import requirements
from cecto.requirements import Activity, Entry, Facet, Facts, Result, preparing
from cecto.requirements.case import known
from cecto.requirements.cycleledger import CycleLedger
from cecto.requirements.renewing import audit_cycle, audit_renewal
from tests.requirements.worlds import LATE, facts, posted

AWARDED = date(2020, 3, 15)
AFTER = datetime(2100, 1, 1, tzinfo=UTC)
TEXT = """\
program: p
track: t
catalogue: c
version: 1
title: Renewed
policy: {{partial: proportional}}
require: {{id: root, title: Exam, measure: score, of: exam, at_least: 1}}
award: {{credential: c, decided_by: d, valid: 1y}}
renewal:
  cycle: {{length: 1y}}
  carry: {{over: {over}m, back: 20d}}
  on_lapse: {{status: expired}}
  require:
    id: again
    title: Again
    all:
      - {{id: all, title: All, measure: hours, window: cycle, at_least: {all}m}}
      - {{id: lead, title: Leadership, measure: hours, window: cycle, where: {{category: lead}}, at_least: {lead}m}}
      - {{id: room, title: Classroom, measure: hours, window: cycle, where: {{modality: f2f}}, at_least: {room}m}}
"""


@dataclass(frozen=True)
class Did:
    """Minutes on a day of the cycles, as leadership or not, in a classroom or not."""

    after: int
    minutes: int
    lead: bool
    room: bool


def entry(number: int, did: Did) -> Entry:
    facets = {"p": Facet(category="lead" if did.lead else "other")}
    activity = Activity(
        f"a{number}", "study", modality="f2f" if did.room else "async", item=f"i{number}", facets=facets
    )
    return posted(
        f"e{number:02d}", "recognized", activity, AWARDED + timedelta(days=did.after), did.minutes, did.minutes
    )


def person(did: list[Did]) -> Facts:
    return facts(tuple(entry(n, each) for n, each in enumerate(did)), awarded_on=AWARDED)


def rules(over: int = 3, whole: int = 5, lead: int = 2, room: int = 2) -> requirements.Rules:
    text = TEXT.format(over=over, all=whole, lead=lead, room=room)
    return requirements.compile(requirements.parse(text, name="s.yaml"))


FIRST = st.builds(Did, st.integers(0, 300), st.integers(1, 4), st.booleans(), st.booleans())


def most_over(did: list[Did], targets: tuple[int, int, int], over: int) -> int:
    """The most minutes that can be taken away so that all three targets are still met, trying every way."""
    best = -1
    for kept in product(*(range(each.minutes + 1) for each in did)):
        pairs = list(zip(did, kept, strict=True))
        sums = (sum(kept), sum(k for each, k in pairs if each.lead), sum(k for each, k in pairs if each.room))
        if all(had >= target for had, target in zip(sums, targets, strict=True)):
            best = max(best, min(over, sum(each.minutes for each in did) - sum(kept)))
    return best


@given(
    st.lists(FIRST, max_size=5), st.tuples(st.integers(1, 6), st.integers(1, 4), st.integers(1, 4)), st.integers(1, 6)
)
def test_what_is_carried_is_the_most_that_the_whole_can_spare(
    did: list[Did], targets: tuple[int, int, int], over: int
) -> None:
    made = rules(over, *targets)
    found = audit_cycle(made, person(did), 2, true_on=AWARDED + timedelta(days=400), known_at=LATE).root
    spare = most_over(did, targets, over)
    assert found.find("all").carried == max(0, spare)


def test_what_is_carried_keeps_its_category_and_counts_once() -> None:
    did = [Did(10, 5, True, True), Did(20, 3, False, False), Did(30, 2, True, False)]
    found = audit_cycle(rules(), person(did), 2, true_on=AWARDED + timedelta(days=400), known_at=LATE).root
    assert [found.find(node).carried for node in ("all", "lead", "room")] == [3, 3, 3]
    led = [Did(10, 2, False, True), Did(20, 9, True, False)]
    found = audit_cycle(rules(), person(led), 2, true_on=AWARDED + timedelta(days=400), known_at=LATE).root
    assert [found.find(node).carried for node in ("all", "lead", "room")] == [3, 3, 0]


YEARS = st.builds(Did, st.integers(0, 2200), st.integers(1, 6), st.booleans(), st.booleans())


@given(st.lists(YEARS, max_size=14), st.integers(0, 2300))
def test_each_cycle_is_what_it_would_be_by_the_whole_ledger(did: list[Did], after: int) -> None:
    made, held, on = rules(whole=3, lead=1, room=1), person(did), AWARDED + timedelta(days=after)
    found = audit_renewal(made, held, true_on=on, known_at=LATE)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(CycleLedger, "of", lambda ledger, *_: ledger._facts)
        assert audit_renewal(made, held, true_on=on, known_at=LATE) == found


def test_the_work_of_yearly_cycles_grows_with_the_entries_and_not_with_their_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[int] = []

    def counted(entries: Iterable[Entry], *dates: Any) -> Any:
        read.append(len(tuple(entries)))
        return known(entries, *dates)

    monkeypatch.setattr(preparing, "known", counted)

    def work(years: int) -> int:
        read.clear()
        did = [Did(365 * n // 12 + 1, 9, True, True) for n in range(12 * years)]
        found = audit_renewal(rules(), person(did), true_on=AWARDED + timedelta(days=365 * years - 40), known_at=AFTER)
        assert found
        assert found.number == years
        return sum(read)

    assert work(40) < 2.5 * work(20)


def test_the_result_says_what_was_carried() -> None:
    root: Result = audit_cycle(
        rules(), person([Did(10, 9, True, True)]), 2, true_on=AWARDED + timedelta(days=380), known_at=LATE
    ).root
    assert (root.find("all").value, root.find("all").carried, root.find("all").used) == (3, 3, ())
