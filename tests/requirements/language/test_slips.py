"""YAML's own errors are told in plain words, at the place to change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.requirements.language.yamltree import read_tree
from cecto.requirements.problems import Report

SLIPS = [
    ("program: x\ntitle: Ethics: the code\n", (2, 8), "has a colon in it", "'Ethics: the code'"),
    ("title: What's new: a day\n", (1, 8), "has a colon in it", "'What''s new: a day'"),
    ("a: {id: a, title: Ethics: the code}\n", (1, 19), "`Ethics` is followed by a colon", "in quotes"),
    ("a: {id: a, title: b measure: hours}\n", (1, 21), "`measure` is followed by a colon", "comma before `measure`"),
    ("require:\n  id: a\n  measure:hours\n  at_least: 3h\n", (3, 3), "no space after its colon", "`measure: hours`"),
    ("require:\n  id: a\n  measure:hours\n", (3, 3), "no space after its colon", "`measure: hours`"),
    ("program:cecto\ntrack: x\n", (1, 1), "no space after its colon", "`program: cecto`"),
    ("a: {id: a, measure:hours, at_least: 3h}\n", (1, 12), "no space after its colon", "`measure: hours`"),
    ("a:\n  -id: a\n   title: b\n", (2, 3), "no space after its hyphen", "`- id:`"),
    ("a:\n\tid: a\n", (2, 1), "a tab", "spaces"),
    ("a: {id: a, measure: hours\naward: x\n", (1, 4), "The `{` is not closed", "`}`"),
    ("a: {all: [{id: a}}\n", (1, 18), "`}` stands where `]` is needed", "`]}`"),
    ("title: 'abc\nprogram: y\n", (1, 8), "The quote ' is not closed", "where the text ends"),
    ("title: 'the candidate's work'\n", (1, 23), "has ended at the quote", "apostrophe"),
    ("title: [a] b\n", (1, 12), "begins with `[`", "quotes"),
    ("a:\n  id: a\n   title: b\n", (3, 4), "indented further", "same column"),
    ("a:\n    id: a\n  title: b\n", (3, 3), "not in the column", "same column"),
    ("title: @home\n", (1, 8), "cannot begin with `@`", "quotes"),
    ("title: *x\n", (1, 8), "cannot begin with `*`", "quotes"),
    ("title: !x y\n", (1, 8), "is a tag", "quotes"),
    ("title: #1 course\n", (1, 1), "has no value", "#"),
    ("a: {title: Law, ethics, id: b}\n", (1, 17), "`ethics` has no value", "in quotes"),
    ("title: | x\n", (1, 10), "begins with |", "quotes"),
    ('title: "a\\qb"\n', (1, 11), "backslash", "single quotes"),
    ("title: - a\n", (1, 8), "list begins on the line below", "quotes"),
    ("a: b\n---\nc: d\n", (2, 1), "second document", "split"),
    ("title: a\x07b\n", (1, 9), "cannot be seen", "Delete"),
    ("program:\u00a0x\ntrack: y\n", (1, 9), "no-break space", "ordinary"),
]


@pytest.mark.parametrize(("text", "place", "message", "advice"), SLIPS)
def test_a_slip_is_told_plainly(text: str, place: tuple[int, int], message: str, advice: str) -> None:
    report = Report("f")
    read_tree(text, report)
    (problem,) = report.problems
    assert (problem.line, problem.column) == place
    assert message in problem.message
    assert advice in problem.suggestion


@given(st.text(alphabet="ab:-{}[],'\"#|>&*!%@` \n\t\u00a0", max_size=60))
def test_no_word_of_the_parser_gets_out(text: str) -> None:
    report = Report("f")
    read_tree(text, report)
    said = " ".join(problem.message for problem in report.problems)
    assert not any(word in said for word in ("<scalar>", "<block", "token", "mapping values", "expected ','"))
