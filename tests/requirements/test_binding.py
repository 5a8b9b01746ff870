"""Law 3: an exception binds to the requirement in force, in its own unit, or is refused; never neither."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cecto import requirements
from cecto.requirements import Activity, Coming, Entry, ExceptionFact, Facts, Result, Rules, Status, idle_exceptions
from cecto.requirements.exceptions import refusal
from tests.requirements.worlds import END, LATE, START, facts, posted

HEAD = """\
program: p
track: t
catalogue: c
version: 1
title: Bound
policy: {partial: proportional}
award: {credential: c, decided_by: d, valid: forever}
require:
  id: root
  title: Root
  all:
    - {id: other, title: Other, measure: count, where: {item: nothing}, at_least: 1}
    - {id: node, title: Node, waivable: {by: board}, WORDS}
"""
MEASURES = {
    "group": "all: [{id: a, measure: paid, of: fee, at_least: 5}, {id: b, measure: paid, of: book, at_least: 5}]",
    "hours": "measure: hours, at_least: 5h, where: {kind: attended}, window: [class.start, class.end]",
    "hours without a window": "measure: hours, at_least: 5h, where: {kind: attended}",
    "count": "measure: count, at_least: 3, where: {kind: attended}, credited: 100%, window: [class.start, class.end]",
    "absences": "measure: absences, at_most: 1, credited: 100%, window: [class.start, class.end]",
    "each": "measure: each, of: session, credited: 100%, window: [class.start, class.end]",
    "rate": "measure: rate, denominator: all, excused: in, at_least: 90%, window: [class.start, class.end]",
    "verdict": "measure: verdict, of: paper, panel: 3",
    "credential": "measure: credential, credential: paper",
    "score": "measure: score, of: paper, at_least: 60",
    "attest": "measure: attest, document: paper, by: self, at_least: 3",
    "held": "measure: held, any_of: [paper]",
    "paid": "measure: paid, of: fee, at_least: 3900",
    "linked": "measure: linked, with: {relation: mentor}, at_least: 2",
    "years": "measure: years, of: work, at_least: 5y",
}
ASKED = END + timedelta(days=20)
GRANTS: dict[str, dict[str, object]] = {
    "waive": {},
    "lower": {"to": 2},
    "accept": {"entry": "study"},
    "exclude": {"entry": "one"},
    "revalue": {"entry": "one", "to": 40},
    "extend": {"extended_to": END + timedelta(days=30)},
    "replace": {"other": "other"},
}


def session(key: str, minutes: int, days: int = 0) -> Entry:
    activity = Activity(key, "session", meeting=key, segment=key)
    return posted(key, "attended", activity, START + timedelta(days=days), minutes, 60)


def person() -> Facts:
    """Three sessions, one of them missed and one in part, one held after the class, one to come, and study."""
    entries = [session("one", 60), session("two", 30, 1), session("missed", 0, 2), session("late", 60, 320)]
    study = posted("study", "recognized", Activity("study", "study", item="study"), START, 60, 60)
    entries.append(study)
    return facts(tuple(entries), (Coming(Activity("next", "session", meeting="next"), END - timedelta(days=3), 60),))


def rules(words: str) -> Rules:
    return requirements.compile(requirements.parse(HEAD.replace("WORDS", words), name="bound.yaml"))


def granted(kind: str, **more: object) -> ExceptionFact:
    return ExceptionFact("x", "node", kind, "board", START, LATE, **{**GRANTS[kind], **more})  # type: ignore[arg-type]


def said(result: Result) -> list[object]:
    return [(r.id, r.status, r.value, r.target, r.used, r.unused) for r in result.walk()]


@pytest.mark.parametrize("kind", GRANTS)
@pytest.mark.parametrize("measure", MEASURES)
def test_it_is_refused_or_changes_what_the_audit_says(measure: str, kind: str) -> None:
    made = rules(MEASURES[measure])
    fact = granted(kind)
    of_an_entry = measure in {"verdict", "credential", "score", "attest", "held"}
    if of_an_entry and kind == "exclude":
        return  # nobody has an entry of these here to exclude
    held = facts(person().entries, person().coming, exceptions=(fact,))
    before, after = (requirements.audit(made, one, true_on=ASKED, known_at=LATE).root for one in (person(), held))
    assert bool(refusal(made, fact)) == (said(before) == said(after))
    assert bool(refusal(made, fact)) == bool(idle_exceptions(made, held, true_on=ASKED, known_at=LATE))


@pytest.mark.parametrize(
    ("words", "to", "unit", "because"),
    [
        ("hours", 200, "number", "`node` counts time, and 200 is a number. Write hours and minutes, as 200h."),
        ("count", 120, "minutes", "`node` counts no time. Write a number."),
        ("hours", 300, "minutes", "`node` asks for no more than that already."),
        ("hours", 0, "", "Lowered to nothing, `node` would ask for nothing. Waive it."),
        ("group", 2, "number", "`node` asks for no more than that already."),
        ("held", 1, "number", "`node` has no number to lower. Waive it."),
        ("hours", 299, "minutes", ""),
        ("count", 2, "number", ""),
    ],
)
def test_a_number_has_the_unit_of_its_requirement_and_lowers_it(words: str, to: int, unit: str, because: str) -> None:
    assert refusal(rules(MEASURES[words]), granted("lower", to=to, unit=unit)) == because


OTHERWISE = (
    "measure: count, where: {kind: attended}, at_least: 3, when: {trait: {chapter: florida}}, "
    "otherwise: {id: instead, title: Instead, measure: count, where: {kind: attended}, credited: 100%, at_least: 3}"
)


@pytest.mark.parametrize(("kind", "status"), [("waive", Status.WAIVED), ("lower", Status.MET), ("accept", Status.OPEN)])
def test_it_binds_to_what_is_asked_instead(kind: str, status: Status) -> None:
    made = rules(OTHERWISE)
    held = facts(person().entries, exceptions=(granted(kind, **({"entry": "missed"} if kind == "accept" else {})),))
    root = requirements.audit(made, held, true_on=ASKED, known_at=LATE).root
    found = root.find("node")
    assert (found.status.satisfied, found.exceptions) == (status.satisfied or kind == "accept", ("x",))


def test_a_number_of_another_unit_does_not_bind_to_what_is_asked_instead() -> None:
    hours = OTHERWISE.replace(
        "measure: count, where: {kind: attended}, credited: 100%, at_least: 3", "measure: hours, at_least: 9h"
    )
    held = facts(person().entries, exceptions=(granted("lower"),))
    assert requirements.audit(rules(hours), held, true_on=END, known_at=LATE).root.find("node").target == 540


def test_of_two_that_do_the_same_the_later_is_idle() -> None:
    made = rules(MEASURES["hours"])
    one = granted("lower")
    both = facts(person().entries, person().coming, exceptions=(one, replace(one, id="y", since=START + timedelta(1))))
    idle = idle_exceptions(made, both, true_on=ASKED, known_at=LATE)
    assert [(each.exception, each.because) for each in idle] == [("y", "“Node” is done without it.")]


@pytest.mark.parametrize(("days", "idle"), [(30, False), (-200, True)])
def test_an_extension_works_until_its_last_day(days: int, idle: bool) -> None:
    made = rules(MEASURES["hours"])
    held = facts((), exceptions=(granted("extend", extended_to=END + timedelta(days=days)),))
    early = START + timedelta(days=1)
    found = idle_exceptions(made, held, true_on=early, known_at=LATE)
    assert bool(found) is idle
