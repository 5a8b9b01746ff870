"""The first sentence against brute force: the rest of the class is lived through, and then the record is audited.

What is still to come is posted as it would be: everything attended in full but what the sentence says may be missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from cecto.requirements import Activity, Coming, Entry, Facts, audit, parse
from cecto.requirements import compile as compiled
from cecto.requirements.compiling import Rules
from cecto.requirements.situations import Prospects
from tests.requirements import oracle
from tests.requirements.test_situations import TODAY, ruled, schedules, seen
from tests.requirements.worlds import END, LATE, World, facts, ledgers, posted, worlds


def met_after(rules: Rules, of: Facts, missing: Mapping[str, int]) -> bool:
    """Whether all is met at the end of the class, when so many minutes of each session (its unit) were missed."""
    left = dict(missing)
    lived = []
    for number, one in enumerate(of.coming):
        lost = min(left.get(one.activity.unit, 0), one.minutes)
        left[one.activity.unit] = left.get(one.activity.unit, 0) - lost
        kind = "attended" if one.activity.meeting else "accepted"
        lived.append(posted(f"z{number:02d}", kind, one.activity, one.on, one.minutes - lost, one.minutes))
    then = replace(of, entries=(*of.entries, *lived), coming=())
    return audit(rules, then, true_on=max(END, *(one.on for one in of.coming)), known_at=LATE).status.satisfied


def allowed(told: Prospects) -> Iterator[dict[str, int]]:
    """Everything that the sentence says may be missed, whole sessions; of one of them also only its end."""
    room = told.room
    yield {}
    for size in range(1, len(room.free) + 1):
        for some in combinations(room.free, size):
            whole = {one.unit: one.minutes for one in some}
            time = sum(whole.values())
            if size <= room.sessions or (room.minutes is not None and time <= room.minutes):
                yield whole
            over = time - (room.minutes or 0)
            if room.minutes is not None and 0 < over < some[-1].minutes:
                yield whole | {some[-1].unit: some[-1].minutes - over}


def check(rules: Rules, of: Facts) -> None:
    """Law: what it says may be missed may be; on track, attending everything is enough; done, nothing is left."""
    told = seen(rules, of)
    if told.done or told.on_course:
        for missing in allowed(told):
            assert met_after(rules, of, missing), (told.situation, told.room, missing)
    for one in told.room.needed:
        assert not met_after(rules, of, {one.unit: one.minutes}), (told.situation, one)


def until_today(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(one for one in entries if one.occurred_on <= TODAY)


@st.composite
def classes(draw: st.DrawFn) -> tuple[Coming, ...]:
    """Sessions still to come, and up to two pieces of work that are due."""
    work = []
    for number in range(draw(st.integers(0, 2))):
        activity = Activity(f"w{number}", "assignment", modality="async", item=f"w{number}", required=True)
        work.append(Coming(activity, TODAY.replace(day=28), draw(st.sampled_from((30, 60)))))
    return (*draw(schedules()), *work)


@given(world=worlds(), entries=ledgers(), coming=classes())
def test_living_through_the_rest_keeps_what_the_first_sentence_said(
    world: World, entries: tuple[Entry, ...], coming: tuple[Coming, ...]
) -> None:
    rules, known = compiled(parse(world.yaml(), name="world")), until_today(entries)
    check(rules, facts(known, coming))


@given(world=worlds(), entries=ledgers(), coming=classes())
def test_all_is_said_to_be_done_only_when_the_record_alone_meets_it(
    world: World, entries: tuple[Entry, ...], coming: tuple[Coming, ...]
) -> None:
    rules, known = compiled(parse(world.yaml(), name="world")), until_today(entries)
    told = seen(rules, facts(known, coming))
    assert told.done == oracle.met(world, world.tree, known)


@given(
    coming=classes(),
    hours=st.integers(1, 1200),
    sessions=st.integers(1, 4),
    absences=st.integers(0, 3),
    credited=st.sampled_from((1, 75, 100)),
    policy=st.sampled_from(("{partial: proportional}", "{partial: all-or-nothing}", "{partial: {threshold: 75%}}")),
)
def test_hours_counts_and_absences_together(
    coming: tuple[Coming, ...], hours: int, sessions: int, absences: int, credited: int, policy: str
) -> None:
    parts = f"""
      - {{id: hours, measure: hours, from: all, at_least: {hours}m}}
      - {{id: some, measure: count, at_least: {sessions}, credited: {credited}%, where: {{kind: attended}}}}
      - {{id: few, measure: absences, of: session, credited: 75%, at_most: {absences}, excused: in}}
      - {{id: work, measure: each, of: assignment}}
    """
    check(ruled(parts, policy), facts((), coming))
