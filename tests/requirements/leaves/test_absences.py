"""At most so many sessions may be missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto import requirements
from cecto.requirements import Absence, Activity, Coming, Entry, ExceptionFact, Facts, Reason, Result, Status
from tests.requirements import oracle
from tests.requirements.worlds import END, LATE, START, facts, ledgers, posted

ASKED = "measure: absences, at_most: 2"
HEAD = """\
program: p
track: t
catalogue: c
version: 1
title: Absences
policy: {partial: proportional, makeup: {ratio: 100%, until: class.end+30d}}
award: {credential: c, decided_by: d, valid: forever}
"""


def asked(words: str, person: Facts, *, on: date = END, head: str = HEAD) -> Result:
    text = f"{head}require: {{id: leaf, title: Leaf, {words}, waivable: {{by: board}}}}\n"
    assert requirements.lint(text, name="leaf.yaml") == []
    rules = requirements.compile(requirements.parse(text, name="leaf.yaml"))
    return requirements.audit(rules, person, true_on=on, known_at=LATE).root


def session(number: int, minutes: int) -> Entry:
    activity = Activity(f"s{number}", "session", meeting=f"m{number}")
    return posted(f"e{number}", "attended", activity, START + timedelta(days=number), minutes, 60)


def coming(number: int) -> Coming:
    return Coming(Activity(f"s{number}", "session", meeting=f"m{number}"), START + timedelta(days=number), 60)


def made_up(number: int) -> Entry:
    activity = Activity(f"r{number}", "recording", item=f"r{number}")
    return posted(f"k{number}", "makeup", activity, START + timedelta(days=number + 1), 60, 60, replaces=f"m{number}")


ATTENDED = session(1, 60)
THREE = (ATTENDED, session(2, 0), session(3, 0), session(4, 0))


@pytest.mark.parametrize(
    ("entries", "ahead", "on", "status", "value", "sentence"),
    [
        ((), (), END, Status.OPEN, 0, "No sessions missed so far; up to 2 may be. Nothing more is scheduled yet."),
        ((), (coming(9),), END, Status.PENDING, 0, "No sessions missed so far; up to 2 may be."),
        (THREE[:2], (coming(9),), END, Status.PENDING, 1, "1 session missed so far; up to 2 may be."),
        (THREE[:3], (), END, Status.MET, 2, "Done: 2 sessions missed (2 allowed)."),
        (THREE, (), END, Status.OPEN, 3, "3 sessions missed; at most 2 may be. A make-up can close the gap."),
        (
            THREE,
            (),
            END + timedelta(days=40),
            Status.IMPOSSIBLE,
            3,
            "3 sessions missed; at most 2 may be, and make-ups can't close the gap.",
        ),
        ((*THREE, made_up(4)), (), END, Status.MET, 2, "Done: 2 sessions missed (2 allowed)."),
    ],
)
def test_absences(
    entries: tuple[Entry, ...], ahead: tuple[Coming, ...], on: date, status: Status, value: int, sentence: str
) -> None:
    found = asked(ASKED, facts(entries, ahead), on=on)
    assert (found.status, found.value, found.slack) == (status, value, 2 - value)
    assert found.sentence.startswith(sentence)


@pytest.mark.parametrize(("excused", "value"), [("in", 3), ("out", 2)])
def test_excused_absences_count_as_written(excused: str, value: int) -> None:
    person = replace(facts(THREE), absences=(Absence("m2", True, LATE),))
    found = asked(f"{ASKED}, excused: {excused}", person)
    assert found.value == value
    reasons = [one.reason for one in found.unused]
    assert reasons == [Reason.ATTENDED, Reason.EXCUSED][: 4 - value]


def test_a_session_is_missed_below_the_percent_asked() -> None:
    person = facts((session(1, 44), session(2, 45), session(3, 60)))
    assert asked(f"{ASKED}, credited: 75%", person).value == 1


def test_an_absence_may_be_excluded_by_exception() -> None:
    excluded = ExceptionFact("x", "leaf", "exclude", "board", START, LATE, entry="e4")
    found = asked(ASKED, replace(facts(THREE), exceptions=(excluded,)))
    assert (found.status, found.value, found.exceptions) == (Status.MET, 2, ("x",))


def test_an_unfinished_schedule_is_not_done() -> None:
    assert asked(ASKED, replace(facts(THREE[:2]), schedule_final=False)).status is Status.OPEN


@given(ledgers(), st.sets(st.integers(0, 4)), st.booleans(), st.sampled_from((0, 50, 100)))
def test_absences_equal_the_oracle(ledger: tuple[Entry, ...], excused: set[int], out: bool, credited: int) -> None:
    meetings = frozenset(f"m{number}" for number in excused)
    person = replace(facts(ledger), absences=tuple(Absence(meeting, True, LATE) for meeting in meetings))
    words = f"{ASKED}, credited: {credited}%, excused: {'out' if out else 'in'}"
    found = asked(words, person, on=LATE.date(), head=HEAD.replace(", until: class.end+30d", ""))
    assert found.value == len(oracle.missed(ledger, credited) - (meetings if out else frozenset()))
    assert found.value == sum(use.amount for use in found.used)
