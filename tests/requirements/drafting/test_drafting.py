"""A first definition from answers, and next year's from this year's, pass lint and their own example persons."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cecto.definitions import examples, shipped
from cecto.requirements import check_examples, lint, parse
from cecto.requirements.drafting.next_year import NoNextYear, next_year
from cecto.requirements.drafting.questions import QUESTIONS, BadAnswer, read_answers
from cecto.requirements.drafting.writing import Written, write_definition

GIVEN = {"title": "Certified School Librarian", "program": "lib", "first_day": "2027-08-16", "last_day": "2028-05-31"}


def problems(written: Written) -> list[str]:
    found = lint(written.definition, name="d.yaml")
    return [
        str(one) for one in found or check_examples(parse(written.definition, name="d"), written.examples, name="e")
    ]


def days() -> st.SearchStrategy[tuple[str, str]]:
    first = st.dates(date(2020, 1, 1), date(2040, 12, 31))
    return st.builds(lambda on, more: (str(on), str(on + timedelta(days=more))), first, st.integers(0, 800))


NAMES = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), include_characters=":'\"#{}[]&*!|>%@`"),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(
    title=NAMES.filter(str.strip),
    days=days(),
    hours=st.integers(1, 300),
    unit=st.sampled_from(("", "PDU", "CPE")),
    partial=st.sampled_from(("minutes", "whole", "75%")),
    makeup=st.integers(0, 90),
    miss=st.sampled_from(("any", "0", "1", "2", "5")),
    topics=st.lists(st.sampled_from(("Law", "Ethics: the code", "It's new", "Küche")), unique=True),
    assignments=st.integers(0, 3),
    judges=st.integers(0, 3),
    renewal=st.integers(0, 4),
)
def test_what_is_written_passes(days: tuple[str, str], hours: int, topics: list[str], **more: object) -> None:
    said = {key: str(answer) for key, answer in more.items()}
    answers = read_answers(
        GIVEN
        | {"first_day": days[0], "last_day": days[1], "minutes": f"{hours}h", "competencies": ", ".join(topics)}
        | {"title": said["title"], "unit": said["unit"], "partial": said["partial"], "makeup_days": said["makeup"]}
        | {"may_miss": said["miss"], "assignments": said["assignments"], "judges": said["judges"]}
        | {"renewal": said["renewal"]}
    )
    assert problems(write_definition(answers)) == []


@pytest.mark.parametrize(
    ("key", "answer", "message"),
    [
        ("title", "", "1 to 100 letters"),
        ("title", "two\nlines", "1 to 100 letters"),
        ("program", "Big Program", "is not a code"),
        ("first_day", "16.8.2027", "is not a date"),
        ("last_day", "2027-08-15", "before the first day"),
        ("minutes", "40", "is not an amount of time"),
        ("minutes", "0h", "from 1m to 1000h"),
        ("unit", "P D U", "one word"),
        ("partial", "0%", "credit everyone"),
        ("may_miss", "-1", "from 0 to 20"),
        ("competencies", "Law, LAW", "different names"),
        ("judges", "99", "from 0 to 5"),
    ],
)
def test_a_bad_answer_is_refused_with_its_question(key: str, answer: str, message: str) -> None:
    with pytest.raises(BadAnswer, match=message):
        read_answers(GIVEN | {key: answer})


def test_there_are_about_a_dozen_questions() -> None:
    assert 12 <= len(QUESTIONS) <= 15


@pytest.mark.parametrize(("name", "text"), shipped())
def test_next_years_rules_of_all_that_ships(name: str, text: str) -> None:
    old = parse(text, name=name)
    made = next_year(old, examples(name), date(2030, 8, 20))
    assert problems(made.written) == []
    assert lint(made.written.definition, name=name, previous=old) == []
    new = parse(made.written.definition, name=name)
    assert (new.program, new.track, new.version) == (old.program, old.track, 1)
    assert new.catalogue.startswith("2030")
    assert [node.id for node in new.walk()] == [node.id for node in old.walk()]
    assert [node.source for node in new.walk()] == [node.source for node in old.walk()]


def test_what_changed_and_what_stayed_is_said() -> None:
    name = "cecto-technology-director-2015-16"
    made = next_year(parse(dict(shipped())[name], name=name), examples(name), date(2016, 8, 20))
    assert made.changes[:2] == (
        "Catalogue 2015-16 becomes 2016-17.",
        "Line 10: 2015-08-01 becomes 2016-08-01, 2016-08-01 becomes 2017-08-01.",
    )
    assert made.changes[-1].startswith("Every date of the example persons is one year later")
    assert made.kept[0] == "Line 1 still says “2015-16” in a comment or source."


LEAP = """\
program: p
track: t
catalogue: fall
version: 4
title: Leap
classes: {starting: {from: 2028-02-29, before: 2028-03-01}}   # from 2028-02-29
policy: {partial: proportional}
require: {id: root, title: R, source: "[S] as of 2028-02-29", measure: hours, at_least: 1h}
award: {credential: c, title: C, decided_by: board, valid: forever}
"""


def test_a_day_that_the_year_has_not_and_a_catalogue_without_a_year() -> None:
    made = next_year(parse(LEAP, name="leap"), "", date(2029, 2, 28))
    assert "from: 2029-02-28, before: 2029-03-01}}   # from 2028-02-29" in made.written.definition
    assert "as of 2028-02-29" in made.written.definition
    assert "catalogue: fall\nversion: 5" in made.written.definition
    assert made.changes[0] == "Version 4 becomes 5: the catalogue names no year."


@pytest.mark.parametrize(
    ("day", "message"), [(date(2028, 8, 1), "not in a later year"), (date(2020, 1, 1), "later year")]
)
def test_years_move_forward(day: date, message: str) -> None:
    with pytest.raises(NoNextYear, match=message):
        next_year(parse(LEAP, name="leap"), "", day)


def test_a_day_outside_the_classes_is_told() -> None:
    made = next_year(parse(LEAP, name="leap"), "", date(2029, 8, 20))
    assert "2029-08-20 is not among the classes it is for: change `classes: starting:`." in made.changes
