"""A new version: whose outcome changes, where exceptions go, and which version holds people under way."""

from __future__ import annotations

from datetime import date

import pytest

from cecto import requirements
from cecto.requirements import Activity, Coming, Entry, ExceptionFact, Facts, Rules, Status
from tests.requirements.worlds import END, LATE, START, facts, posted

TEXT = """\
program: p
track: t
catalogue: c
version: 1
title: Versions
policy: {partial: proportional}
require:
  id: root
  title: Everything
  all:
    - {id: hours, title: Hours, measure: hours, at_least: 2h, waivable: {by: board}}
award: {credential: c, decided_by: d, valid: forever}
"""


def version(*changes: tuple[str, str], under_way: str = "") -> Rules:
    text = TEXT
    for old, new in (*changes, ("award:", f"under_way: {under_way}\naward:") if under_way else ("", "")):
        text = text.replace(old, new) if old else text
    return requirements.compile(requirements.parse(text, name="v.yaml"))


OLD = version()
STRICTER = (("version: 1", "version: 2"), ("2h", "3h"))
RENAMED = (("version: 1", "version: 2\nmoves: {hours: time}"), ("id: hours", "id: time"))


def person(minutes: int, *exceptions: ExceptionFact) -> Facts:
    done: Entry = posted("e", "attended", Activity("s", "session", meeting="m"), START, minutes, minutes)
    return facts((done,), exceptions=exceptions)


def test_compare_says_who_would_change_and_how() -> None:
    found = requirements.compare(OLD, version(*STRICTER), person(150), true_on=END, known_at=LATE)
    assert (found.changed, found.worse) == (True, True)
    assert [change.node for change in found.changes] == ["root", "hours"]
    said = found.changes[1].sentence.replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith("Hours: done now, needs an exception then. 2 h 30 min of 3 h.")


def test_compare_is_silent_when_nothing_changes() -> None:
    found = requirements.compare(OLD, version(*RENAMED), person(150), true_on=END, known_at=LATE)
    assert (found.changed, found.changes) == (False, ())


def test_an_exception_follows_the_requirement_it_was_granted_on() -> None:
    waived = ExceptionFact("x", "hours", "waive", "board", START, LATE)
    after = requirements.compare(OLD, version(*RENAMED), person(0, waived), true_on=END, known_at=LATE).after
    assert (after.root.find("time").status, after.ignored) == (Status.WAIVED, ())


@pytest.mark.parametrize(
    ("under_way", "minutes", "held_to"),
    [("stay", 150, "old"), ("move", 150, "new"), ("better-of-both", 150, "old"), ("better-of-both", 200, "old")],
)
def test_which_version_holds_people_under_way(under_way: str, minutes: int, held_to: str) -> None:
    new = version(*STRICTER, under_way=under_way)
    used = requirements.audit_under_way(OLD, new, person(minutes), true_on=END, known_at=LATE)
    assert used.definition == {"old": OLD, "new": new}[held_to].definition.sha256


def test_the_better_of_both_may_be_the_new_one() -> None:
    new = version(("version: 1", "version: 2"), ("2h", "1h"), under_way="better-of-both")
    used = requirements.audit_under_way(OLD, new, person(90), true_on=END, known_at=LATE)
    assert used.definition == new.definition.sha256


def test_a_change_of_schedule_is_compared_by_its_audits() -> None:
    coming = Coming(Activity("t", "session", meeting="n"), END, 60)
    before, after = (
        requirements.audit(OLD, facts(person(90).entries, left), true_on=date(2016, 1, 1), known_at=LATE)
        for left in ((coming,), ())
    )
    changes = requirements.differences(before, after)
    assert [(change.node, change.after.status if change.after else None) for change in changes] == [
        ("root", Status.IMPOSSIBLE),
        ("hours", Status.IMPOSSIBLE),
    ]
    assert before.sha256 == after.sha256


def test_lint_names_ids_that_got_lost() -> None:
    lost = TEXT.replace("id: hours", "id: time").replace("version: 1", "version: 2")
    [found] = requirements.lint(lost, name="v.yaml", previous=OLD.definition)
    assert found.message == "`hours` of version 1 is gone; exceptions and decisions name it."
    kept = lost.replace("award:", "moves: {hours: time}\naward:")
    assert requirements.lint(kept, name="v.yaml", previous=OLD.definition) == []


def test_lint_follows_moves() -> None:
    [found] = requirements.lint(TEXT.replace("award:", "moves: {old: hour}\naward:"), name="v.yaml")
    assert (found.message, found.suggestion) == (
        "`moves` sends `old` to `hour`, which is not here.",
        "Did you mean `hours`?",
    )


def test_a_definition_without_examples_is_not_published() -> None:
    definition = OLD.definition
    [none] = requirements.check_examples(definition, "", name="v.examples.yaml")
    assert none.message == "The definition has no example persons."
    few = """\
class_start: 2015-08-19
class_end: 2016-06-24
activities: {day: {on: 2015-09-01, minutes: 1h}}
persons:
  - {name: Someone, true_on: 2016-01-01, done: all, expect: {hours: {status: met, value: 1h}, nowhere: met}}
"""
    [unknown] = requirements.check_examples(definition, few, name="v.examples.yaml")
    assert (unknown.line, unknown.message) == (5, "There is no requirement `nowhere`.")
    few = few.replace(", nowhere: met", "")
    told = requirements.check_examples(definition, few, name="v.examples.yaml")
    found = [problem.message.replace("\N{NO-BREAK SPACE}", " ") for problem in told]
    assert found == [
        "Someone: hours: expected met, found impossible. 1 h of 2 h. The schedule is 1 h short, and make-ups can't "
        "close the gap. The board can grant an exception.",
        "No example person meets everything.",
    ]
    [broken] = requirements.check_examples(definition, few.replace("done: all", "done: al"), name="v.examples.yaml")
    assert (broken.line, broken.suggestion) == (5, "Did you mean `all`?")
