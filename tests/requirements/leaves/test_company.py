"""`together` and `each` against a slow and obvious oracle, and exceptions that may only help."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cecto import requirements
from cecto.requirements import Activity, Coming, Entry, ExceptionFact, Facts, Partner, Status
from tests.requirements.worlds import END, LATE, START, facts, posted

TEXT = """\
program: p
track: t
catalogue: c
version: 1
title: Company
policy: {partial: proportional, late_grace: 5m}
require:
  id: root
  title: Both
  all:
    - id: joint
      title: Together
      measure: together
      with: {relation: same-organization, track: leaders}
      where: {held_by: p}
      both_at_least: 75%
      at_least: 2
      waivable: {by: board}
    - {id: days, title: Days, measure: each, of: session, where: {held_by: p}, credited: 50%, waivable: {by: board}}
    - {id: hours, title: Hours, measure: hours, where: {held_by: p}, at_least: 5h, waivable: {by: board}}
award: {credential: c, decided_by: d, valid: forever}
"""
RULES = requirements.compile(requirements.parse(TEXT, name="company.yaml"))
SESSIONS = 5


def part(meeting: int, segment: int) -> Activity:
    """Every third session is held by another program."""
    return Activity(f"m{meeting}.{segment}", "session", meeting=f"m{meeting}", held_by="q" if meeting == 2 else "p")


def day(meeting: int) -> date:
    return START + timedelta(days=30 * meeting)


@st.composite
def attendances(draw: st.DrawFn, who: str) -> tuple[Entry, ...]:
    """Minutes at both segments of sessions, some not settled for this person, some reversed."""
    made = []
    for meeting in range(SESSIONS):
        if not draw(st.booleans()) and who != "me":
            continue
        for segment in (0, 1):
            minutes = draw(st.sampled_from((0, 30, 45, 54, 55, 60)))
            entry = posted(f"{who}{meeting}{segment}", "attended", part(meeting, segment), day(meeting), minutes, 60)
            made.append(entry)
            if draw(st.integers(0, 9)) == 0:
                made.append(entry._replace(id=entry.id + "r", reverses=entry.id, attended=0, offered=0))
    return tuple(made)


@st.composite
def partners(draw: st.DrawFn) -> tuple[Partner, ...]:
    """Up to three people, of one relation or another, linked for some time."""
    found = []
    for number in range(draw(st.integers(0, 3))):
        relation = draw(st.sampled_from(("same-organization", "same-organization", "mentor")))
        track = draw(st.sampled_from(("leaders", "leaders", "directors")))
        since = day(draw(st.integers(0, 3)))
        length = draw(st.one_of(st.none(), st.integers(1, 60)))
        until = None if length is None else since + timedelta(days=length)
        found.append(Partner(f"p{number}", relation, since, until, track, draw(attendances(f"p{number}-"))))
    return tuple(found)


def share(ledger: tuple[Entry, ...], meeting: int) -> tuple[int, int]:
    """Credited and offered minutes of one person at one session."""
    gone = {entry.reverses for entry in ledger}
    there = [e for e in ledger if e.activity.meeting == f"m{meeting}" and not e.reverses and e.id not in gone]
    credited = sum(60 if e.attended > 0 and 60 - e.attended <= 5 else e.attended for e in there)
    return credited, 60 * len(there)


def enough(ledger: tuple[Entry, ...], meeting: int, percent: int) -> bool:
    credited, offered = share(ledger, meeting)
    return credited > 0 and credited * 100 >= percent * offered


@given(attendances("me"), partners())
def test_together_equals_the_oracle(mine: tuple[Entry, ...], others: tuple[Partner, ...]) -> None:
    person = facts(mine, partners=others)
    expected = sum(
        enough(mine, meeting, 75)
        and any(
            other.relation == "same-organization"
            and other.track == "leaders"
            and other.since <= day(meeting)
            and (other.until is None or day(meeting) < other.until)
            and enough(other.entries, meeting, 75)
            for other in others
        )
        for meeting in (0, 1, 3, 4)
    )
    assert audited(person).find("joint").value == expected


def audited(person: Facts) -> requirements.Result:
    return requirements.audit(RULES, person, true_on=END, known_at=LATE).root


@given(attendances("me"), st.sets(st.integers(10, 12)))
def test_each_equals_the_oracle(mine: tuple[Entry, ...], ahead: set[int]) -> None:
    coming = tuple(Coming(part(meeting, 0), END - timedelta(days=1), 60) for meeting in ahead)
    result = audited(facts(mine, coming)).find("days")
    held = [meeting for meeting in (0, 1, 3, 4) if share(mine, meeting)[1]]
    assert (result.value, result.target) == (
        sum(enough(mine, meeting, 50) for meeting in held),
        max(1, len(held) + len(ahead)),
    )
    assert len(result.missing) == (0 if not held and not ahead else result.target - result.value)


@st.composite
def helpful(draw: st.DrawFn) -> ExceptionFact:
    """An exception that gives: a lowered target, an accepted entry, a waiver."""
    node = draw(st.sampled_from(("joint", "days", "hours")))
    kind = draw(st.sampled_from(("lower", "accept", "waive")))
    entry = draw(st.sampled_from([f"me{m}{s}" for m in range(SESSIONS) for s in (0, 1)])) if kind == "accept" else ""
    to = draw(st.integers(0, 600)) if kind == "lower" else None
    return ExceptionFact("x", node, kind, "board", START, LATE, to=to, entry=entry)  # type: ignore[arg-type]


ORDER = [Status.IMPOSSIBLE, Status.OPEN, Status.PENDING, Status.WAIVED, Status.MET]


@given(attendances("me"), partners(), helpful())
def test_an_exception_that_gives_never_takes(
    mine: tuple[Entry, ...], others: tuple[Partner, ...], granted: ExceptionFact
) -> None:
    person = facts(mine, partners=others)
    before, after = audited(person), audited(replace(person, exceptions=(granted,)))
    for result in before.walk():
        assert ORDER.index(after.find(result.id).status) >= ORDER.index(result.status)
