"""Exceptions granted, as the plain facts an audit reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from cecto.audits.gathering.entries import entry_id
from cecto.foundation.rows import Row, instant, select
from cecto.requirements.facts import ExceptionFact

_GRANTS = """
SELECT exception.enrollment_id, exception.key, exception.node, exception.kind, exception.office,
       exception.granted_on, exception.recorded_at, exception.reason, officer.key,
       exception.second_office, exception.second_at, joined.key, exception.evidence_sha256, exception.revoked_at,
       exception.amount, exception.entry_id, exception.until, exception.other_node, exception.cycle
FROM audits_exceptiongrant exception
JOIN people_person officer ON officer.id = exception.granted_by_id
LEFT JOIN people_person joined ON joined.id = exception.second_id
WHERE exception.enrollment_id IN (ids) AND exception.recorded_at <= %(at)s
ORDER BY exception.recorded_at, exception.id
"""


def exceptions_of(enrollment_ids: Iterable[int], *, known_at: datetime) -> dict[int, list[ExceptionFact]]:
    """The exceptions of each enrollment (by its id) recorded by an instant. One query."""
    found: dict[int, list[ExceptionFact]] = defaultdict(list)
    for row in select(_GRANTS, enrollment_ids, at=known_at):
        found[row[0]].append(_fact(row, known_at))
    return found


def _fact(row: Row, known_at: datetime) -> ExceptionFact:
    """One exception as known at an instant: a second office counts from when it joined."""
    _, key, node, kind, office, since, recorded, reason, officer, second_office, second_at, second, *rest = row
    evidence, revoked_at, amount, entry, until, other, cycle = rest
    joined = second is not None and second_at is not None and instant(second_at) <= known_at
    return ExceptionFact(
        id=key,
        node=node,
        kind=kind,
        office=office,
        since=since,
        recorded_at=instant(recorded),
        reason=reason,
        granted_by=officer,
        second_office=second_office if joined else "",
        second_by=second if joined else "",
        evidence=evidence,
        revoked_at=instant(revoked_at) if revoked_at else None,
        to=amount,
        entry=entry_id(entry),
        extended_to=until,
        other=other,
        cycle=cycle,
    )
