"""The statement of contact hours that an educator hands in to renew a license: for any period, as of any day.

N.C. counts 10 contact hours as one renewal unit. What is credited is what the audit uses for the program's hours, so
the statement and the record cannot disagree; it certifies nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cecto.audits.bound import Bound, bound_of
from cecto.audits.counted import counted_of
from cecto.audits.queries import EnrollmentAudit, audit_enrollment
from cecto.classes.models import Enrollment
from cecto.credentials.awarding import units_of
from cecto.credentials.letters.paper import HOW, Listing, Written, day_text, short_day
from cecto.credentials.open_badge import Units, hours_text
from cecto.credentials.typesetting import breakable
from cecto.programs.queries import ruleset
from cecto.requirements.facts import Entry

LICENSE = "License number"
EXPLANATION = (
    "One contact hour is 60 minutes of instruction; {units}. Credited is what the "
    "program’s published rules credit: minutes present, work accepted, and study recognized from elsewhere, within the "
    "rules’ limits. This statement reports a record and certifies nobody."
)


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
    """What an enrollment was credited from `since` to the day before `until`, as recorded on a day.

    With the exceptions that the whole audit rests on; `reasons` says whether the statement tells why, which may be
    nobody else's business. `split` tells whether it says the competencies.
    """

    enrollment: Enrollment
    since: date
    until: date
    true_on: date
    known_at: datetime
    rows: tuple[Credited, ...]
    license_number: str = ""
    exceptions: tuple[Bound, ...] = ()
    reasons: bool = False
    split: bool = True
    units: Units | None = None

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
    split: bool = True,
) -> Statement:
    """Gather the statement from the audit of that pair of dates."""
    seen = audit_enrollment(enrollment, true_on=true_on, known_at=known_at)
    every = list(_credited(seen))
    rows = [row for row in every if since <= row.on < until]
    return Statement(
        enrollment,
        since,
        until,
        true_on,
        known_at,
        rows=tuple(_merged(rows)),
        license_number=license_number.strip(),
        exceptions=bound_of([seen]).get(enrollment.pk, ()),
        reasons=reasons,
        split=split,
        units=_units(seen, rows, whole=len(rows) == len(every)),
    )


def _units(seen: EnrollmentAudit, rows: Sequence[Credited], *, whole: bool) -> Units | None:
    """The units of what was credited. An award of the same for everyone is in no part of its time: None for a part."""
    rules, minutes = ruleset(seen.definition).definition, sum(row.minutes for row in rows)
    units = rules.award.units
    if units is None or units.variable:
        return units_of(rules, minutes=minutes)
    return units_of(rules, minutes=units.whole) if whole and seen.audit.status.satisfied else None


def _credited(seen: EnrollmentAudit) -> Iterator[Credited]:
    entries = {entry.id: entry for entry in seen.facts.entries}
    names = dict(ruleset(seen.definition).definition.competencies)
    facet = ruleset(seen.definition).definition.facet
    (counts,) = counted_of([seen])
    for entry, minutes in counts.items():
        yield _row(entries[entry], minutes, facet, names)


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


def statement_paper(statement: Statement) -> Written:
    """The statement in words."""
    enrollment, last_day = statement.enrollment, statement.until - timedelta(days=1)
    name, hours = breakable(enrollment.person.name), hours_text(statement.minutes)
    return Written(
        title="Statement of contact hours",
        about=enrollment.person.name,
        program=enrollment.cohort.program.name,
        summary=f"{name} was credited with {hours} contact hours of instruction "
        f"from {day_text(statement.since)} to {day_text(last_day)}.",
        facts=tuple(_facts(statement)),
        totals=((hours, "contact hours"), *_unit_totals(statement)),
        parts=tuple(_parts(statement)),
        exceptions=tuple(_exception(one, reasons=statement.reasons) for one in statement.exceptions),
        explanation=EXPLANATION.format(units=_units_told(statement)),
        recorded_on=statement.true_on,
        private=(LICENSE,),
        told=((enrollment.key, statement.minutes),),
        period=(statement.since, statement.until),
    )


def _units_told(statement: Statement) -> str:
    if statement.units is None:
        return "renewal units are awarded for the whole of the program only"
    return f"{hours_text(statement.units.per)} contact hours are one renewal unit"


def _unit_totals(statement: Statement) -> Iterator[tuple[str, str]]:
    if statement.units:
        yield statement.units.text, f"renewal units ({statement.units.name})"


def _facts(statement: Statement) -> Iterator[tuple[str, str]]:
    enrollment = statement.enrollment
    yield "Name", breakable(enrollment.person.name)
    yield LICENSE, statement.license_number
    yield "Employer", enrollment.organization.name if enrollment.organization else ""
    yield "Class", f"{enrollment.cohort.name}, {enrollment.track.title}"


def _exception(one: Bound, *, reasons: bool) -> str:
    said = f"{one.what}. {one.authority}, from {day_text(one.grant.granted_on)}."
    return breakable(f"{said} {one.grant.reason}" if reasons else f"{said} The reason is on record with the program.")


def _parts(statement: Statement) -> Iterator[Listing]:
    if statement.split and statement.rows:
        split = [(name or "Other", hours_text(minutes)) for name, minutes in statement.categories.items()]
        yield Listing("By competency", ("Competency", "Contact hours"), (0, 1.1), tuple(split))
    yield Listing(
        "What was credited",
        ("Date", "Activity", *(["Competency"] if statement.split else []), "How", "Contact hours"),
        (0.95, 0, *([1.5] if statement.split else []), 0.8, 0.8),
        tuple(_cells(row, split=statement.split) for row in statement.rows),
        empty="Nothing in this period.",
    )


def _cells(row: Credited, *, split: bool) -> tuple[str, ...]:
    competency = [row.category] if split else []
    return (short_day(row.on), breakable(row.title), *competency, row.how, hours_text(row.minutes))
