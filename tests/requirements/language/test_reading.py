"""Bad definitions get problems that name the place, the node and the nearest right thing."""

from __future__ import annotations

import pytest

from cecto.requirements import DefinitionErrors, Problem, lint, parse

GOOD = """\
program: p
track: t
catalogue: '2020'
version: 1
title: A program
policy: {partial: proportional}
pools:
  all:
    where: {kind: [attended]}
require:
  id: root
  title: Everything
  all:
    - {id: hours, title: Hours, measure: hours, from: all, at_least: 20h}
award: {credential: c, decided_by: board, valid: forever}
"""


def problems(text: str) -> list[Problem]:
    return lint(text, name="p.yaml")


def only(old: str, new: str) -> Problem:
    """The one problem of the good definition with one thing changed."""
    assert old in GOOD
    found = problems(GOOD.replace(old, new))
    assert len(found) == 1, found
    return found[0]


def test_the_good_one_is_good() -> None:
    assert problems(GOOD) == []
    assert parse(GOOD, name="p.yaml").catalogue == "2020"


def test_unknown_key_names_file_line_column_node_and_nearest() -> None:
    found = only("at_least: 20h", "atleast: 20h, at_most: 30h, vacuous: open")
    assert found == Problem(
        "p.yaml",
        14,
        60,
        "hours",
        "`atleast` is not known in a requirement that measures hours.",
        "Did you mean `at_least`?",
    )


@pytest.mark.parametrize(
    ("old", "new", "message", "suggestion"),
    [
        ("'2020'", "2020", "YAML reads 2020 as something other than text.", "Write '2020'."),
        ("A program", "no", "YAML reads no as something other than text.", "Write 'no'."),
        ("A program", "17:30", "YAML reads 17:30 as something other than text.", "Write '17:30'."),
        ("20h", "20", "`20` is not a duration in whole minutes.", "Write 20h or 20m."),
        ("20h", "0.75", "`0.75` is not a duration in whole minutes.", "Write 240h, 7h 30m or 45m."),
        ("version: 1", "version: 1.5", "`1.5` is not a whole number from 1 to 1,000,000.",
         "Write a ratio as 75%, hours as 7h 30m."),
        ("partial: proportional", "partial: {threshold: 0.8}", "`0.8` is not a ratio.", "Write 80%."),
        ("measure: hours", "measure: hour", "`hour` is not known here.", "Did you mean `hours`?"),
        ("[attended]", "[attend]", "`attend` is not known here.", "Did you mean `attended`?"),
        ("valid: forever", "valid: 3 years", "`3 years` is not a span.", "Write 30d, 12m or 3y (days, months, years)."),
        ("from: all", "from: al", "There is no pool `al`.", "Did you mean `all`?"),
        ("id: hours", "id: root", "The id `root` is taken on line 11.", "Give each requirement and cap its own id."),
        ("id: hours, ", "", "`id` is missing from a requirement that measures hours.", "Add `id:`."),
        ("title: Hours, ", "", "It has no title for people to read.", "Add `title:`."),
        ("{kind: [attended]}", "{}", "This filter asks for nothing.", "Leave `where` out to mean every entry."),
        ("track: t", "track: t\ntrack: u", "`track` is written twice here.", "Keep one of them."),
        ("track: t", "track: &a t", "`&a` is an anchor; definitions have none.", "Write the value out."),
    ],
)  # fmt: skip
def test_problem(old: str, new: str, message: str, suggestion: str) -> None:
    found = problems(GOOD.replace(old, new))
    assert (found[0].message, found[0].suggestion) == (message, suggestion)


def test_all_problems_are_reported_at_once() -> None:
    text = GOOD.replace("20h", "20").replace("'2020'", "2020").replace("attended", "attend")
    with pytest.raises(DefinitionErrors) as caught:
        parse(text, name="p.yaml")
    assert [problem.line for problem in caught.value.problems] == [3, 9, 14]


@pytest.mark.parametrize("text", ["", "- a", "a: [", "\t", "{", "a: b: c", "[" * 5000, "a: " + "x" * 300_000, "\x00"])
def test_what_is_no_definition_is_refused(text: str) -> None:
    with pytest.raises(DefinitionErrors) as caught:
        parse(text, name="p.yaml")
    assert all(problem.message for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("at_least: 20h", "at_most: 20h", "`at_most` does not say what an empty record means."),
        (", at_least: 20h", "", "It needs either `at_least` or `at_most`."),
        ("all:\n    - {id: hours", "at_least: 2\n  of:\n    - {id: hours", "It asks for 2 of 1 parts."),
        ("{kind: [attended]}", "{kind: attended}\n    window: [class.start, class.start]", "Its window is empty."),
    ],
)
def test_lint(old: str, new: str, message: str) -> None:
    assert [problem.message for problem in problems(GOOD.replace(old, new))] == [message]


def test_overlapping_caps_are_refused() -> None:
    caps = """\
    where: {kind: [attended]}
    limits:
      - {id: one, title: One, where: {modality: async}, at_most: 5h}
      - {id: two, title: Two, where: {competency: security}, at_most: 5h}
"""
    found = problems(GOOD.replace("    where: {kind: [attended]}\n", caps))
    assert [p.message for p in found] == ["The caps `one` and `two` may overlap without one holding the other."]


def test_a_floor_above_its_cap_can_never_be_met() -> None:
    caps = """\
    where: {kind: [attended]}
    limits:
      - {id: one, title: One, where: {modality: async}, at_most: 5h}
"""
    text = GOOD.replace("    where: {kind: [attended]}\n", caps).replace(
        "from: all", "from: all, where: {modality: async}"
    )
    assert [p.message for p in problems(text)] == ["It can never be met: the cap `one` lets less through."]


def test_unknown_competency_is_refused() -> None:
    text = GOOD.replace("pools:", "competencies: {security: Security}\npools:").replace(
        "{kind: [attended]}", "{competency: securty}"
    )
    assert [(p.node, p.message, p.suggestion) for p in problems(text)] == [
        ("all", "`securty` is not among the competencies.", "Did you mean `security`?")
    ]


EXCLUSIVE = "    - {{id: {0}, title: T, measure: hours, at_least: 1h, use: {{exclusive: g, split: {1}}}}}\n"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (EXCLUSIVE.format("a", "true"), "The exclusive group `g` has one member."),
        (
            EXCLUSIVE.format("a", "true") + EXCLUSIVE.format("b", "false"),
            "The members of `g` disagree on `split`.",
        ),
        (
            "    - {id: a, title: T, measure: hours, from: all, distinct: item, at_least: 1h}\n",
            "`value`, `distinct` and `allocate` belong in the pool it reads.",
        ),
        (
            "    - {id: a, title: T, measure: hours, window: cycle, at_least: 1h}\n",
            "Its window is a renewal cycle, but only what stands under `renewal` has cycles.",
        ),
        (
            "    - {id: a, title: T, measure: hours, window: [2009-01-01, 2009-05-01], at_least: 1h}\n",
            "Its window lies outside the classes it is for.",
        ),
        (
            "    - {id: a, title: T, measure: score, of: exam, scale: 0-800, at_least: 900}\n",
            "900 is not on its scale of 0 to 800.",
        ),
        ("    - {id: a, title: T, measure: each, of: session}\n", "Each session must be credited how far?"),
        (
            "    - {id: a, title: T, measure: each, of: assignment, credited: 50%}\n",
            "Work is accepted or not.",
        ),
        (
            "    - {id: a, title: T, when: {trait: {chapter: x}}, measure: hours, at_least: 1h}\n",
            "`when` and `otherwise` belong together.",
        ),
    ],
)
def test_lint_of_one_more_requirement(more: str, message: str) -> None:
    assert [problem.message for problem in problems(GOOD.replace("award:", f"{more}award:"))] == [message]


def test_overlapping_caps_may_be_a_flow() -> None:
    pool = """\
    where: {kind: [attended]}
    allocate: flow
    limits:
      - {id: one, title: One, where: {modality: async}, at_most: 5h}
      - {id: two, title: Two, where: {competency: security}, at_most: 5h}
"""
    assert problems(GOOD.replace("    where: {kind: [attended]}\n", pool)) == []


@pytest.mark.parametrize(
    ("allocate", "messages"),
    [
        ("in-order", []),
        ("flow", []),
        ("either", ["The caps `one` and `two` nest, and `either` charges each minute to one of them only."]),
    ],
)
def test_nested_caps_hold_unless_a_minute_is_charged_to_either(allocate: str, messages: list[str]) -> None:
    pool = f"""\
    where: {{kind: [attended]}}
    allocate: {allocate}
    limits:
      - {{id: one, title: One, where: {{modality: [async, sync]}}, at_most: 5h}}
      - {{id: two, title: Two, where: {{modality: async}}, at_most: 2h}}
"""
    found = problems(GOOD.replace("    where: {kind: [attended]}\n", pool))
    assert [p.message for p in found] == messages


def test_a_target_above_the_cap_on_its_whole_pool_can_never_be_met() -> None:
    pool = "    where: {kind: [attended]}\n    limits: [{id: one, title: One, where: {kind: attended}, at_most: 5h}]\n"
    found = problems(GOOD.replace("    where: {kind: [attended]}\n", pool))
    assert [p.message for p in found] == ["It can never be met: the cap `one` lets less through."]


def test_exclusive_groups_do_not_reach_across_parts() -> None:
    text = GOOD.replace("at_least: 20h", "at_least: 20h, use: {exclusive: g, split: true}")
    admission = "admission: {id: adm, title: A, measure: hours, at_least: 1h, use: {exclusive: g, split: true}}\naward:"
    found = problems(text.replace("award:", admission))
    assert [p.message for p in found] == ["The exclusive group `g` reaches across admission, award and renewal."]
