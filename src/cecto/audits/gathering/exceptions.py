"""Exceptions granted, as the plain facts an audit reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from cecto.audits.gathering.entries import entry_id
from cecto.audits.models import ExceptionGrant
from cecto.classes.models import Enrollment
from cecto.requirements.facts import ExceptionFact


def exceptions_of(enrollments: Iterable[Enrollment], *, known_at: datetime) -> dict[int, list[ExceptionFact]]:
    """The exceptions of each enrollment recorded by an instant. One query."""
    found: dict[int, list[ExceptionFact]] = defaultdict(list)
    grants = ExceptionGrant.objects.filter(
        enrollment__in=[enrollment.pk for enrollment in enrollments], recorded_at__lte=known_at
    )
    for grant in grants.select_related("granted_by", "second"):
        found[grant.enrollment_id].append(exception_fact(grant, known_at=known_at))
    return found


def exception_fact(grant: ExceptionGrant, *, known_at: datetime) -> ExceptionFact:
    """One exception as known at an instant: a second office counts from when it joined."""
    joined = grant.second if grant.second_at and grant.second_at <= known_at else None
    return ExceptionFact(
        id=grant.key,
        node=grant.node,
        kind=grant.kind,  # type: ignore[arg-type]
        office=grant.office,
        since=grant.granted_on,
        recorded_at=grant.recorded_at,
        reason=grant.reason,
        granted_by=grant.granted_by.key,
        second_office=grant.second_office if joined else "",
        second_by=joined.key if joined else "",
        evidence=grant.evidence_sha256,
        revoked_at=grant.revoked_at,
        to=grant.amount,
        entry=entry_id(grant.entry_id),
        extended_to=grant.until,
        other=grant.other_node,
    )
