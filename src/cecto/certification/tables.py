"""The docket as one table to download."""

from __future__ import annotations

from cecto.certification.queries import DocketRow
from cecto.certification.sitting import Sitting
from cecto.foundation.tables import Column, Table


def docket_table(name: str, sitting: Sitting) -> Table:
    """One row per person: where they stand, what is unmet, and whose signature is awaited."""
    columns = (Column("Person"), Column("Track"), Column("Standing"), Column("Unmet"), Column("Waits for"))
    return Table(f"Docket of {name}", columns, [_row(row) for row in sitting.rows])


def _row(row: DocketRow) -> tuple[str, ...]:
    enrollment = row.seen.enrollment
    unmet = "" if row.decision else " ".join(f"{result.title}: {result.sentence}" for result in row.unmet)
    return enrollment.person.name, enrollment.track.title, str(row.standing), unmet, ", ".join(row.waiting_for)
