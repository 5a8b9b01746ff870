"""The leaves that the laws and the shipped examples leave open: rate, score, attest, linked, held, paid, ceilings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cecto import requirements
from cecto.requirements import Absence, Activity, Background, Coming, Entry, Facts, Partner, Reason, Result, Status
from tests.requirements.worlds import END, LATE, START, facts, posted

HEAD = """\
program: p
track: t
catalogue: c
version: 1
title: Leaves
policy: {partial: proportional, makeup: {ratio: 100%}}
award: {credential: c, decided_by: d, valid: forever}
"""


def leaf(words: str, person: Facts, *, on: date = END) -> Result:
    text = f"{HEAD}require: {{id: leaf, title: Leaf, {words}}}\n"
    assert requirements.lint(text, name="leaf.yaml") == []
    rules = requirements.compile(requirements.parse(text, name="leaf.yaml"))
    return requirements.audit(rules, person, true_on=on, known_at=LATE).root


def session(number: int, minutes: int, *, offered: int = 60) -> Entry:
    activity = Activity(f"s{number}", "session", meeting=f"m{number}")
    return posted(f"e{number}", "attended", activity, START + timedelta(days=number), minutes, offered)


def coming(number: int) -> Coming:
    return Coming(
        Activity(f"s{number}", "session", f"Day {number}", meeting=f"m{number}"), START + timedelta(days=number), 60
    )


RATE = "measure: rate, denominator: {}, excused: {}, at_least: 80%"


@pytest.mark.parametrize(
    ("denominator", "of", "status"),
    [
        ("taken", 120, Status.PENDING),
        ("to-date", 180, Status.PENDING),
        ("all", 240, Status.OPEN),
        ("event", 240, Status.OPEN),
    ],
)
def test_a_rate_names_its_denominator(denominator: str, of: int, status: Status) -> None:
    person = facts((session(1, 60), session(2, 0)), (coming(3), coming(90)))
    result = leaf(RATE.format(denominator, "in"), person, on=START + timedelta(days=30))
    assert (result.value, result.of) == (60, of)
    if denominator in {"all", "event"}:
        assert (result.target, result.possible, result.makeup, result.status) == (192, 120, 60, status)
        only = leaf(RATE.format(denominator, "in") + ", where: {kind: attended}", person, on=START + timedelta(days=30))
        assert (only.makeup, only.status) == (0, Status.IMPOSSIBLE)


@pytest.mark.parametrize(("excused", "value", "of"), [("in", 60, 120), ("out", 60, 60), ("as-present", 120, 120)])
def test_a_rate_says_how_excused_absences_count(excused: str, value: int, of: int) -> None:
    absence = Absence("m2", excused=True, recorded_at=LATE)
    person = facts((session(1, 60), session(2, 0)), absences=(absence,))
    result = leaf(RATE.format("taken", excused), person)
    assert (result.value, result.of) == (value, of)


def test_a_rate_just_reached_and_just_missed() -> None:
    assert leaf(RATE.format("taken", "in"), facts((session(1, 48),))).status is Status.MET
    missed = leaf(RATE.format("taken", "in"), facts((session(1, 47),)))
    assert missed.sentence.startswith("Attended 78% so far.")


def scored(number: int, points: int) -> Entry:
    made = posted(
        f"x{number}", "scored", Activity(f"x{number}", "exam", item="final"), START + timedelta(days=number), 0, 0
    )
    return made._replace(score=points)


def test_a_score_is_the_best_of_the_attempts_that_count() -> None:
    person = facts((scored(1, 40), scored(2, 65), scored(3, 90)))
    result = leaf("measure: score, of: final, at_least: 70, attempts: 2", person)
    assert (result.value, result.status) == (65, Status.IMPOSSIBLE)
    assert [(left.entry, left.reason) for left in result.unused] == [("x1", Reason.DUPLICATE), ("x3", Reason.OVER_CAP)]
    again = leaf("measure: score, of: final, at_least: 70, attempts: 3", person)
    assert (again.value, again.status, again.sentence) == (90, Status.MET, "Passed: 90 points (70 needed).")


def test_attested_by_the_right_person() -> None:
    letter = posted("l", "attested", Activity("l", "document", item="letter"), START, 0, 0)
    words = "measure: attest, document: letter, by: supervisor"
    assert leaf(words, facts((letter._replace(by=("supervisor",)),))).status is Status.MET
    assert leaf(words, facts((letter._replace(by=("self",)),))).unused[0].because == "Not attested by the supervisor."


def test_different_people_attest() -> None:
    letter = posted("l", "attested", Activity("l", "document", item="letter"), START, 0, 0)
    words = "measure: attest, document: letter, by: supervisor, at_least: 2"
    ann, ben = (letter._replace(id=name, by=("supervisor", name)) for name in ("ann", "ben"))
    assert leaf(words, facts((ann, ann._replace(id="again")))).value == 1
    assert leaf(words, facts((letter._replace(by=("supervisor",)),) * 1)).value == 1
    assert leaf(words, facts((ann, ben))).status is Status.MET


def test_linked_on_the_day_asked() -> None:
    mentor = Partner("m", "mentor", START, until=START + timedelta(days=10))
    words = "measure: linked, with: {relation: mentor}"
    assert leaf(words, facts((), partners=(mentor,)), on=START + timedelta(days=9)).status is Status.MET
    assert leaf(words, facts((), partners=(mentor,)), on=START + timedelta(days=10)).status is Status.OPEN


def test_background_counts_when_known_and_true() -> None:
    paid = (Background("paid", "", 2000, START, LATE), Background("paid", "", 1900, END + timedelta(days=1), LATE))
    result = leaf("measure: paid, at_least: 3900", facts((), background=paid))
    assert (result.value, result.remaining, result.sentence) == (2000, 1900, "$2,000 of $3,900 paid.")
    held = (Background("held", "bachelor", 1, START, LATE),)
    assert leaf("measure: held, any_of: [bachelor, military]", facts((), background=held)).status is Status.MET


@pytest.mark.parametrize(
    ("vacuous", "entries", "status", "sentence"),
    [
        ("open", (), Status.OPEN, "Nothing yet; up to 1 h counts."),
        ("met", (), Status.MET, "Nothing yet; up to 1 h counts."),
        ("met", (session(1, 60),), Status.MET, "1 h used; up to 1 h counts."),
        ("met", (session(1, 60), session(2, 1)), Status.IMPOSSIBLE, "1 h 1 min recorded; only 1 h counts."),
    ],
)
def test_a_ceiling(vacuous: str, entries: tuple[Entry, ...], status: Status, sentence: str) -> None:
    result = leaf(f"measure: hours, at_most: 1h, vacuous: {vacuous}", facts(entries))
    assert result.status is status
    assert result.sentence.replace("\N{NO-BREAK SPACE}", " ").startswith(sentence)


def test_each_says_what_is_missing() -> None:
    work = [Activity(f"w{n}", "assignment", f"Essay {n}", item=f"w{n}", required=True) for n in (1, 2, 3)]
    done = posted("e", "accepted", work[0], START, 0, 0)
    ahead = (Coming(work[1], END, until=END + timedelta(days=9)), Coming(work[2], START + timedelta(days=9)))
    words = "measure: each, of: assignment, where: {required: true}"
    result = leaf(words, facts((done,), ahead), on=END)
    assert (result.status, result.value, result.target, result.missing) == (
        Status.OPEN,
        1,
        3,
        ("Essay 2", "Essay 3"),
    )
    assert leaf(words, facts((done,), ahead[:1]), on=END).status is Status.PENDING
    assert leaf(words, facts((done,), ahead), on=END + timedelta(days=30)).status is Status.IMPOSSIBLE
    assert leaf(words, facts(()), on=END).sentence == "Nothing is on the list yet."


def test_a_made_up_session_counts_as_the_session() -> None:
    made = posted("u", "makeup", Activity("u", "recording"), END - timedelta(days=1), 60, 60, replaces="m1")
    words = "measure: each, of: session, credited: 100%"
    assert leaf(words, facts((session(1, 0),))).status is Status.OPEN
    assert leaf(words, facts((session(1, 0), made))).status is Status.MET


def test_the_last_years_before_an_award_not_made_yet_end_on_the_date_asked() -> None:
    words = "measure: hours, window: {last: 1m, before: award}, at_least: 1h"
    person = facts((session(1, 60),))
    day = START + timedelta(days=1)
    assert leaf(words, person, on=day).value == 0
    assert leaf(words, person, on=day + timedelta(days=1)).value == 60
    assert leaf(words, person, on=day + timedelta(days=40)).value == 0
    assert leaf(words, replace(person, awarded_on=day + timedelta(days=5)), on=END).value == 60


def test_what_comes_until_an_award_not_made_yet_is_before_it() -> None:
    words = "measure: {}, window: {{last: 1y, before: award}}, at_least: {}"
    ahead = (coming(1), coming(2))
    for measure in ("hours", "count", "rate, denominator: all, excused: in"):
        asked = words.format(measure, {"hours": "2h", "count": "2"}.get(measure, "80%"))
        assert leaf(asked, facts((), ahead), on=START).status is Status.PENDING
    nothing = facts(())
    assert leaf(words.format("hours", "2h"), nothing, on=END + timedelta(days=400)).status is Status.OPEN
    awarded = replace(nothing, awarded_on=END)
    assert leaf(words.format("hours", "2h"), awarded, on=END + timedelta(days=400)).status is Status.IMPOSSIBLE


def test_a_count_of_attended_days_takes_no_make_ups() -> None:
    made = posted("u", "makeup", Activity("u", "recording"), END - timedelta(days=1), 60, 60, replaces="m1")
    person = facts((session(1, 0), made))
    assert leaf("measure: count, credited: 75%, at_least: 1", person).status is Status.MET
    attended = leaf("measure: count, where: {kind: attended}, credited: 75%, at_least: 1", person)
    assert (attended.value, attended.unused[0].because) == (0, "Nothing credited there.")


def test_the_make_up_that_its_value_rules_count_is_supposed() -> None:
    words = "measure: hours, at_least: 1h, value: [{where: {modality: f2f}, hours: logged}]"
    assert leaf(words, facts((session(1, 0),))).status is Status.OPEN
