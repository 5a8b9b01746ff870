"""Who lets their employer be told what they attended."""

from __future__ import annotations

from collections.abc import Sequence

from cecto.classes.models import Enrollment
from cecto.credentials.models import EmployerConsent


def agreed_in(enrollments: Sequence[Enrollment]) -> set[int]:
    """Those of these enrollments (by id) whose participant agreed; the latest word counts. One query."""
    rows = EmployerConsent.objects.filter(enrollment__in=enrollments).order_by("id")
    latest = dict(rows.values_list("enrollment_id", "agreed"))
    return {pk for pk, agreed in latest.items() if agreed}
