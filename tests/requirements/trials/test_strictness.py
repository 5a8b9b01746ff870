"""Example files are checked as strictly as definitions."""

from __future__ import annotations

import pytest

from cecto.requirements import DefinitionErrors, Problem, Status, check_examples, parse, read_examples
from cecto.requirements.compiling import compile_definition
from cecto.requirements.trials.trying import try_examples

DEFINITION = """\
program: p
track: t
catalogue: '2026'
version: 1
title: Probe
policy: {partial: proportional, makeup: {until: class.end+30d}}
competencies: {law: Law}
require:
  id: root
  title: All
  all:
    - {id: hours, title: Hours, measure: hours, at_least: 6h, waivable: {by: board, kinds: [lower]}}
    - {id: end, title: Graduation, measure: count, where: {slot: graduation}, credited: 75%, at_least: 1}
    - {id: tied, title: Two mentors, measure: linked, with: {relation: mentor}, at_least: 2}
award: {credential: c, title: C, decided_by: board, valid: forever}
"""
EXAMPLES = """\
class_start: 2026-09-01
class_end: 2027-06-01
activities:
  day: {on: 2026-10-01, minutes: 6h, competency: law}
  last: {on: 2027-05-31, minutes: 2h, slot: graduation}
persons:
  - name: All
    true_on: 2027-05-31
    done: all
    partners:
      - {relation: mentor, since: 2026-01-01, done: none}
      - {relation: mentor, since: 2026-01-01, done: none}
    expect: {root: met, tied: {status: met, value: 2}}
  - name: Short
    true_on: 2027-08-01
    done: [day]
    but: {day: 3h}
    excused: [last]
    also:
      - {kind: makeup, activity: recording, replaces: day, on: 2026-11-01, minutes: 1h}
    exceptions:
      - {node: hours, kind: lower, minutes: 5h, office: board, since: 2026-12-01}
    expect: {root: impossible, hours: {status: impossible, value: 4h}}
"""


def problems(old: str, new: str) -> list[Problem]:
    assert old in EXAMPLES
    return check_examples(parse(DEFINITION, name="p.yaml"), EXAMPLES.replace(old, new), name="p.examples.yaml")


def test_the_good_one_is_good() -> None:
    assert problems("", "") == []


@pytest.mark.parametrize(
    ("old", "new", "place", "message", "advice"),
    [
        ("hours: {status", "hors: {status", (23, 32), "There is no requirement `hors`.", "Did you mean `hours`?"),
        ("done: [day]", "done: [dya]", (16, 12), "There is no activity `dya`.", "Did you mean `day`?"),
        ("but: {day", "but: {dayy", (17, 11), "There is no activity `dayy`.", "Did you mean `day`?"),
        ("excused: [last]", "excused: [lst]", (18, 15), "There is no session `lst`.", "Did you mean `last`?"),
        ("replaces: day", "replaces: days", (20, 45), "There is no activity `days`.", "Did you mean `day`?"),
        ("node: hours", "node: hour", (22, 10), "There is no requirement `hour`.", "Did you mean `hours`?"),
        ("competency: law", "competency: lw", (4, 38), "There is no competency `lw`.", "Did you mean `law`?"),
    ],
)
def test_a_name_that_leads_nowhere(old: str, new: str, place: tuple[int, int], message: str, advice: str) -> None:
    (problem,) = problems(old, new)
    assert (problem.message, problem.suggestion) == (message, advice)
    assert (problem.line, problem.column) == place
    with pytest.raises(DefinitionErrors):  # `try` too
        read_examples(EXAMPLES.replace(old, new), name="p", definition=parse(DEFINITION, name="p.yaml"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("class_end: 2027-06-01", "class_end: 2026-09-01", "The class ends before it begins."),
        ("minutes: 2h, slot", "slot", "A session without minutes credits nobody."),
        ("but: {day: 3h}", "but: {day: 9h}", "`day` is not so long."),
        ("slot: graduation", "slot: graduaton", "No requirement reads `graduaton`."),
        (" replaces: day,", "", "An entry of the kind `makeup` needs `replaces`."),
        ("replaces: day,", "replaces: day, score: 3,", "`score` says nothing of an entry of the kind `makeup`."),
        ("done: [day]", "done: [day]\n    traits: {chapter: x}", "No requirement asks for the trait `chapter`."),
        ("done: [day]", "done: [day]\n    standing: due", "Only a renewal has a standing."),
        ("since: 2026-12-01", "since: 2026-12-01, until: 2026-12-01", "It is in force on no day."),
        ("on: 2026-11-01", "on: 2026-11-01, recorded_on: 2026-10-01", "It is recorded before it happened."),
    ],
)
def test_what_makes_no_sense(old: str, new: str, message: str) -> None:
    assert message in [problem.message for problem in problems(old, new)]


@pytest.mark.parametrize(
    ("old", "new"),
    [("kind: lower, minutes: 5h", "kind: waive"), ("office: board", "office: dean"), ("node: hours", "node: end")],
)
def test_a_forbidden_exception_is_noticed(old: str, new: str) -> None:
    found = [problem for problem in problems(old, new) if "changes nothing" in problem.message]
    assert len(found) == 1
    assert "refused: true" in found[0].suggestion
    definition = parse(DEFINITION, name="p.yaml")
    text = EXAMPLES.replace(old, new)
    tried = try_examples(compile_definition(definition), read_examples(text, name="p", definition=definition))
    assert [len(one.ignored) for one in tried] == [0, 1]


def test_an_exception_may_be_meant_to_be_refused() -> None:
    assert problems("kind: lower, minutes: 5h", "kind: waive, refused: true") == []
    (allowed,) = problems("kind: lower", "refused: true, kind: lower")
    assert "to be refused, and it is allowed" in allowed.message


PERSON = """\
  - name: Another
    true_on: 2027-05-31
    known_on: 2027-06-10
    done: [day]
"""


def found(more: str, node: str, *, activities: str = "", person: str = PERSON) -> tuple[Status, int]:
    definition = parse(DEFINITION, name="p.yaml")
    text = EXAMPLES.replace("persons:", activities + "persons:") + person + more + f"    expect: {{{node}: met}}\n"
    tried = try_examples(compile_definition(definition), read_examples(text, name="p", definition=definition))[-1]
    assert tried.audit is not None
    result = tried.audit.root.find(node)
    return result.status, result.value


def test_entries_have_a_time_of_recording() -> None:
    late = "    also: [{kind: recognized, on: 2027-01-01, minutes: 2h, recorded_on: 2027-06-DAY}]\n"
    assert found(late.replace("DAY", "10"), "hours") == (Status.MET, 8 * 60)
    assert found(late.replace("DAY", "11"), "hours") == (Status.MET, 6 * 60)


def test_entries_may_be_reversed() -> None:
    taken_back = "    also: [{kind: recognized, on: 2027-01-01, minutes: 2h, reversed_on: 2027-06-DAY}]\n"
    assert found(taken_back.replace("DAY", "10"), "hours") == (Status.MET, 6 * 60)
    assert found(taken_back.replace("DAY", "11"), "hours") == (Status.MET, 8 * 60)


def test_attendance_may_be_recorded_later_than_it_was() -> None:
    late = "  more: {on: 2027-05-20, minutes: 3h, recorded_on: 2027-07-01}\n"
    assert found("    but: {more: 3h}\n", "hours", activities=late) == (Status.MET, 6 * 60)
    assert found("    but: {more: 3h}\n", "hours", activities=late.replace("07-01", "06-01")) == (Status.MET, 9 * 60)


def test_an_unfinished_schedule_makes_nothing_impossible() -> None:
    later = PERSON.replace("2027-0", "2028-0")
    assert found("", "end", person=later)[0] is Status.IMPOSSIBLE
    assert found("    schedule: planning\n", "end", person=later)[0] is Status.OPEN
