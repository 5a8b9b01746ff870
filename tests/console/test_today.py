"""The console's first page, for who runs several classes at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from cecto.audits.queries import audit_enrollment, enrollments_to_audit
from cecto.certification.actions import Proposal, propose, sign
from cecto.classes.actions import create_cohort, pin_track
from cecto.console.today import Today, today_for
from cecto.people.actions import add_email, add_person, create_account, grant_role
from cecto.people.models import Person, Role
from cecto.people.viewer import viewer_of
from tests.audits import story
from tests.audits.story import BEFORE, BY, FIRST_DAY, NEXT_DAY
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
    with django_assert_num_queries(24):
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
    made.completed(other, BEFORE)
    made.enrolled(made.person(f"Late {number}"), other)


def _officers() -> tuple[Person, Person]:
    return story.officer("Dora Director", "program-director"), story.officer("Lee Liaison", "dpi-liaison")


def _today(officer: Person, at: datetime) -> Today:
    add_email(person=officer, address=f"{officer.key}@example.org", by=BY, at=BEFORE)
    account = create_account(person=officer, by=BY, at=BEFORE)
    grant_role(person=officer, role=Role.OFFICER, program_code="cecto", by=BY, at=BEFORE)
    return today_for(viewer_of(account, at=at), now=at, zone="America/New_York")


@pytest.mark.django_db
def test_an_officer_finds_what_waits_for_their_signature_and_for_nobody_else_s() -> None:
    told = story.tell()
    told.attend()
    told.accept(told.ana, 180, FIRST_DAY, at=NEXT_DAY)
    director, liaison = _officers()
    ana = enrollments_to_audit().get(pk=told.ana.pk)
    seen = audit_enrollment(ana, true_on=FIRST_DAY, known_at=NEXT_DAY)
    proposal = Proposal(ana, seen.audit.sha256)
    decision = propose(proposal=proposal, true_on=FIRST_DAY, by=BY, at=NEXT_DAY)
    (waiting,) = _today(director, NEXT_DAY).to_sign
    assert (waiting.cohort, waiting.decisions, waiting.names) == (told.cohort, (decision,), "Ana Ñuñez")
    sign(decision=decision, office="program-director", person=director, by=BY, at=NEXT_DAY)
    assert _today(director, NEXT_DAY).to_sign == ()
    assert [one.decisions for one in _today(liaison, NEXT_DAY).to_sign] == [(decision,)]
