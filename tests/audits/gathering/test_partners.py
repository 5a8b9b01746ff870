"""Who is of one organization, as it was known at an instant."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cecto.audits.gathering.facts import gather_facts
from cecto.audits.queries import audit_enrollment, enrollments_to_audit
from cecto.people.actions import end_affiliation
from cecto.requirements.document import Link
from tests.audits import story
from tests.audits.story import BY, EVENING, FIRST_DAY, NEXT_DAY, Story

pytestmark = pytest.mark.django_db
LEFT = date(2015, 8, 1)


def _colleagues_until(told: Story, known_at: datetime) -> list[date | None]:
    enrollments = list(enrollments_to_audit().filter(pk=told.ana.pk))
    asked = {told.ana.pk: {Link(relation="same-organization")}}
    return [one.until for one in gather_facts(enrollments, asked=asked, known_at=known_at)[told.ana.pk].partners]


def test_who_left_is_a_colleague_until_then_and_without_end_before_that_was_noted() -> None:
    told = story.tell()
    end_affiliation(affiliation=told.sue.person.affiliations.get(), until=LEFT, by=BY, at=NEXT_DAY)
    assert _colleagues_until(told, EVENING) == [None]
    assert _colleagues_until(told, NEXT_DAY) == [LEFT]


def test_only_the_partners_that_a_definition_asks_about_are_read() -> None:
    told = story.tell()
    seen = audit_enrollment(enrollments_to_audit().get(pk=told.ana.pk), true_on=FIRST_DAY, known_at=EVENING)
    assert [(one.relation, one.track) for one in seen.facts.partners] == [("same-organization", "leaders-21c")]
    sue = audit_enrollment(enrollments_to_audit().get(pk=told.sue.pk), true_on=FIRST_DAY, known_at=EVENING)
    assert sue.facts.partners == ()
