"""What staff see at a glance: today, what waits, and a class as one grid. Reads across features; owns nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cecto.audits.addresses import record_at
from cecto.audits.queries import EnrollmentAudit, audit_active
from cecto.classes.models import Cohort
from cecto.foundation.ui.pictures.grid import Grid, GridCell, GridColumn, GridRow
from cecto.foundation.ui.words import hours
from cecto.requirements.results import Result, Status

URGENCY = [Status.IMPOSSIBLE, Status.OPEN, Status.UNDECIDED]
# A verdict or a credential comes when it comes: that it is not there yet puts nobody at risk.
NOT_SCHEDULED = {"verdict", "credential"}


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Someone who will not finish by what is scheduled alone, and the requirement that is furthest off."""

    seen: EnrollmentAudit
    worst: Result


@dataclass(frozen=True, slots=True)
class ClassOverview:
    """A class on a day: one grid per track, and who is at risk, most urgent first."""

    grids: tuple[Grid, ...]
    at_risk: tuple[AtRisk, ...]
    people: int


def class_overview(
    cohort: Cohort, *, true_on: date, known_at: datetime, dates: Mapping[str, str] | None = None
) -> ClassOverview:
    """The grids of a class and its risk list, of those active on that day. A constant number of queries.

    `dates` are those that the viewer asked for, as the query of a page: the links of the grids keep them.
    """
    seen = audit_active([cohort], true_on=true_on, known_at=known_at)
    grids = tuple(_grid(group, dates or {}) for group in _alike(seen))
    return ClassOverview(grids, tuple(at_risk(seen)), len(seen))


def _alike(seen: Sequence[EnrollmentAudit]) -> list[list[EnrollmentAudit]]:
    """Those of one track under one version of its definition have the same columns; in order of track and version."""
    found: dict[tuple[int, int], list[EnrollmentAudit]] = defaultdict(list)
    for one in seen:
        found[one.enrollment.track_id, one.definition.pk].append(one)
    return [found[key] for key in sorted(found)]


def at_risk(seen: Sequence[EnrollmentAudit]) -> list[AtRisk]:
    """Those who need a make-up or an exception to finish, most urgent first."""
    found = [AtRisk(one, worst) for one in seen if (worst := _worst(one.audit.root))]
    return sorted(found, key=lambda risk: (URGENCY.index(risk.worst.status), risk.worst.slack))


def _worst(result: Result) -> Result | None:
    """The deepest result that keeps this one from being met by what is scheduled; the most urgent of several."""
    if result.status not in URGENCY or result.measure in NOT_SCHEDULED:
        return None
    if not result.children:
        return result
    below = [worst for child in result.children if (worst := _worst(child))]
    return min(below, key=lambda worst: (URGENCY.index(worst.status), worst.slack), default=None)


def _grid(seen: Sequence[EnrollmentAudit], dates: Mapping[str, str]) -> Grid:
    first, track = seen[0].audit.root, seen[0].enrollment.track
    later = seen[0].definition if seen[0].definition.pk != track.definition_id else None
    return Grid(
        title=f"{track.title}, {later.catalogue} version {later.version}" if later else track.title,
        description=f"{len(seen)} people down, requirements across. A name leads to the person’s whole record, a cell "
        "to the entries behind it.",
        columns=[GridColumn("Everything", "All"), *(GridColumn(one.title, one.title) for one in first.children)],
        rows=[_row(one, dates) for one in seen],
    )


def _row(one: EnrollmentAudit, dates: Mapping[str, str]) -> GridRow:
    root = one.audit.root
    enrollment = one.enrollment
    record = record_at(enrollment.key, "", dates)
    return GridRow(
        name=enrollment.person.name,
        href=record,
        note=enrollment.organization.name if enrollment.organization else "",
        cells=[
            GridCell(str(root.status), "", root.sentence, record),
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
