"""The docket as one table to download."""

from __future__ import annotations

from cecto.audits.bound import Bound
from cecto.certification.queries import DocketRow
from cecto.certification.sitting import Sitting
from cecto.foundation.tables import Column, Table


def docket_table(name: str, sitting: Sitting) -> Table:
    """One row per person: where they stand, what is unmet, whose signature is awaited, and the exceptions."""
    names = ("Person", "Track", "Standing", "Unmet", "Waits for", "Exceptions")
    return Table(f"Docket of {name}", tuple(map(Column, names)), [_row(row) for row in sitting.rows])


def _row(row: DocketRow) -> tuple[str, ...]:
    enrollment = row.seen.enrollment
    unmet = "" if row.decision else " ".join(f"{result.title}: {result.sentence}" for result in row.unmet)
    return (
        enrollment.person.name,
        enrollment.track.title,
        str(row.standing),
        unmet,
        ", ".join(row.waiting_for),
        _exceptions(row),
    )


def _exceptions(row: DocketRow) -> str:
    return "; ".join(_exception(one) for one in row.exceptions)


def _exception(one: Bound) -> str:
    idle = f" It changes nothing: {one.idle}" if one.idle else ""
    return f"{one.what}. {one.authority}. {one.grant.reason}{idle}"
