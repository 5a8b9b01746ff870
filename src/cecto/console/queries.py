"""What staff see at a glance: today, what waits, and a class as one grid. Reads across features; owns nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cecto.audits.addresses import record_at
from cecto.audits.prospects import prospects, staff_line
from cecto.audits.queries import EnrollmentAudit, audit_active
from cecto.classes.models import Cohort
from cecto.foundation.ui.pictures.grid import Grid, GridCell, GridColumn, GridRow
from cecto.foundation.ui.words import hours
from cecto.requirements.results import Result, Status
from cecto.requirements.situations import Prospects, Situation

URGENCY = [Status.IMPOSSIBLE, Status.OPEN, Status.UNDECIDED]
# A verdict or a credential comes when it comes: that it is not there yet puts nobody at risk.
NOT_SCHEDULED = {"verdict", "credential"}
# Who needs someone's help to finish, the most urgent first. That dates are still being planned is no one's failure.
NEEDS_HELP = [
    Situation.DECIDED,
    Situation.EXCEPTION,
    Situation.CANCELED,
    Situation.MAKEUP,
    Situation.SHORT,
    Situation.CHOICE,
    Situation.OVERDUE,
    Situation.RETURNED,
]


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Someone who needs help to finish, the requirement that it is about, and how they stand, in a line."""

    seen: EnrollmentAudit
    prospects: Prospects
    line: str

    @property
    def worst(self) -> Result:
        """The requirement that it is about most."""
        return self.prospects.parts[0] if self.prospects.parts else self.prospects.root

    @property
    def urgency(self) -> tuple[int, int]:
        """Sorts the most urgent first."""
        return NEEDS_HELP.index(self.prospects.situation), self.worst.slack


@dataclass(frozen=True, slots=True)
class ClassOverview:
    """A class on a day: one grid per track, and who is at risk, most urgent first.

    `planning` says that more dates are expected.
    """

    grids: tuple[Grid, ...]
    at_risk: tuple[AtRisk, ...]
    people: int
    planning: bool = False


def class_overview(
    cohort: Cohort, *, true_on: date, known_at: datetime, dates: Mapping[str, str] | None = None
) -> ClassOverview:
    """The grids of a class and its risk list, of those active on that day. A constant number of queries.

    `dates` are those that the viewer asked for, as the query of a page: the links of the grids keep them.
    """
    seen = audit_active([cohort], true_on=true_on, known_at=known_at)
    found = prospects(seen)
    lines = {one.enrollment.pk: staff_line(one, found[one.enrollment.pk]) for one in seen}
    grids = tuple(_grid(group, dates or {}, lines) for group in _alike(seen))
    planning = any(not one.schedule_final for one in found.values())
    return ClassOverview(grids, tuple(_need_help(seen, found)), len(seen), planning)


def _alike(seen: Sequence[EnrollmentAudit]) -> list[list[EnrollmentAudit]]:
    """Those of one track under one version of its definition have the same columns; in order of track and version."""
    found: dict[tuple[int, int], list[EnrollmentAudit]] = defaultdict(list)
    for one in seen:
        found[one.enrollment.track_id, one.definition.pk].append(one)
    return [found[key] for key in sorted(found)]


def at_risk(seen: Sequence[EnrollmentAudit]) -> list[AtRisk]:
    """Those who need someone's help to finish, most urgent first. A constant number of queries."""
    return _need_help(seen, prospects(seen))


def _need_help(seen: Sequence[EnrollmentAudit], found: Mapping[int, Prospects]) -> list[AtRisk]:
    helped = [
        AtRisk(one, found[one.enrollment.pk], staff_line(one, found[one.enrollment.pk]))
        for one in seen
        if found[one.enrollment.pk].situation in NEEDS_HELP
    ]
    return sorted(helped, key=lambda risk: risk.urgency)


def _grid(seen: Sequence[EnrollmentAudit], dates: Mapping[str, str], lines: Mapping[int, str]) -> Grid:
    first, track = seen[0].audit.root, seen[0].enrollment.track
    later = seen[0].definition if seen[0].definition.pk != track.definition_id else None
    return Grid(
        title=f"{track.title}, {later.catalogue} version {later.version}" if later else track.title,
        description=f"{len(seen)} people down, requirements across. A name leads to the person’s whole record, a cell "
        "to the entries behind it.",
        columns=[GridColumn("Everything", "All"), *(GridColumn(one.title, one.title) for one in first.children)],
        rows=[_row(one, dates, lines[one.enrollment.pk]) for one in seen],
    )


def _row(one: EnrollmentAudit, dates: Mapping[str, str], line: str) -> GridRow:
    root = one.audit.root
    enrollment = one.enrollment
    record = record_at(enrollment.key, "", dates)
    return GridRow(
        name=enrollment.person.name,
        href=record,
        note=enrollment.organization.name if enrollment.organization else "",
        cells=[
            GridCell(str(root.status), "", f"{line}.", record),
            *(_cell(child, record_at(enrollment.key, child.id, dates)) for child in root.children),
        ],
    )


def _cell(result: Result, href: str) -> GridCell:
    return GridCell(str(result.status), _short(result), result.sentence, href)


def _short(result: Result) -> str:
    if result.status is Status.NOT_APPLICABLE or not result.target:
        return ""
    if result.unit == "minutes":
        return hours(result.value)
    # Who did more than is asked is not told "2 of 1".
    return f"{result.value} of {result.target}" if result.value <= result.target else str(result.value)
