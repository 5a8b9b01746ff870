"""The first sentence is the whole person's: it never promises more than the audit allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from cecto.requirements import Activity, Audit, Coming, Entry, Facet, Facts, audit, parse
from cecto.requirements import compile as compiled
from cecto.requirements.compiling import Rules
from cecto.requirements.crediting import had_of
from cecto.requirements.situations import Circumstances, Prospects, Situation, prospects_of
from cecto.requirements.statuses import Status
from cecto.requirements.supposing import missed
from tests.requirements.worlds import LATE, START, World, facts, ledgers, posted, worlds

REACHED = {Status.PENDING, Status.MET, Status.WAIVED, Status.NOT_APPLICABLE}
TODAY = START + timedelta(days=60)


def seen(rules: Rules, of: Facts, on: date = TODAY, beside: Circumstances | None = None) -> Prospects:
    def again(other: Facts) -> Audit:
        return audit(rules, other, true_on=on, known_at=LATE)

    return prospects_of(rules, again(of), of, again, beside)


def reached(rules: Rules, of: Facts, units: tuple[str, ...] = (), on: date = TODAY) -> bool:
    return audit(rules, missed(of, units), true_on=on, known_at=LATE).status in REACHED


@st.composite
def schedules(draw: st.DrawFn) -> tuple[Coming, ...]:
    """Up to six sessions still to come, of one to three parts; several competencies and formats."""
    found = []
    for number in range(draw(st.integers(1, 6))):
        day = TODAY + timedelta(days=1 + 30 * number)
        for part in range(draw(st.integers(1, 3))):
            activity = Activity(
                key=f"s{number}.{part}",
                kind="session",
                modality=draw(st.sampled_from(("f2f", "sync"))),
                meeting=f"s{number}",
                segment=f"p{part}",
                session=f"Session {number}",
                facets={"p": Facet(competency=draw(st.sampled_from(("security", "legal"))))},
            )
            found.append(Coming(activity, day, draw(st.sampled_from((30, 60, 120, 180)))))
    return tuple(found)


def check(rules: Rules, of: Facts, told: Prospects) -> None:
    """Law: without any session it says is needed the whole is not reached; without any choice it allows, it is."""
    for one in told.room.needed:
        assert not reached(rules, of, (one.unit,))
    free = {one.unit: one.minutes for one in told.room.free}
    for size in range(1, len(free) + 1):
        for units in combinations(sorted(free), size):
            within_time = told.room.minutes is not None and sum(free[unit] for unit in units) <= told.room.minutes
            if size <= told.room.sessions or within_time:
                assert reached(rules, of, units), (told.situation, units)


@given(world=worlds(), entries=ledgers(), coming=schedules())
def test_the_first_sentence_never_promises_more_than_the_audit_allows(
    world: World, entries: tuple[Entry, ...], coming: tuple[Coming, ...]
) -> None:
    rules, of = compiled(parse(world.yaml(), name="world")), facts(entries, coming)
    told = seen(rules, of)
    assert told.done == told.root.status.satisfied
    if told.root.status is Status.PENDING:
        check(rules, of, told)
    else:
        assert told.room.free == told.room.needed == ()


@given(coming=schedules(), least=st.integers(1, 1500), slots=st.integers(1, 3), credited=st.sampled_from((1, 75, 100)))
def test_hours_and_sessions_together_promise_only_what_both_leave(
    coming: tuple[Coming, ...], least: int, slots: int, credited: int
) -> None:
    rules = ruled(
        f"""
          - {{id: hours, measure: hours, from: all, at_least: {least}m}}
          - {{id: some, measure: count, at_least: {slots}, credited: {credited}%, where: {{competency: legal}}}}
        """
    )
    of = facts((), coming)
    told = seen(rules, of)
    if told.root.status is Status.PENDING:
        check(rules, of, told)
        for one in told.room.free:
            shorter = min(one.minutes, told.room.minutes or 0)
            assert reached(rules, left_early(of, one.unit, shorter)), "leaving early is missing time too"


@given(coming=schedules(), most=st.integers(0, 3), excused=st.sampled_from(("in", "out")))
def test_a_limit_of_absences_is_part_of_the_whole(coming: tuple[Coming, ...], most: int, excused: str) -> None:
    rules = ruled(f"- {{id: few, measure: absences, of: session, credited: 75%, at_most: {most}, excused: {excused}}}")
    of = facts((), coming)
    told = seen(rules, of)
    check(rules, of, told)
    assert told.room.sessions <= most or told.room.free == ()


@given(coming=schedules(), entries=ledgers(), least=st.integers(10, 100))
def test_a_rate_promises_no_more_than_one_session(
    coming: tuple[Coming, ...], entries: tuple[Entry, ...], least: int
) -> None:
    rules = ruled(f"- {{id: rate, measure: rate, denominator: all, excused: in, at_least: {least}%}}")
    of = facts(entries, coming)
    told = seen(rules, of)
    if told.root.status is Status.PENDING:
        check(rules, of, told)


def left_early(of: Facts, unit: str, minutes: int) -> Facts:
    """As if that session were shorter for this person: what is missed is taken from its first parts."""
    found = []
    for one in of.coming:
        less = min(minutes, one.minutes) if one.activity.unit == unit else 0
        minutes -= less
        found.append(replace(one, minutes=one.minutes - less))
    return replace(of, coming=tuple(found))


def ruled(parts: str, policy: str = "{partial: proportional}") -> Rules:
    lines = "\n".join(f"    {line.strip()}" for line in parts.strip().splitlines())
    return compiled(
        parse(
            "program: p\ntrack: t\ncatalogue: c\nversion: 1\ntitle: World\n"
            f"policy: {policy}\n"
            "pools: {all: {where: {kind: [attended, accepted, makeup]}}}\n"
            "competencies: {security: Security, legal: Legal}\n"
            f"require:\n  id: root\n  all:\n{lines}\n"
            "award: {credential: c, decided_by: d, valid: forever}\n",
            name="world",
        )
    )


def session(unit: str, day: int, minutes: int = 120, *, slot: str = "") -> Coming:
    activity = Activity(
        unit, "session", meeting=unit, segment="p", session=unit.title(), facets={"p": Facet(slot=slot)}
    )
    return Coming(activity, TODAY + timedelta(days=day), minutes)


def task(item: str, day: int, until: int | None = None) -> Coming:
    activity = Activity(item, "assignment", item=item, title=item.title(), required=True)
    last = None if until is None else TODAY + timedelta(days=until)
    return Coming(activity, TODAY + timedelta(days=day), 60, last)


GRADUATION = "- {id: end, measure: count, at_least: 1, where: {slot: graduation}}"
HOURS = "- {id: hours, measure: hours, from: all, at_least: 6h}"
EIGHT = HOURS.replace("6h", "8h")
EACH = "- {id: work, measure: each, of: assignment}"
DONE_HOURS = posted("e", "attended", Activity("a", "session", meeting="a", segment="p"), START, 240, 240)
GONE = Entry("e", "attended", DONE_HOURS.activity, START, DONE_HOURS.recorded_at, 0, 240)
THREE = (session("one", 1), session("two", 30), session("end", 60, slot="graduation"))


@pytest.mark.parametrize(
    ("parts", "entries", "coming", "situation", "needed"),
    [
        (f"{EIGHT}\n{GRADUATION}", (DONE_HOURS,), THREE, Situation.TIME_TO_SPARE, ["end"]),
        (f"{HOURS}\n{GRADUATION}", (), THREE, Situation.NAMED, ["one", "two", "end"]),
        (GRADUATION, (), THREE, Situation.ON_TRACK, ["end"]),
        (HOURS, (), (*THREE, session("four", 90)), Situation.TIME_TO_SPARE, []),
        (HOURS, (), THREE[:2], Situation.SHORT, []),
        (f"{HOURS}\n{EACH}", (DONE_HOURS,), (*THREE, task("essay", -3, 9)), Situation.OVERDUE, []),
        (EACH, (), (task("essay", 3),), Situation.ON_TRACK, []),
    ],
)
def test_the_situations(
    parts: str, entries: tuple[Entry, ...], coming: tuple[Coming, ...], situation: Situation, needed: list[str]
) -> None:
    told = seen(ruled(parts), facts(entries, coming))
    assert (told.situation, [one.unit for one in told.room.needed]) == (situation, needed)


def test_time_to_spare_is_the_least_over_all_requirements() -> None:
    told = seen(ruled(f"{HOURS}\n{GRADUATION}"), facts((DONE_HOURS,), THREE))
    assert [one.unit for one in told.room.free] == ["one", "two"]
    assert told.room.minutes == 240
    loose = seen(ruled(HOURS), facts((), (*THREE, session("four", 90))))
    assert loose.room.minutes == 120, "eight hours are coming and six are needed"


def test_credit_by_threshold_is_told_in_sessions() -> None:
    rules = ruled(HOURS, "{partial: all-or-nothing}")
    told = seen(rules, facts((), (*THREE, session("four", 90))))
    assert (told.situation, told.room.sessions, told.room.minutes) == (Situation.SESSIONS_TO_SPARE, 1, None)


def test_what_was_canceled_is_named_as_the_reason() -> None:
    beside = Circumstances(canceled=(session("storm", -5, 240),))
    small = Circumstances(canceled=(session("storm", -5, 60),))
    assert seen(ruled(HOURS), facts((), THREE[:2]), beside=small).situation is Situation.SHORT
    told = seen(ruled(HOURS), facts((), THREE[:2]), beside=beside)
    assert (told.situation, [one.title for one in told.called_off]) == (Situation.CANCELED, ["Storm"])


def test_an_unfinished_calendar_is_not_a_failure() -> None:
    planned = seen(ruled(HOURS), facts((), THREE[:1], schedule_final=False))
    assert planned.situation is Situation.PLANNING
    final = seen(ruled(HOURS), facts((), THREE[:1]))
    assert final.situation is Situation.SHORT


def test_a_make_up_that_reaches_comes_before_an_exception() -> None:
    rules = ruled(HOURS, "{partial: proportional, makeup: {ratio: 100%}}")
    told = seen(rules, facts((GONE,), THREE[:2]))
    assert (told.situation, -told.parts[0].slack, told.parts[0].makeup) == (Situation.MAKEUP, 120, 240)


def test_what_is_accepted_and_waits_for_judges_is_not_the_person_s_to_do() -> None:
    rules = ruled("- {id: judged, measure: verdict, of: essay, panel: 2}")
    essay = Activity("essay", "project", item="essay", title="Essay")
    waiting = seen(rules, facts((posted("e", "accepted", essay, START, 60, 60),)))
    assert waiting.situation is Situation.REVIEW
    assert seen(rules, facts((), (Coming(essay, TODAY, 60),))).situation is Situation.ON_TRACK


@pytest.mark.parametrize(
    ("verdicts", "situation"),
    [
        (["revise"], Situation.RETURNED),
        (["fail"], Situation.RETURNED),
        (["Überarbeiten"], Situation.RETURNED),
        (["pass"], Situation.REVIEW),
        (["pass", "revise"], Situation.RETURNED),
        (["revise", "again"], Situation.REVIEW),
        (["revise", "taken back"], Situation.REVIEW),
    ],
)
def test_work_that_came_back_is_not_waiting_for_review(verdicts: list[str], situation: Situation) -> None:
    rules = ruled("- {id: judged, measure: verdict, of: essay, panel: 2}")
    essay = Activity("essay", "project", item="essay", title="Essay")
    entries = [posted("a", "accepted", essay, START, 60, 60)]
    for number, word in enumerate(verdicts, 1):
        on = START + timedelta(days=number)
        if word == "again":
            entries.append(posted(f"b{number}", "accepted", essay, on, 60, 60))
        elif word == "taken back":
            entries.append(posted(f"b{number}", "verdict", essay, on, 0, 0, reverses=entries[-1].id))
        else:
            entries.append(posted(f"v{number}", "verdict", essay, on, 0, 0, outcome=word)._replace(by=(f"j{number}",)))
    told = seen(rules, facts(tuple(entries)))
    assert told.situation is situation
    assert [one.title for one in told.returned] == (["Essay"] if situation is Situation.RETURNED else [])


def test_work_that_came_back_says_until_when_it_is_taken_again() -> None:
    rules = ruled("- {id: judged, measure: verdict, of: essay, panel: 1}")
    essay = Activity("essay", "project", item="essay", title="Essay")
    refused = posted("v", "verdict", essay, START, 0, 0, outcome="revise")._replace(by=("j",))
    due = Coming(essay, TODAY + timedelta(days=2), 60, TODAY + timedelta(days=9))
    told = seen(rules, facts((refused,), (due,)))
    assert (told.situation, told.returned[0].until) == (Situation.RETURNED, TODAY + timedelta(days=9))


def test_sessions_that_ended_are_neither_ahead_nor_lost() -> None:
    of = facts((), (session("yesterday", -1), session("now", 0), *THREE))
    told = seen(ruled(HOURS), of, beside=Circumstances(ended=frozenset({"now"})))
    assert [one.unit for one in told.held] == ["yesterday", "now"]
    assert [one.unit for one in told.ahead] == ["one", "two", "end"]


def test_windows_do_not_hide_that_a_session_of_a_later_month_was_missed() -> None:
    rules = ruled("- {id: spring, measure: each, of: session, credited: 75%}")
    told = seen(rules, facts((DONE_HOURS,), THREE))
    assert [one.unit for one in told.room.needed] == ["one", "two", "end"]


@pytest.mark.parametrize(
    ("attended", "made_up", "missed"), [(120, 0, 0), (118, 0, 0), (110, 0, 0), (109, 0, 11), (60, 43, 17), (0, 120, 0)]
)
def test_minutes_missed_are_told_as_the_definition_counts_them(attended: int, made_up: int, missed: int) -> None:
    rules = ruled(HOURS, "{partial: proportional, late_grace: 10m, makeup: {ratio: 100%}}")
    there = posted("e", "attended", DONE_HOURS.activity, START, attended, 120)
    recording = Activity("r", "recording", item="r")
    again = posted("m", "makeup", recording, START, made_up, made_up, replaces="a")
    of = facts((there, again) if made_up else (there,))
    had = had_of(rules, of, true_on=TODAY, known_at=LATE)["a"]
    assert (had.offered, had.missed) == (120, missed)
