"""One officer's sitting over a docket: what is theirs to propose and to sign today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cecto.certification.models import Decision
from cecto.certification.queries import DocketRow, Standing, docket, ready_to_take_effect
from cecto.classes.models import Cohort, Meeting
from cecto.people.models import Person
from cecto.people.seats import offices_of


@dataclass(frozen=True, slots=True)
class Signable:
    """A decision that waits for an office which this officer holds."""

    row: DocketRow
    decision: Decision
    office: str

    @property
    def choice(self) -> str:
        """What the form sends for it."""
        return f"{self.decision.key} {self.office}"


@dataclass(frozen=True, slots=True)
class Sitting:
    """The docket, sorted into what this officer can do and what only informs."""

    rows: tuple[DocketRow, ...]
    offices: tuple[str, ...]
    signable: tuple[Signable, ...]
    ready: tuple[Decision, ...]

    def standing(self, *wanted: Standing) -> list[DocketRow]:
        """The rows that stand so."""
        return [row for row in self.rows if row.standing in wanted]

    @property
    def proposable(self) -> list[DocketRow]:
        """Those whom an officer can propose."""
        return self.standing(Standing.ELIGIBLE, Standing.AHEAD)


def choice_of(row: DocketRow) -> str:
    """What the form sends to propose someone: the enrollment, and the audit that was looked at."""
    return f"{row.seen.enrollment.key} {row.seen.audit.sha256}"


def sit(cohort: Cohort, officer: Person, *, today: date, at: datetime, ahead_of: Meeting | None) -> Sitting:
    """The sitting of an officer over a class, on a day. A constant number of queries."""
    rows = docket(cohort, true_on=today, known_at=at, ahead_of=ahead_of)
    offices = offices_of(officer, program_code=cohort.program.code, on=today)
    met = {row.decision.pk for row in rows if row.decision and row.seen.audit.status.satisfied}
    ready = tuple(one for one in ready_to_take_effect(cohort) if one.pk in met)
    return Sitting(tuple(rows), tuple(offices), tuple(_signable(rows, offices)), ready)


def _signable(rows: Sequence[DocketRow], offices: Sequence[str]) -> Iterator[Signable]:
    for row in rows:
        for office in row.waiting_for:
            if row.decision is not None and office in offices:
                yield Signable(row, row.decision, office)
