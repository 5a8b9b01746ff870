"""`cecto class`."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cecto.classes import queries
from cecto.classes.models import Cohort
from cecto.programs import actions
from tests.classes import made
from tests.programs.texts import AT, BY, definition_text, draft, published

pytestmark = pytest.mark.django_db

WORDS = ["--program=cecto", "--code=cecto-2016", "--name=Class of 2016", "--first-day=2015-08-11"]


def run(*words: str) -> str:
    out = StringIO()
    call_command("class", *words, stdout=out)
    return out.getvalue()


def test_a_class_is_held_to_the_newest_definition_unless_told() -> None:
    first = published()
    second = published(version=2, hours=200)
    superintendents = published(track="leaders-21c")
    out = run(
        "create",
        *WORDS,
        "--last-day=2016-06-15",
        "--track=technology-director=Technology directors",
        f"--track=leaders-21c=Superintendents:{superintendents.key}",
    )
    pins = Cohort.objects.get().tracks.values_list("track", "title", "definition")
    assert list(pins) == [
        ("technology-director", "Technology directors", second.pk),
        ("leaders-21c", "Superintendents", superintendents.pk),
    ]
    assert out.splitlines()[-1] == "Next: cecto import roster FILE --class cecto-2016"
    assert first.pk not in {pin[2] for pin in pins}


@pytest.mark.parametrize(
    ("track", "says"),
    [
        ("directors", "“directors” is not a track. Write TRACK=TITLE"),
        ("director=Directors", "No definition is published for track “director”"),
        ("technology-director=D:0123456789", "No published definition has the key"),
    ],
)
def test_a_track_that_cannot_be_makes_no_class(track: str, says: str) -> None:
    published()
    with pytest.raises(CommandError, match=says):
        run("create", *WORDS, "--last-day=2016-06-15", f"--track={track}")
    assert Cohort.objects.count() == 0


def test_an_unknown_program_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="cecto definition publish --shipped"):
        run("create", *WORDS, "--last-day=2016-06-15", "--track=a=A")


def test_the_list_says_how_many() -> None:
    published()
    run("create", *WORDS, "--last-day=2016-06-15", "--track=technology-director=Directors")
    assert run("list") == "cecto-2016  Class of 2016  2015-08-11 to 2016-06-15  0 people, 0 sessions\n"


def test_someone_leaves_by_command() -> None:
    cohort = made.cohort()
    made.enrolled(made.person("Ana Núñez"), cohort)
    words = ["status", "--class=cecto-2016", "--status=withdrawn", "--on=2015-11-01"]
    assert run(*words, "--person=Ana Núñez") == "Ana Núñez in Technology-Director: withdrawn from 2015-11-01.\n"
    assert list(queries.roster(cohort, date(2015, 11, 1))) == []
    made.person("Bo Lee")
    with pytest.raises(CommandError, match="Bo Lee is not enrolled in cecto Class of 2016"):
        run(*words, "--person=Bo Lee")


def test_rules_of_other_years_are_told() -> None:
    dated = definition_text().replace("policy:", "classes: {starting: {from: 2013-08-01, before: 2014-08-01}}\npolicy:")
    actions.publish_definition(draft=draft(dated), by=BY, at=AT)
    told = StringIO()
    words = ("--last-day=2016-06-15", "--track=technology-director=Technology directors")
    call_command("class", "create", *WORDS, *words, stdout=StringIO(), stderr=told)
    assert "are for classes that start from August 1, 2013 through July 31, 2014" in told.getvalue()
    assert "this class starts on August 11, 2015" in told.getvalue()
    assert "cecto definition next" in told.getvalue()
