"""The statement of contact hours that an educator hands in to renew a license: for any period, as of any day.

N.C. counts 10 contact hours as one renewal unit. What is credited is what the audit uses for the program's hours, so
the statement and the record cannot disagree; it certifies nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cecto.audits.bound import Bound, bound_of
from cecto.audits.queries import EnrollmentAudit, audit_enrollment
from cecto.classes.models import Enrollment
from cecto.credentials.open_badge import ceu_text, hours_text
from cecto.credentials.typesetting import breakable, refuse_unshowable, set_pdf
from cecto.programs.queries import ruleset
from cecto.requirements.facts import Entry
from cecto.requirements.results import Result

TEMPLATE = "statement-1"
EXPLANATION = (
    "One contact hour is 60 minutes of instruction; ten contact hours are one renewal unit. Credited is what the "
    "program’s published rules credit: minutes present, work accepted, and study recognized from elsewhere, within the "
    "rules’ limits. This statement reports a record and certifies nobody."
)
HOW = {"f2f": "In person", "sync": "Live online", "async": "Own time", "": ""}


@dataclass(frozen=True, slots=True)
class Credited:
    """Minutes credited for one activity on one day."""

    on: date
    title: str
    category: str
    how: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What an enrollment was credited from `since` to the day before `until`, as known at an instant.

    With the exceptions that the whole audit rests on; `reasons` says whether the statement tells why, which may be
    nobody else's business.
    """

    enrollment: Enrollment
    since: date
    until: date
    known_at: datetime
    rows: tuple[Credited, ...]
    license_number: str = ""
    exceptions: tuple[Bound, ...] = ()
    reasons: bool = False

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.rows)

    @property
    def categories(self) -> dict[str, int]:
        """Minutes by competency, in order of name; those without one last."""
        found: dict[str, int] = defaultdict(int)
        for row in self.rows:
            found[row.category] += row.minutes
        return dict(sorted(found.items(), key=lambda pair: (not pair[0], pair[0])))


def statement_of(
    enrollment: Enrollment,
    *,
    since: date,
    until: date,
    true_on: date,
    known_at: datetime,
    license_number: str = "",
    reasons: bool = False,
) -> Statement:
    """Gather the statement from the audit of that pair of dates."""
    seen = audit_enrollment(enrollment, true_on=true_on, known_at=known_at)
    rows = [row for row in _credited(seen) if since <= row.on < until]
    exceptions = bound_of([seen]).get(enrollment.pk, ())
    merged = tuple(_merged(rows))
    return Statement(enrollment, since, until, known_at, merged, license_number.strip(), exceptions, reasons)


def statement_pdf(statement: Statement, *, issuer: str) -> bytes:
    """Set the statement as PDF/A-3a and PDF/UA-1. Raises CannotPrint."""
    told = _told(statement, issuer)
    values = [fact["value"] for fact in told["facts"]]
    cells = (cell for row in told["rows"] for cell in row)
    refuse_unshowable([told["summary"], *values, *cells, *told["exceptions"]])
    return set_pdf(TEMPLATE, told, at=statement.known_at)


def _credited(seen: EnrollmentAudit) -> Iterator[Credited]:
    entries = {entry.id: entry for entry in seen.facts.entries}
    hours = _hours(seen.audit.root)
    names = dict(ruleset(seen.definition).definition.competencies)
    facet = ruleset(seen.definition).definition.facet
    for use in hours.used if hours else ():
        if use.entry in entries and use.amount > 0:
            yield _row(entries[use.entry], use.amount, facet, names)


def _hours(root: Result) -> Result | None:
    """The program's hours: the first requirement that sums minutes."""
    return next((result for result in root.walk() if result.measure == "hours"), None)


def _row(entry: Entry, minutes: int, facet: str, names: dict[str, str]) -> Credited:
    words = entry.activity.facets.get(facet)
    competency = words.competency if words else ""
    return Credited(
        on=entry.occurred_on,
        title=entry.activity.title or entry.activity.kind.capitalize(),
        category=names.get(competency, competency),
        how=HOW[entry.activity.modality],
        minutes=minutes,
    )


def _merged(rows: Sequence[Credited]) -> Iterator[Credited]:
    """One row for each activity and day, in order of date."""
    sums: dict[tuple[date, str, str, str], int] = defaultdict(int)
    for row in rows:
        sums[(row.on, row.title, row.category, row.how)] += row.minutes
    for (on, title, category, how), minutes in sorted(sums.items()):
        yield Credited(on, title, category, how, minutes)


def _told(statement: Statement, issuer: str) -> dict[str, Any]:
    enrollment, last_day = statement.enrollment, statement.until - timedelta(days=1)
    hours = hours_text(statement.minutes)
    return {
        "title": "Statement of contact hours",
        "holder": enrollment.person.name,
        "issuer": issuer,
        "program": enrollment.cohort.program.name,
        "summary": f"{breakable(enrollment.person.name)} was credited with {hours} contact hours of instruction "
        f"from {_day(statement.since)} to {_day(last_day)}.",
        "facts": [{"label": label, "value": value} for label, value in _facts(statement) if value],
        "totals": [
            {"figure": hours, "label": "contact hours"},
            {"figure": ceu_text(statement.minutes), "label": "renewal units (CEU)"},
        ],
        "by-category": "By competency",
        "category-label": "Competency",
        "categories": [[name or "Other", hours_text(minutes)] for name, minutes in statement.categories.items()],
        "rows": [
            [f"{row.on:%b %-d, %Y}", breakable(row.title), row.category, row.how, hours_text(row.minutes)]
            for row in statement.rows
        ],
        "exceptions": [_exception(one, reasons=statement.reasons) for one in statement.exceptions],
        "explanation": EXPLANATION,
        "footer": f"{issuer} · statement of contact hours as recorded by {_day(statement.known_at.date())}",
    }


def _facts(statement: Statement) -> Iterator[tuple[str, str]]:
    enrollment = statement.enrollment
    yield "Name", breakable(enrollment.person.name)
    yield "License number", statement.license_number
    yield "Employer", enrollment.organization.name if enrollment.organization else ""
    yield "Class", f"{enrollment.cohort.name}, {enrollment.track.title}"


def _exception(one: Bound, *, reasons: bool) -> str:
    said = f"{one.what}. {one.authority}, from {_day(one.grant.granted_on)}."
    return breakable(f"{said} {one.grant.reason}" if reasons else f"{said} The reason is on record with the program.")


def _day(day: date) -> str:
    return f"{day:%B %-d, %Y}"
