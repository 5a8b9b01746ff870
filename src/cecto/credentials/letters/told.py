"""Papers that told more minutes than the audit counts today: letters, statements and certificates.

They stay as they were given; each is asked again of the day it told of, by all that is known now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cecto.audits.counted import hours_of
from cecto.audits.queries import audit_enrollments, enrollments_to_audit
from cecto.classes.models import Cohort, Enrollment
from cecto.credentials import codes
from cecto.credentials.awarding import minutes_of
from cecto.credentials.letters.attendance import attendance_of
from cecto.credentials.letters.recorded import RecordedDay
from cecto.credentials.letters.statement import statement_of
from cecto.credentials.models import CredentialVersion
from cecto.foundation.journal.models import JournalEntry

MADE = "credentials.make-paper"


@dataclass(frozen=True, slots=True)
class ToldMore:
    """A paper by its name, whose hours it told, the minutes it told and those that the audit counts."""

    name: str
    enrollment: Enrollment
    told: int
    counted: int


def papers_that_told_more(cohort: Cohort, *, at: datetime) -> list[ToldMore]:
    """The letters, statements and certificates of a class that told more than its audits count at an instant."""
    held = CredentialVersion.objects.filter(credential__decision__enrollment__cohort=cohort, revocation=None)
    return [*_written(cohort, at), *certificates_that_told_more(held, at=at)]


def certificates_that_told_more(versions: Iterable[CredentialVersion], *, at: datetime) -> list[ToldMore]:
    """Those of these certificates whose decision told more minutes than the audit of its day counts at an instant."""
    by_day: dict[date, list[CredentialVersion]] = defaultdict(list)
    for one in versions:
        by_day[one.credential.decision.effect.effective_on].append(one)
    return [found for day, group in by_day.items() for found in _certificates(group, day, at)]


def _certificates(group: Sequence[CredentialVersion], day: date, at: datetime) -> Iterator[ToldMore]:
    decisions = [one.credential.decision for one in group]
    audits = audit_enrollments([one.enrollment for one in decisions], true_on=day, known_at=at)
    for one, decision, seen in zip(group, decisions, audits, strict=True):
        told, hours = minutes_of(decision), hours_of(seen.audit.root)
        if told and hours and told > hours.value:
            yield ToldMore(f"Certificate {codes.printed(one.code)}", seen.enrollment, told, hours.value)


def _written(cohort: Cohort, at: datetime) -> Iterator[ToldMore]:
    rows = list(JournalEntry.objects.filter(class_key=cohort.key, action=MADE))
    people = {one.key: one for one in enrollments_to_audit().filter(cohort=cohort)} if rows else {}
    letters: dict[date, dict[str, int]] = {}
    for row in rows:
        day = RecordedDay(date.fromisoformat(row.detail["true_on"]), at)
        if not row.detail["period"] and day.on not in letters:
            seen = attendance_of(cohort, list(people.values()), day)
            letters[day.on] = {one.enrollment.key: one.minutes for one in seen}
        for key, told in (pair for pair in row.detail["told"] if pair[0] in people):
            counts = _stated(people[key], row, day) if row.detail["period"] else letters[day.on][key]
            if told > counts:
                yield ToldMore(f"{row.detail['title']} {row.subject_key}", people[key], told, counts)


def _stated(of: Enrollment, row: JournalEntry, day: RecordedDay) -> int:
    since, until = (date.fromisoformat(told) for told in row.detail["period"])
    return statement_of(of, since=since, until=until, true_on=day.on, known_at=day.at).minutes
