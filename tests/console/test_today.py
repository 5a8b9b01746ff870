"""The console's first page, for who runs several classes at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from cecto.classes.actions import create_cohort, pin_track
from cecto.console.today import today_for
from cecto.people.actions import add_person, grant_role
from cecto.people.models import Role
from cecto.people.viewer import viewer_of
from tests.audits import story
from tests.audits.story import BEFORE, BY, FIRST_DAY
from tests.classes import made

LAST_WEEK = datetime(2016, 6, 10, 15, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("more", [1, 3])
def test_who_is_at_risk_in_all_classes_takes_the_queries_of_one(
    more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    told = story.tell()
    for number in range(more):
        _another_class(told, number)
    coordinator = add_person(name="Co Ordinator", email="co@example.org", by=BY, at=BEFORE)
    grant_role(person=coordinator, role=Role.COORDINATOR, program_code="cecto", by=BY, at=BEFORE)
    viewer = viewer_of(coordinator.account, at=LAST_WEEK)
    with django_assert_num_queries(20):
        today = today_for(viewer, now=LAST_WEEK, zone="America/New_York")
    names = {risk.seen.enrollment.person.name for risk in today.at_risk}
    assert {f"Late {number}" for number in range(more)} <= names
    assert len(today.cohorts) == 1 + more


def _another_class(told: story.Story, number: int) -> None:
    """A class of the same program and year in which one person has done nothing."""
    other = create_cohort(
        program=told.cohort.program,
        code=f"other-{number}",
        name=f"Other class {number}",
        first_day=FIRST_DAY,
        last_day=date(2016, 6, 15),
        by=BY,
        at=BEFORE,
    )
    for track in told.cohort.tracks.all():
        pin_track(cohort=other, track=track.track, title=track.title, definition=track.definition, by=BY, at=BEFORE)
    made.enrolled(made.person(f"Late {number}"), other)
