"""Whether the facts gathered for many at once are those of each gathered the obvious way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cecto.audits.gathering.facts import gather_facts
from cecto.classes.models import Enrollment
from cecto.requirements.document import Link
from cecto.requirements.facts import Facts
from tests.audits.gathering.obvious import obvious_facts

EVERYONE = frozenset(
    Link(relation=relation) for relation in ("same-class", "same-organization", "mentor", "supervisor")
)


def assert_gathered(enrollments: Sequence[Enrollment], *, known_at: datetime) -> None:
    """Nothing is missing, nothing is added, nothing differs but the order of partners."""
    asked = {one.pk: EVERYONE for one in enrollments}
    found = gather_facts(enrollments, asked=asked, known_at=known_at)
    for one in enrollments:
        assert _in_order(found[one.pk]) == _in_order(obvious_facts(one, known_at=known_at))


def _in_order(facts: Facts) -> Facts:
    partners = sorted(facts.partners, key=lambda one: (one.relation, one.person, one.since, str(one.until)))
    return replace(facts, partners=tuple(partners))
