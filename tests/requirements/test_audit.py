"""The audit in the cases that laws do not name: dates, exceptions, make-ups, partners, projection."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cecto import requirements
from cecto.requirements import (
    Activity,
    Audit,
    Coming,
    Entry,
    ExceptionFact,
    Facet,
    Facts,
    Partner,
    Reason,
    Result,
    Status,
)

START, END = date(2015, 8, 19), date(2016, 6, 24)
TEXT = """\
program: cecto
track: td
catalogue: '2015'
version: 1
title: A program
policy: {partial: proportional, makeup: {ratio: 50%, kinds: recording, within: 30d}}
pools:
  all:
    where: {kind: [attended, accepted, makeup]}
    window: [class.start, class.end]
    limits: [{id: cap, title: Online study, where: {modality: async}, at_most: 2h}]
require:
  id: root
  title: Everything
  all:
    - {id: hours, title: Hours, measure: hours, from: all, at_least: 10h, waivable: {by: board, second: state}}
    - {id: shared, title: Shared, measure: hours, from: all, where: {held_by: cgcio, competency: law}, at_least: 1h}
    - id: joint
      title: Together
      measure: together
      with: {relation: same-organization}
      both_at_least: 75%
      at_least: 1
      when: {partner: {relation: same-organization}}
      otherwise: not-applicable
award: {credential: c, decided_by: board, valid: forever}
"""
RULES = requirements.compile(requirements.parse(TEXT, name="t.yaml"))


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def session(number: int, modality: str = "f2f") -> Activity:
    facets = {"cecto": Facet(competency="law"), "cgcio": Facet(competency="procurement")}
    return Activity(f"s{number}", "session", f"Day {number}", modality, f"m{number}", held_by="cgcio", facets=facets)  # type: ignore[arg-type]


def day(number: int) -> date:
    return START + timedelta(days=30 * (number - 1))


def attended(number: int, minutes: int = 300, *, modality: str = "f2f", known: date | None = None) -> Entry:
    on = day(number)
    return Entry(f"e{number}", "attended", session(number, modality), on, at(known or on), minutes, 300)


def person(*entries: Entry, **more: object) -> Facts:
    return Facts("cecto", "td", START, END, entries, **more)  # type: ignore[arg-type]


def audit(facts: Facts, true_on: date = END, known: date = END) -> Audit:
    return requirements.audit(RULES, facts, true_on=true_on, known_at=at(known))


def hours(facts: Facts, true_on: date = END, known: date = END) -> Result:
    return audit(facts, true_on, known).root.find("hours")


def test_two_dates_are_two_questions() -> None:
    late = attended(1, known=date(2016, 5, 1))
    assert hours(person(late), true_on=date(2015, 9, 1), known=date(2015, 9, 1)).value == 0
    assert hours(person(late), true_on=date(2015, 9, 1), known=date(2016, 6, 1)).value == 300


def test_a_reversal_counts_from_when_it_was_known() -> None:
    first = attended(1)
    back = first._replace(id="r1", reverses="e1", recorded_at=at(date(2016, 1, 1)), attended=0, offered=0)
    assert hours(person(first, back), known=date(2015, 12, 31)).value == 300
    after = hours(person(first, back))
    assert [(left.entry, left.amount, left.reason) for left in after.unused] == [("e1", 300, Reason.REVERSED)]


def test_another_programs_day_counts_in_this_programs_words() -> None:
    assert audit(person(attended(1))).root.find("shared").value == 300


def test_outside_the_window_is_said() -> None:
    early = attended(1)._replace(occurred_on=START - timedelta(days=1))
    [left] = hours(person(early)).unused
    assert (left.reason, left.because) == (
        Reason.OUTSIDE_WINDOW,
        "Before the first day that counts, August 19, 2015.",
    )


def test_over_the_cap_is_said_and_coming_time_respects_the_cap() -> None:
    coming = (Coming(session(3, "async"), day(3), 300),)
    result = hours(person(attended(1, modality="async"), coming=coming))
    assert [(left.amount, left.because) for left in result.unused] == [(180, "Over the cap “Online study”.")]
    assert (result.value, result.possible) == (120, 0)


def test_projection_says_what_may_be_missed_and_until_when() -> None:
    coming = (Coming(session(2), day(2), 300), Coming(session(3), day(3), 60), Coming(session(4), day(4), 300))
    result = hours(person(attended(1), coming=coming), true_on=date(2015, 9, 1))
    assert (result.status, result.value, result.possible, result.slack) == (Status.PENDING, 300, 660, 360)
    assert result.missable_until == day(4)
    assert [(closer.unit, closer.amount) for closer in result.closers] == [("m2", 300), ("m3", 60), ("m4", 300)]
    said = result.sentence.replace("\N{NO-BREAK SPACE}", " ")
    assert said == "5 h of 10 h so far. 11 h more is scheduled, 6 h more than needed."


def test_makeup_is_held_to_half_of_what_was_missed_and_to_its_kinds_and_days() -> None:
    missed = attended(1, 100)
    recording = Activity("rec", "recording", modality="f2f")
    ok = Entry("u1", "makeup", recording, day(1) + timedelta(days=30), at(day(2)), 400, 400, replaces="m1")
    assert hours(person(missed, ok)).value == 100 + 100
    late = ok._replace(occurred_on=day(1) + timedelta(days=31))
    assert [left.because for left in hours(person(missed, late)).unused] == [
        "Made up too long after the missed session."
    ]
    essay = ok._replace(activity=replace(recording, kind="assignment"))
    assert hours(person(missed, essay)).value == 100


def test_makeup_changes_impossible_to_open() -> None:
    # The class is over: only make-ups of its last days may still come, half of what was missed.
    last = END - timedelta(days=1)
    short = person(attended(1), attended(2, 100)._replace(occurred_on=last))
    result = hours(short)
    assert (result.status, result.makeup, -result.slack) == (Status.IMPOSSIBLE, 100, 200)
    near = person(attended(1), attended(2, 180)._replace(occurred_on=last), attended(3, 60)._replace(occurred_on=last))
    assert hours(near).status is Status.OPEN
    assert hours(near, true_on=END + timedelta(days=30)).status is Status.IMPOSSIBLE


def granted(kind: str, **more: object) -> ExceptionFact:
    base = ExceptionFact("x1", "hours", kind, "board", day(2), at(day(2)), second_office="state")  # type: ignore[arg-type]
    return replace(base, **more)  # type: ignore[arg-type]


def test_exceptions_need_office_second_and_a_node_that_allows_them() -> None:
    def ignored(exception: ExceptionFact) -> list[str]:
        return [each.because for each in audit(person(exceptions=(exception,))).ignored]

    assert ignored(granted("waive")) == []
    assert ignored(granted("waive", office="director")) == ["Only board may grant an exception on `hours`."]
    assert ignored(granted("waive", second_office="")) == [
        "An exception on `hours` needs the second signature of state."
    ]
    assert ignored(granted("waive", node="shared")) == ["The definition lets no one grant an exception on `shared`."]
    assert ignored(granted("waive", node="nowhere")) == ["There is no requirement `nowhere`."]


def test_a_waiver_holds_from_its_date_until_it_is_revoked() -> None:
    waived = person(exceptions=(granted("waive", revoked_at=at(date(2016, 3, 1))),))
    assert hours(waived, true_on=day(1), known=day(1)).status is Status.OPEN
    assert hours(waived, true_on=day(3), known=day(3)).status is Status.WAIVED
    assert hours(waived).status is Status.IMPOSSIBLE


def test_exceptions_change_targets_and_entries() -> None:
    early = attended(1)._replace(id="early", occurred_on=START - timedelta(days=9))
    facts = person(attended(1), early, attended(2))
    exceptions = (
        granted("lower", id="a", to=480),
        granted("accept", id="b", entry="early"),
        granted("exclude", id="c", entry="e1"),
        granted("revalue", id="d", entry="e2", to=200),
    )
    result = hours(replace(facts, exceptions=exceptions))
    assert [(use.entry, use.amount) for use in result.used] == [("early", 300), ("e2", 200)]
    assert (result.status, result.target, result.exceptions) == (Status.MET, 480, ("a", "b", "c", "d"))


def test_an_extension_moves_the_end_of_the_window() -> None:
    late = attended(1)._replace(occurred_on=END)
    extended = granted("extend", extended_to=END + timedelta(days=10))
    after = END + timedelta(days=1)
    assert hours(person(late), true_on=after, known=after).value == 0
    assert hours(person(late, exceptions=(extended,)), true_on=after, known=after).value == 300


def test_partners_are_judged_on_the_day() -> None:
    mine = (attended(1), attended(3))
    theirs = (attended(1), attended(3, 200))
    until = Partner("b", "same-organization", day(2), entries=theirs)
    facts = person(*mine, partners=(until,))
    joint = audit(facts).root.find("joint")
    assert joint.status is Status.IMPOSSIBLE
    assert [left.because for left in joint.unused] == [
        "No partner on that day.",
        "The partner was not credited 75% of it.",
    ]
    from_the_start = replace(until, since=START)
    assert audit(replace(facts, partners=(from_the_start,))).root.find("joint").value == 1
    assert audit(person(*mine)).root.find("joint").status is Status.NOT_APPLICABLE


def test_the_hash_says_the_same_outcome() -> None:
    one = audit(person(attended(1)))
    again = audit(person(attended(1), coming=(Coming(session(5), day(5), 60),)), known=END + timedelta(days=5))
    other = audit(person(attended(1, 299)))
    assert one.sha256 == again.sha256 != other.sha256


def test_what_came_after_the_date_asked_was_still_ahead_of_it() -> None:
    late = person(attended(1), attended(4, 100))
    then = hours(late, true_on=day(2))
    assert (then.status, then.value, then.possible) == (Status.PENDING, 300, 300)
    assert hours(late).value == 400


def test_what_is_done_is_not_offered_again() -> None:
    again = Coming(session(1), day(1), 300)
    assert hours(person(attended(1), coming=(again,)), true_on=day(1)).possible == 0
