"""A year of the demo, gathered for many at once and the obvious way: the same facts, audits and hashes."""

from __future__ import annotations

from datetime import datetime

import pytest

from cecto.audits.queries import audit_enrollments, enrollments_to_audit
from cecto.certification.models import Effect
from cecto.classes.models import Enrollment
from cecto.demo.stages import STAGES
from cecto.demo.story.people import CECTO
from cecto.demo.story.sessions import ZONE
from cecto.programs.queries import ruleset
from cecto.requirements import audit
from tests.audits.gathering.agreeing import assert_gathered
from tests.audits.gathering.obvious import obvious_facts

pytestmark = [pytest.mark.proof, pytest.mark.django_db, pytest.mark.usefixtures("alumni")]
MOMENTS = [STAGES[name].now for name in ("admitted", "midyear", "graduating", "alumni")]


def _some(program: str = CECTO) -> list[Enrollment]:
    """Every fourth person of a class, of each of its tracks."""
    return list(enrollments_to_audit().filter(cohort__program__code=program).order_by("track_id", "id"))[::4]


@pytest.mark.parametrize("known_at", MOMENTS)
def test_the_facts_are_those_gathered_the_obvious_way(known_at: datetime) -> None:
    assert_gathered(_some(), known_at=known_at)


@pytest.mark.parametrize("known_at", MOMENTS)
def test_the_audits_are_those_of_all_facts_gathered_the_obvious_way(known_at: datetime) -> None:
    true_on = known_at.astimezone(ZONE).date()
    for seen in audit_enrollments(_some(), true_on=true_on, known_at=known_at):
        facts = obvious_facts(seen.enrollment, known_at=known_at)
        assert seen.audit == audit(ruleset(seen.definition), facts, true_on=true_on, known_at=known_at)


def test_the_hash_of_every_decision_is_what_it_was() -> None:
    effects = list(Effect.objects.select_related("decision"))
    assert len(effects) > 30
    for effect in effects:
        one = enrollments_to_audit().get(pk=effect.decision.enrollment_id)
        (seen,) = audit_enrollments([one], true_on=effect.effective_on, known_at=effect.known_at)
        assert seen.audit.sha256 == effect.audit_sha256 == effect.audit["sha256"]
