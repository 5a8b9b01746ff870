"""Laws of decisions: an exception reaches one cycle, a signed cycle stays, and a cycle counts what was done for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto import requirements
from cecto.requirements import Activity, Audit, Entry, ExceptionFact, Facts, RenewalAudit, Status
from cecto.requirements.facts import Signed
from cecto.requirements.granting import ungrantable
from cecto.requirements.renewing import audit_cycle, audit_renewal
from tests.programs.texts import shipped_draft
from tests.requirements.worlds import LATE, facts, posted

AWARDED = date(2020, 3, 15)
TEXT = """\
program: p
track: t
catalogue: c
version: 1
title: Renewed
policy: {partial: proportional}
require: {id: root, title: Any hour, measure: hours, at_least: 1h}
award: {credential: c, decided_by: d, valid: 1y}
renewal:
  cycle: {length: 1y}
  opens: 2m
  grace: 30d
  BACK
  on_lapse: {status: expired, reinstate_within: 6m}
  require:
    id: again
    title: Again
    waivable: {by: board}
    all:
      - {id: ten, title: Ten hours, measure: hours, window: cycle, at_least: 10h, waivable: {by: board}}
      - {id: exam, title: Exam, measure: score, of: exam, window: cycle, at_least: 60, waivable: {by: board}}
"""
WORDS = "carry: {back: 20d}"
RULES = requirements.compile(requirements.parse(TEXT.replace("BACK", WORDS), name="reach.yaml"))
DAYS = st.integers(0, 3 * 365 + 60).map(lambda days: AWARDED + timedelta(days=days))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def did(number: int, on: date, hours: int) -> Entry:
    activity = Activity(f"a{number}", "study", item=f"a{number}")
    return posted(f"e{number}", "recognized", activity, on, hours * 60, hours * 60)


def sat(number: int, on: date) -> Entry:
    return posted(f"x{number}", "scored", Activity(f"x{number}", "exam", item="exam"), on, 0, 0)._replace(score=80)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Entry, ...]:
    hours = draw(st.lists(st.tuples(DAYS, st.integers(1, 12)), max_size=8))
    exams = draw(st.lists(DAYS, max_size=3))
    return (*(did(n, on, h) for n, (on, h) in enumerate(hours)), *(sat(n, on) for n, on in enumerate(exams)))


@st.composite
def exceptions(draw: st.DrawFn, entries: tuple[Entry, ...]) -> ExceptionFact:
    since = draw(DAYS)
    kind = draw(st.sampled_from(("waive", "lower", "accept", "exclude", "revalue", "extend")))
    more: dict[str, object] = {}
    if kind == "lower":
        more["to"] = 300
    if kind in {"accept", "exclude", "revalue"}:
        more["entry"] = draw(st.sampled_from([entry.id for entry in entries] or ["none"]))
        more["to"] = 30 if kind == "revalue" else None
    if kind == "extend":
        more["extended_to"] = draw(DAYS)
    node = draw(st.sampled_from(("ten", "exam", "again") if kind == "waive" else ("ten",)))
    cycle = draw(st.integers(0, 3))
    return ExceptionFact("g", node, kind, "board", since, noon(since), cycle=cycle, **more)  # type: ignore[arg-type]


def cycle_of(day: date) -> int:
    """The oracle: cycles are years from the award."""
    return day.year - AWARDED.year + ((day.month, day.day) >= (AWARDED.month, AWARDED.day))


def told(audit: Audit) -> tuple[object, ...]:
    return tuple((each.id, each.status, each.value, each.target, each.used) for each in audit.root.walk())


@given(st.data())
def test_an_exception_changes_only_the_cycle_that_it_was_granted_on(data: st.DataObject) -> None:
    entries = data.draw(histories())
    fact = data.draw(exceptions(entries))
    on = data.draw(DAYS)
    own = fact.cycle or cycle_of(fact.since)
    without, beside = (facts(entries, awarded_on=AWARDED, exceptions=some) for some in ((), (fact,)))
    for number in range(1, own):
        before, after = (audit_cycle(RULES, one, number, true_on=on, known_at=LATE) for one in (without, beside))
        assert told(before) == told(after)
    # What the exception let one cycle use, no other may; but of itself it changes nothing there.
    after_own = audit_cycle(RULES, beside, own + 1, true_on=on, known_at=LATE)
    assert all("g" not in each.exceptions for each in after_own.root.walk())


@given(st.data())
def test_a_signed_cycle_keeps_its_audit_whatever_is_granted_later(data: st.DataObject) -> None:
    entries = data.draw(histories())
    fact = data.draw(exceptions(entries))
    day = data.draw(st.integers(1, 360).map(lambda days: AWARDED + timedelta(days=days)))
    signed = {1: Signed(day, noon(day) + timedelta(hours=1))}
    held = facts(entries, awarded_on=AWARDED, signed=signed)
    kept = audit_cycle(RULES, held, 1, true_on=day, known_at=signed[1].at)
    late = facts(entries, awarded_on=AWARDED, signed=signed, exceptions=(fact,) if fact.since > day else ())
    assert told(audit_cycle(RULES, late, 1, true_on=AWARDED + timedelta(days=900), known_at=LATE)) == told(kept)
    stands = audit_renewal(RULES, late, true_on=AWARDED + timedelta(days=400), known_at=LATE)
    assert stands is not None
    assert stands.number == 2


@given(histories(), DAYS)
def test_no_minute_is_used_by_the_award_and_a_cycle_or_by_two_cycles(entries: tuple[Entry, ...], on: date) -> None:
    held = facts(entries, awarded_on=AWARDED)
    earned = requirements.audit(RULES, held, true_on=AWARDED, known_at=LATE)
    audits = [earned, *(audit_cycle(RULES, held, n, true_on=on, known_at=LATE) for n in (1, 2, 3))]
    used = [{use.entry for leaf in one.root.walk() for use in leaf.used} for one in audits]
    assert sum(map(len, used)) == len(set().union(*used))


def renewal(on: date, held: Facts) -> RenewalAudit:
    found = audit_renewal(RULES, held, true_on=on, known_at=LATE)
    assert found is not None
    return found


def waived(cycle: int, since: date) -> ExceptionFact:
    return ExceptionFact("w", "again", "waive", "board", since, noon(since), cycle=cycle)


def test_a_waiver_of_one_cycle_renews_no_later_one() -> None:
    held = facts((), awarded_on=AWARDED, exceptions=(waived(0, date(2020, 6, 1)),))
    assert renewal(date(2021, 2, 1), held).standing == "renewable"
    assert renewal(date(2022, 2, 1), held).standing == "due"
    assert renewal(date(2027, 2, 1), held).number == 2


@pytest.mark.parametrize(
    ("granted", "standing"),
    [(date(2021, 4, 13), "current"), (date(2021, 4, 14), "reinstatable"), (date(2021, 10, 13), "reinstatable")],
)
def test_an_exception_of_a_lapsed_cycle_says_that_it_lapsed(granted: date, standing: str) -> None:
    found = renewal(granted, facts((), awarded_on=AWARDED, exceptions=(waived(1, granted),)))
    assert found.standing == standing


def test_none_revives_an_award_past_its_limit() -> None:
    late = date(2021, 10, 14)
    held = facts((), awarded_on=AWARDED, exceptions=(waived(1, late),))
    assert renewal(late, held).standing == "lapsed"
    because = ungrantable(RULES, facts((), awarded_on=AWARDED), waived(1, late), true_on=late, known_at=LATE)
    assert because == (
        "Cycle 1 could be settled until October 13, 2021. An exception cannot bring the certificate back."
    )


@pytest.mark.parametrize("days", [0, 1])
def test_the_exam_that_earned_the_shipped_cetl_renews_nobody(days: int) -> None:
    rules = requirements.compile(requirements.parse(shipped_draft("cosn-cetl-2023").text, name="cetl.yaml"))
    exam = Activity("exam", "exam", item="cetl-exam")
    entry = posted("x", "scored", exam, AWARDED + timedelta(days=days), 0, 0)._replace(score=700)
    held = facts((entry,), awarded_on=AWARDED)
    found = audit_cycle(rules, held, 1, true_on=date(2022, 6, 1), known_at=LATE)
    assert found.status is (Status.MET if days else Status.OPEN)
    because = [one.because for leaf in found.root.walk() for one in leaf.unused]
    assert because == ([] if days else ["Counted for the award or for a cycle before."])
