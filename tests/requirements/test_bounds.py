"""Law 2 of decisions: no entry is worth more than was offered, nothing is granted to no effect or against another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto import requirements
from cecto.requirements import Activity, Entry, ExceptionFact, Facts
from cecto.requirements.granting import ungrantable
from tests.programs.texts import shipped_draft
from tests.requirements.worlds import LATE, START, facts, posted

TEXT = """\
program: p
track: t
catalogue: c
version: 1
title: Bounds
policy: {partial: proportional, makeup: {ratio: 100%}}
award: {credential: c, decided_by: d, valid: forever}
require:
  id: root
  title: Root
  all:
    - {id: hours, title: Hours, measure: hours, at_least: 50h, window: [class.start, class.end], waivable: {by: board}}
    - {id: more, title: More hours, measure: hours, at_least: 60h, waivable: {by: board}}
    - {id: years, title: Years, measure: years, of: work, at_least: 5y, waivable: {by: board}}
    - {id: nothing, title: Nothing, measure: paid, of: fee, at_least: 5}
"""
RULES = requirements.compile(requirements.parse(TEXT, name="bounds.yaml"))
TODAY = START + timedelta(days=60)
END = date(2016, 6, 24)


def session(key: str, attended: int, offered: int, part: str = "1", where: str = "f2f") -> Entry:
    activity = Activity(f"{key}/{part}/{where}", "session", modality=where, meeting=key, segment=part)  # type: ignore[arg-type]
    return posted(f"{key}/{part}/{where}", "attended", activity, START, attended, offered)


def study(key: str, minutes: int) -> Entry:
    return posted(key, "recognized", Activity(key, "study", item=key), START, minutes, minutes)


def fact(kind: str, key: str = "x", node: str = "hours", **more: object) -> ExceptionFact:
    since = datetime(START.year, START.month, START.day, 12, tzinfo=UTC)
    return ExceptionFact(key, node, kind, "board", START, since, **more)  # type: ignore[arg-type]


def refused(one: ExceptionFact, entries: tuple[Entry, ...] = (), *others: ExceptionFact) -> str:
    held = facts(entries, exceptions=others)
    return ungrantable(RULES, held, one, true_on=TODAY, known_at=LATE)


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Entry, ...]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        for part in range(draw(st.integers(1, 2))):
            offered = draw(st.integers(1, 200))
            room = draw(st.integers(0, offered))
            online = draw(st.integers(0, offered - room))
            found.append(session(f"s{number}", room, offered if not online else offered - online, str(part)))
            if online:
                found.append(session(f"s{number}", online, online, str(part), "sync"))
    return tuple(found)


@given(sessions(), st.data())
def test_no_session_counts_for_more_than_it_offered_whatever_was_granted(
    entries: tuple[Entry, ...], data: st.DataObject
) -> None:
    grants = []
    for number in range(data.draw(st.integers(1, 4))):
        entry = data.draw(st.sampled_from(entries)).id
        grants.append(fact("revalue", f"g{number}", entry=entry, to=data.draw(st.integers(0, 30_000))))
    made = requirements.audit(RULES, facts(entries, exceptions=tuple(grants)), true_on=TODAY, known_at=LATE)
    offered: dict[str, int] = {}
    counted: dict[str, int] = {}
    meeting = {entry.id: entry.activity.meeting for entry in entries}
    for each in entries:
        offered[each.activity.meeting] = offered.get(each.activity.meeting, 0) + each.offered
    for use in made.root.find("hours").used:
        counted[meeting[use.entry]] = counted.get(meeting[use.entry], 0) + use.amount
    assert all(minutes <= offered[of] for of, minutes in counted.items())


def test_a_session_of_three_hours_and_a_quarter_is_not_worth_five_hundred_hours() -> None:
    there = session("day", 150, 195)
    why = refused(fact("revalue", entry=there.id, to=30_000), (there,)).replace("\N{NO-BREAK SPACE}", " ")
    assert why == "500 h is more than this item can be worth. It is worth 3 h 15 min at most."
    assert refused(fact("revalue", entry=there.id, to=195), (there,)) == ""
    held = facts((there,), exceptions=(fact("revalue", entry=there.id, to=30_000),))
    made = requirements.audit(RULES, held, true_on=TODAY, known_at=LATE)
    assert (made.root.find("hours").value, [one.exception for one in made.ignored]) == (150, ["x"])


@pytest.mark.parametrize(("to", "fits"), [(239, True), (241, False)])
def test_a_rule_of_value_says_what_an_item_is_worth_at_most(to: int, fits: bool) -> None:
    text = shipped_draft("cosn-cetl-2023").text.replace(
        "from: activities, at_least: 60h", "from: activities, at_least: 60h, waivable: {by: board}"
    )
    rules = requirements.compile(requirements.parse(text, name="cetl.yaml"))
    activity = Activity("cert", "study", item="cert", facets={"cetl": requirements.Facet(category="certification")})
    entry = posted("cert", "recognized", activity, START + timedelta(days=1), 30, 30)
    held = facts((entry,), awarded_on=START)
    because = ungrantable(rules, held, fact("revalue", entry="cert", to=to, cycle=1), true_on=TODAY, known_at=LATE)
    assert (because == "", "worth 4\N{NO-BREAK SPACE}h at most" in because) == (fits, not fits)


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (fact("lower", to=3000), "`hours` asks for no more than that already."),
        (fact("lower", node="years", to=5 * 365), "“Years” asks for"),
        (fact("extend", extended_to=END), "The time already ends on"),
        (fact("extend", extended_to=END - timedelta(days=1)), "The time already ends on"),
        (fact("accept", entry="there"), "It would change nothing for “Hours”."),
        (fact("accept", entry="nowhere"), "There is no such item on this person’s record"),
        (fact("exclude", entry="nowhere"), "There is no such item on this person’s record"),
        (fact("revalue", entry="there", to=60), "It would change nothing for “Hours”."),
        (fact("waive", node="nothing"), "The definition lets no one grant an exception"),
        (fact("waive", cycle=2), "is no requirement of a renewal"),
    ],
)
def test_what_would_change_nothing_or_take_away_is_refused_with_the_reason(one: ExceptionFact, why: str) -> None:
    assert why in refused(one, (study("there", 60),))


def test_one_day_more_is_an_extension_and_one_minute_less_a_lower_target() -> None:
    assert refused(fact("extend", extended_to=END + timedelta(days=1))) == ""
    assert refused(fact("lower", to=2999)) == ""


PAIRS = [
    (fact("waive"), fact("lower", to=60), True),
    (fact("lower", to=60), fact("waive"), True),
    (fact("waive"), fact("replace", other="more"), True),
    (fact("replace", other="years"), fact("replace", other="more"), True),
    (fact("waive"), fact("extend", extended_to=END + timedelta(days=9)), True),
    (fact("accept", entry="there"), fact("exclude", entry="there"), True),
    (fact("exclude", entry="there"), fact("revalue", entry="there", to=20), True),
    (fact("revalue", entry="there", to=30), fact("revalue", node="more", entry="there", to=20), True),
    (fact("revalue", entry="there", to=30), fact("exclude", node="more", entry="there"), False),
    (fact("exclude", entry="here"), fact("revalue", entry="there", to=20), False),
    (fact("lower", to=60), fact("extend", extended_to=END + timedelta(days=9)), False),
    (fact("waive", node="more"), fact("lower", to=200), False),
]


@pytest.mark.parametrize(("first", "second", "against"), PAIRS)
def test_two_that_contradict_each_other_are_refused(first: ExceptionFact, second: ExceptionFact, against: bool) -> None:
    earlier = first.__class__(**{**{n: getattr(first, n) for n in first.__slots__}, "id": "first"})
    because = refused(second, (study("there", 60), study("here", 60)), earlier)
    assert ("Revoke that" in because) is against, because
    held: Facts = facts((study("there", 60), study("here", 60)), exceptions=(earlier, second))
    made = requirements.audit(RULES, held, true_on=TODAY, known_at=LATE)
    assert len(made.ignored) == against
