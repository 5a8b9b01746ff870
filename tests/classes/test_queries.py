"""Who is in a class, at a session, and whose partner."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from cecto.classes import queries
from tests.classes import made
from tests.classes.made import DIRECTOR, FIRST, LEADER

pytestmark = pytest.mark.django_db


def test_classes_are_counted_without_multiplying() -> None:
    cohort = made.cohort()
    for name in ["Ana Núñez", "Bo Lee"]:
        made.enrolled(made.person(name), cohort)
    for code in ["one", "two", "three"]:
        made.meeting(cohort, code)
    (found,) = queries.cohorts()
    assert (found.people, found.sessions) == (2, 3)  # type: ignore[attr-defined]


@pytest.mark.parametrize("classes", [1, 3])
def test_the_list_of_classes_takes_three_queries(
    classes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(classes):
        made.cohort(code=f"class-{number}")
    with django_assert_num_queries(3):
        assert [len(row.tracks.all()) for row in queries.cohorts()] == [2] * classes


def test_an_unknown_class_is_told_the_known_ones() -> None:
    cohort = made.cohort()
    assert queries.cohort_called("cecto-2016") == queries.cohort_called(cohort.key) == cohort
    with pytest.raises(queries.NoSuchClass, match="Classes: cecto-2016"):
        queries.cohort_called("cecto-2061")


def test_partners_share_an_organization_while_both_are_there() -> None:
    cohort, ashe, wake = made.cohort(), made.organization(), made.organization("Wake County Schools")
    ana = made.person("Ana Núñez", ashe)
    colleague = made.person("Di Roe", ashe)
    old = made.person("Bo Lee", ashe, until=date(2015, 12, 31))
    new = made.person("Cy Poe", ashe, since=date(2016, 1, 15))
    elsewhere = made.person("El Woe", wake)
    for someone, track in [(ana, DIRECTOR), (colleague, DIRECTOR), (old, LEADER), (new, LEADER), (elsewhere, LEADER)]:
        made.enrolled(someone, cohort, track)
    days = [FIRST, date(2015, 12, 30), date(2015, 12, 31), date(2016, 1, 15)]
    assert [list(queries.partners_on(cohort, ana, day)) for day in days] == [[old], [old], [], [new]]
    assert list(queries.partners_on(cohort, old, FIRST)) == [ana, colleague]
    assert list(queries.partners_on(cohort, elsewhere, FIRST)) == []
