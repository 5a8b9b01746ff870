"""Renewal: which cycle, where the award stands, and what goes from one cycle to the next."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from cecto import requirements
from cecto.requirements import Activity, Coming, Entry, Reason, RenewalAudit, Result, Status
from cecto.requirements.document import Cycle, Span
from cecto.requirements.renewing import audit_cycle, audit_renewal, first_day
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
  carry: {over: 2h, back: 20d}
  on_lapse: {status: expired, reinstate_within: 6m}
  require: {id: again, title: Ten hours, measure: hours, window: cycle, at_least: 10h}
"""
RULES = requirements.compile(requirements.parse(TEXT, name="renewed.yaml"))


def did(day: date, hours: int) -> Entry:
    activity = Activity(f"a{day}", "study", item=f"a{day}")
    return posted(f"e{day}", "recognized", activity, day, hours * 60, hours * 60)


def renewal(on: date, *entries: Entry, known: datetime = LATE) -> RenewalAudit:
    found = audit_renewal(RULES, facts(entries, awarded_on=AWARDED), true_on=on, known_at=known)
    assert found is not None
    return found


def test_a_cycle_is_half_open_and_counts_from_the_award() -> None:
    inside, outside = did(AWARDED + timedelta(days=1), 3), did(date(2021, 3, 15), 9)
    found = renewal(date(2021, 3, 14), inside, outside)
    assert (found.number, found.start, found.end) == (1, AWARDED, date(2021, 3, 15))
    assert found.audit.root.value == 180


@pytest.mark.parametrize(
    ("on", "hours", "standing"),
    [
        (date(2020, 12, 1), 0, "current"),
        (date(2021, 1, 15), 0, "due"),
        (date(2021, 1, 15), 10, "renewable"),
        (date(2021, 3, 15), 0, "grace"),
        (date(2021, 4, 14), 0, "lapsed"),
        (date(2021, 4, 14), 10, "current"),
    ],
)
def test_where_an_award_stands(on: date, hours: int, standing: str) -> None:
    assert renewal(on, did(date(2020, 6, 1), hours)).standing == standing


def test_a_lapse_says_what_it_became_and_until_when_it_may_be_mended() -> None:
    found = renewal(date(2021, 5, 1))
    assert (found.lapsed_to, found.reinstate_until) == ("expired", date(2021, 10, 14))


def test_while_a_cycle_runs_or_may_be_filled_from_after_it_hours_may_still_come() -> None:
    assert renewal(date(2020, 12, 1)).audit.status is Status.OPEN
    assert renewal(date(2021, 4, 3)).audit.status is Status.OPEN
    assert renewal(date(2021, 4, 4)).audit.status is Status.IMPOSSIBLE


def test_surplus_goes_over_up_to_its_bound() -> None:
    found = renewal(date(2021, 6, 1), did(date(2020, 6, 1), 15), did(date(2021, 5, 1), 3))
    root = found.audit.root
    assert (found.number, root.carried, root.value) == (2, 120, 300)
    assert sum(use.amount for use in root.used) == 180


def test_hours_soon_after_the_end_may_count_back_and_then_not_again() -> None:
    late = did(date(2021, 3, 20), 4)
    entries = (did(date(2020, 6, 1), 6), late, did(date(2021, 4, 20), 5))
    first = audit_cycle(RULES, facts(entries, awarded_on=AWARDED), 1, true_on=date(2021, 5, 1), known_at=LATE)
    assert (first.root.value, first.status) == (600, Status.MET)
    second = renewal(date(2021, 5, 1), *entries).audit.root
    assert second.value == 300
    assert [(left.entry, left.amount, left.reason) for left in second.unused][1] == (
        late.id,
        240,
        Reason.USED_ELSEWHERE,
    )


def test_hours_are_not_taken_back_when_the_cycle_is_met_without_them() -> None:
    entries = (did(date(2020, 6, 1), 10), did(date(2021, 3, 20), 4))
    assert renewal(date(2021, 5, 1), *entries).audit.root.value == 240


def test_earlier_cycles_stay_as_they_were() -> None:
    entries = tuple(did(AWARDED + timedelta(days=40 + 365 * n), 10) for n in range(3))
    found = renewal(date(2023, 4, 20), *entries)
    assert (found.number, found.audit.root.value) == (4, 0)
    person = facts(entries, awarded_on=AWARDED)
    assert [audit_cycle(RULES, person, n, true_on=date(2023, 4, 20), known_at=LATE).root.value for n in (1, 2, 3)] == [
        600,
        600,
        600,
    ]


def test_nothing_to_renew() -> None:
    assert audit_renewal(RULES, facts(()), true_on=AWARDED, known_at=LATE) is None
    with pytest.raises(ValueError, match="nothing to renew"):
        audit_cycle(RULES, facts(()), 1, true_on=AWARDED, known_at=LATE)


@pytest.mark.parametrize(
    ("year", "first"),
    [("award-year", date(2023, 7, 1)), ("after-award", date(2024, 7, 1))],
)
def test_a_fixed_day_of_the_year(year: str, first: date) -> None:
    assert first_day(Cycle(length=Span(36), fixed=(7, 1), year=year), date(2023, 11, 2)) == first


def test_the_hash_of_a_cycle_is_its_own() -> None:
    entries = tuple(did(AWARDED + timedelta(days=40 + 365 * n), 10) for n in range(2))
    person = facts(entries, awarded_on=AWARDED)
    made = [audit_cycle(RULES, person, n, true_on=date(2022, 1, 1), known_at=LATE) for n in (1, 2)]
    assert [audit.cycle for audit in made] == [1, 2]
    assert made[0].sha256 != made[1].sha256


def reinstated(on: date, *entries: Entry, then: date | None = None) -> RenewalAudit:
    held = facts(entries, awarded_on=AWARDED, reinstated={1: then} if then else {})
    found = audit_renewal(RULES, held, true_on=on, known_at=LATE)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("on", "missing_on", "standing", "status"),
    [
        (date(2021, 4, 13), date(2021, 4, 10), "grace", Status.IMPOSSIBLE),
        (date(2021, 4, 14), date(2021, 4, 20), "lapsed", Status.OPEN),
        (date(2021, 4, 20), date(2021, 4, 20), "reinstatable", Status.MET),
        (date(2021, 10, 13), date(2021, 10, 13), "reinstatable", Status.MET),
        (date(2021, 10, 14), date(2021, 10, 13), "lapsed", Status.IMPOSSIBLE),
    ],
)
def test_what_a_lapsed_award_lacks_may_be_made_up_until_it_may_be_reinstated_no_more(
    on: date, missing_on: date, standing: str, status: Status
) -> None:
    found = reinstated(on, did(date(2020, 6, 1), 7), did(missing_on, 3))
    assert (found.number, found.standing, found.audit.status) == (1, standing, status)


def test_a_reinstated_cycle_leads_on_to_the_next_which_does_not_count_what_was_made_up() -> None:
    entries = did(date(2020, 6, 1), 7), did(date(2021, 5, 1), 3), did(date(2021, 6, 1), 4)
    found = reinstated(date(2021, 7, 1), *entries, then=date(2021, 5, 1))
    assert (found.number, found.standing, found.audit.root.value) == (2, "current", 240)
    assert reinstated(date(2021, 7, 1), *entries).number == 1


TWO = requirements.compile(
    requirements.parse(
        TEXT.replace(
            "{id: again, title: Ten hours, measure: hours, window: cycle, at_least: 10h}",
            "{id: again, title: Again, all: [{id: ten, title: Ten, measure: hours, window: cycle, at_least: 10h}]}",
        ),
        name="two.yaml",
    )
)


def test_what_is_left_is_said_without_a_schedule_where_there_is_none() -> None:
    on = date(2020, 6, 1)
    workshop = Coming(Activity("w", "session", meeting="w", segment="w"), date(2020, 9, 1), 120)
    without = audit_renewal(TWO, facts((), awarded_on=AWARDED), true_on=on, known_at=LATE)
    planned = audit_renewal(TWO, facts((), awarded_on=AWARDED, coming=(workshop,)), true_on=on, known_at=LATE)
    assert without
    assert planned
    assert without.audit.root.sentence == planned.audit.root.sentence == "0 of 1 part done. Needs attention: Ten."
    assert _plain(without.audit.root.children[0]) == "0 h of 10 h so far. 10 h more is needed."
    assert _plain(planned.audit.root.children[0]) == "0 h of 10 h so far; 2 h more is scheduled. Another 8 h is needed."


def _plain(result: Result) -> str:
    return result.sentence.replace("\N{NO-BREAK SPACE}", " ")
