"""Whom the names in reports mean: the roster to match against, and the names that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cecto.attendance.matching import NOT_OURS, Matched, Named, OnRoster, Remembered, Roster, Suggestion, fold, is_full
from cecto.attendance.models import Alias, Match, Report, ReportRow
from cecto.attendance.queries.sessions import Attendee
from cecto.attendance.reports import UNCOUNTED
from cecto.attendance.reports.table import split_original
from cecto.classes.models import Cohort
from cecto.classes.schedule.queries import Session


@dataclass(frozen=True, slots=True)
class UnsureName:
    """A name in a report that nobody has answered for. `rows` are its row numbers."""

    report: Report
    name: str
    email: str
    why: str
    suggestions: tuple[tuple[Attendee, Suggestion], ...]
    rows: tuple[int, ...]
    rememberable: bool

    @property
    def key(self) -> str:
        """What addresses this name in a form: its report and first row."""
        return f"{self.report.pk}-{self.rows[0]}"


def roster_of(session: Session, people: Iterable[Attendee], source: str) -> Roster:
    """The people of a session, to match rows of this source, with what its owning class remembers. One query."""
    return matching_of(session.meeting.owner, people, source)


def matching_of(cohort: Cohort, people: Iterable[Attendee], source: str) -> Roster:
    """People to match rows of a source against, with what a class remembers of all sources. One query."""
    answers = [
        # Folded again: it may have been kept before the folding learned a letter.
        Remembered(fold(row.name), row.email, row.source, row.person.key if row.person else NOT_OURS, row.pk)
        for row in Alias.objects.filter(cohort=cohort).select_related("person")
    ]
    return Roster([OnRoster(a.person.key, a.names, a.emails) for a in people], answers, source=source)


def named(row: ReportRow) -> Named:
    """The name of a stored row, as the matching reads it."""
    shown = split_original(row.name)[0] if row.original_name else row.name
    return Named(shown, row.name, row.original_name, row.email)


def counts(row: ReportRow) -> bool:
    """True when the row says that someone was there: not in the waiting room, not merely listed."""
    return not UNCOUNTED & set(row.flags)


def unanswered(rows: Iterable[ReportRow], matches: Iterable[Match]) -> dict[tuple[int, str, str], list[ReportRow]]:
    """The rows that count and that no match answers, by (report, name, address)."""
    answered = {(match.report_id, match.name, match.email) for match in matches}
    waiting: dict[tuple[int, str, str], list[ReportRow]] = {}
    for row in rows:
        key = (row.report_id, row.name, row.email)
        if key not in answered and counts(row):
            waiting.setdefault(key, []).append(row)
    return waiting


def unsure_names(session: Session, people: tuple[Attendee, ...]) -> tuple[UnsureName, ...]:
    """The names of a session's reports that wait, each with whom it may be. One query more per source."""
    reports = tuple(
        Report.objects.filter(withdrawn_at=None, meeting=session.meeting).prefetch_related("rows", "matches")
    )
    by_key = {attendee.person.key: attendee for attendee in people}
    rosters = {source: roster_of(session, people, source) for source in sorted({r.source for r in reports})}
    return tuple(
        _unsure(report, rows, rosters[report.source], by_key)
        for report in reports
        for rows in unanswered(report.rows.all(), report.matches.all()).values()
    )


def _unsure(report: Report, rows: list[ReportRow], roster: Roster, people: dict[str, Attendee]) -> UnsureName:
    name = named(rows[0])
    matched: Matched = roster.match(name)
    return UnsureName(
        report=report,
        name=rows[0].name,
        email=rows[0].email,
        why=matched.why,
        suggestions=tuple((people[found.key], found) for found in roster.suggestions(name)),
        rows=tuple(sorted({row.number for row in rows})),
        rememberable=roster.may_remember(name),
    )


@dataclass(frozen=True, slots=True)
class RememberedName:
    """What a class remembers of one name. `everywhere`: in the files of every system, not of `alias.source` alone."""

    alias: Alias
    everywhere: bool

    @property
    def who(self) -> str:
        """The person, or that it is nobody of ours."""
        return self.alias.person.name if self.alias.person else "Nobody of ours"


def remembered_names(cohort: Cohort) -> tuple[RememberedName, ...]:
    """What a class remembers, by name. One query."""
    rows = Alias.objects.filter(cohort=cohort).select_related("person", "cohort").order_by("name", "email", "id")
    return tuple(RememberedName(row, is_full(row.name)) for row in rows)
