"""The last day, the last minute, the last instant: on which side each falls."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cecto import requirements
from cecto.requirements import Activity, Coming, Entry, ExceptionFact, Facts, Result, Status
from tests.requirements.worlds import END, LATE, START, facts, posted

HEAD = """\
program: p
track: t
catalogue: c
version: 1
title: Edges
policy: {partial: proportional, makeup: {ratio: 100%}}
award: {credential: c, decided_by: d, valid: forever}
"""


def leaf(words: str, person: Facts, *, on: date = END) -> Result:
    text = f"{HEAD}require: {{id: leaf, title: Leaf, {words}}}\n"
    rules = requirements.compile(requirements.parse(text, name="edges.yaml"))
    return requirements.audit(rules, person, true_on=on, known_at=LATE).root


def session(number: int, minutes: int, offered: int = 60) -> Entry:
    activity = Activity(f"s{number}", "session", meeting=f"m{number}")
    return posted(f"e{number}", "attended", activity, START + timedelta(days=number), minutes, offered)


def test_an_entry_is_known_at_the_instant_it_is_recorded() -> None:
    entry = session(1, 60)
    rules = requirements.compile(
        requirements.parse(f"{HEAD}require: {{id: x, title: X, measure: hours, at_least: 1h}}\n", name="e.yaml")
    )
    at = entry.recorded_at
    known, before = (
        requirements.audit(rules, facts((entry,)), true_on=END, known_at=when).root.value
        for when in (at, at - timedelta(microseconds=1))
    )
    assert (known, before) == (60, 0)


@pytest.mark.parametrize(("on", "status"), [(9, Status.WAIVED), (10, Status.IMPOSSIBLE)])
def test_an_exception_ends_the_day_before_its_until(on: int, status: Status) -> None:
    until = START + timedelta(days=10)
    waived = ExceptionFact("x", "leaf", "waive", "board", START, LATE, until=until)
    words = "measure: hours, at_least: 1h, waivable: {by: board}"
    assert leaf(words, facts((), exceptions=(waived,)), on=START + timedelta(days=on)).status is status


@pytest.mark.parametrize(("length", "missable"), [(60, True), (61, False)])
def test_a_session_as_long_as_the_slack_may_be_missed(length: int, missable: bool) -> None:
    lengths = {8: 60 + 120 - length, 9: length}
    ahead = tuple(Coming(Activity(f"s{n}", "session", meeting=f"m{n}"), END, minutes) for n, minutes in lengths.items())
    found = leaf("measure: hours, at_least: 2h", facts((), ahead[1:] + ahead[:1]), on=START)
    assert (found.slack, found.missable_until is not None) == (60, missable)


@pytest.mark.parametrize(("target", "status"), [("2h", Status.OPEN), ("121m", Status.IMPOSSIBLE)])
def test_make_ups_that_just_reach_keep_it_open(target: str, status: Status) -> None:
    assert leaf(f"measure: hours, at_least: {target}", facts((session(1, 60), session(2, 0)))).status is status


@pytest.mark.parametrize(("minutes", "status"), [(49, Status.MET), (48, Status.OPEN)])
def test_a_share_that_is_no_whole_minute_is_rounded_up(minutes: int, status: Status) -> None:
    words = "measure: rate, denominator: taken, excused: in, at_least: 80%"
    assert leaf(words, facts((session(1, minutes, 61),), schedule_final=False)).status is status


@pytest.mark.parametrize(("days", "status"), [(1, Status.MET), (0, Status.OPEN)])
def test_a_credential_is_valid_until_the_day_before(days: int, status: Status) -> None:
    held = posted("h", "held", Activity("h", "credential", item="cgcio"), START, 0, 0)
    held = held._replace(valid_until=END + timedelta(days=days))
    assert leaf("measure: credential, credential: cgcio", facts((held,))).status is status
    assert leaf("measure: credential, credential: cgcio, valid: false", facts((held,))).status is Status.MET


@pytest.mark.parametrize(("days", "possible"), [(0, 60), (1, 0)])
def test_work_is_possible_on_its_last_day(days: int, possible: int) -> None:
    essay = Coming(Activity("w", "assignment", item="w"), END - timedelta(days=9), 60, until=END)
    result = leaf("measure: hours, at_least: 1h", facts((), (essay,)), on=END + timedelta(days=days))
    assert result.possible == possible
