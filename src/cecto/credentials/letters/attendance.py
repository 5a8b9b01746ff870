"""What the people of a class attended, from the settled sessions of the ledger, and what of it counts.

Minutes attended are the ledger's, minutes counted the audit's, as recorded by an instant; sessions that are not settled
are no part of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cecto.audits.counted import counted_of
from cecto.audits.queries import EnrollmentAudit, audit_enrollments
from cecto.classes.models import Cohort, Enrollment
from cecto.classes.schedule.queries import sessions_of
from cecto.credentials.awarding import units_of
from cecto.credentials.letters.recorded import RecordedDay
from cecto.credentials.open_badge import Units
from cecto.programs.queries import ruleset
from cecto.requirements.awarding import awarded_minutes
from cecto.requirements.case import known
from cecto.requirements.document import Definition
from cecto.requirements.facts import Entry
from cecto.requirements.results import Audit


@dataclass(frozen=True, slots=True)
class Attended:
    """Minutes of one session: had, counted and offered.

    `how` are the formats they were there in, or in which it was held when they were not.
    """

    on: date
    title: str
    how: tuple[str, ...]
    minutes: int
    counted: int
    offered: int


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Minutes of a missed session that were made up, on the day the work was handed in, and those that count."""

    on: date
    title: str
    minutes: int
    counted: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person's sessions in a class, settled ones only, in order of time.

    `competencies` are the minutes that count, by name of competency; those without one last.
    """

    enrollment: Enrollment
    sessions: tuple[Attended, ...]
    made_up: tuple[MadeUp, ...]
    competencies: Mapping[str, int]
    rules: Definition
    audit: Audit

    @property
    def units(self) -> Units:
        """What the minutes that count are in units; by a rule of the definition's own, once all of it is met."""
        minutes = awarded_minutes(self.rules, lambda node: self.audit.root.find(node).value)
        earned = self.audit.status.satisfied
        return units_of(self.rules, minutes=self.minutes if minutes is None else minutes, earned=earned)

    @property
    def there(self) -> tuple[Attended, ...]:
        """The sessions of which they had any minutes, or that count for them."""
        return tuple(one for one in self.sessions if one.minutes or one.counted)

    @property
    def minutes(self) -> int:
        """The minutes that count, present and made up."""
        return sum(one.counted for one in self.sessions) + self.minutes_made_up

    @property
    def minutes_made_up(self) -> int:
        """The minutes made up that count."""
        return sum(one.counted for one in self.made_up)


def attendance_of(cohort: Cohort, enrollments: Sequence[Enrollment], day: RecordedDay) -> list[Attendance]:
    """The attendance of these enrollments of one class, with what their audits of that day count of it.

    A constant number of queries.
    """
    titles = {found.key: found.revision.title for found in sessions_of(cohort, known_at=day.at, teachers=False)}
    audits = audit_enrollments(enrollments, true_on=day.on, known_at=day.at)
    return [_attendance(seen, titles, counts) for seen, counts in zip(audits, counted_of(audits), strict=True)]


def _attendance(seen: EnrollmentAudit, titles: Mapping[str, str], counts: Mapping[str, int]) -> Attendance:
    entries, void = known(seen.facts.entries, seen.audit.true_on, seen.audit.known_at)
    standing = [entry for entry in entries if entry.id not in void]
    attended = [one for one in standing if one.kind == "attended" and one.activity.meeting in titles]
    made_up = [one for one in standing if one.kind == "makeup" and one.replaces in titles]
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for entry in attended:
        grouped[entry.activity.meeting].append(entry)
    sessions = [_session(titles[key], parts, counts) for key, parts in grouped.items()]
    return Attendance(
        enrollment=seen.enrollment,
        sessions=tuple(sorted(sessions, key=lambda one: (one.on, one.title))),
        made_up=tuple(
            MadeUp(one.occurred_on, titles[one.replaces], one.attended, counts.get(one.id, 0)) for one in made_up
        ),
        competencies=_by_competency(seen, [*attended, *made_up], counts),
        rules=ruleset(seen.definition).definition,
        audit=seen.audit,
    )


def _session(title: str, parts: Sequence[Entry], counts: Mapping[str, int]) -> Attended:
    return Attended(
        on=min(entry.occurred_on for entry in parts),
        title=title,
        how=_how(parts),
        minutes=sum(entry.attended for entry in parts),
        counted=sum(counts.get(entry.id, 0) for entry in parts),
        offered=sum(entry.offered for entry in parts),
    )


def _by_competency(seen: EnrollmentAudit, entries: Sequence[Entry], counts: Mapping[str, int]) -> dict[str, int]:
    rules = ruleset(seen.definition).definition
    names, found = dict(rules.competencies), defaultdict[str, int](int)
    for entry in entries:
        words = entry.activity.facets.get(rules.facet)
        word = words.competency if words else ""
        if counts.get(entry.id):
            found[names.get(word, word)] += counts[entry.id]
    return dict(sorted(found.items(), key=lambda pair: (not pair[0], pair[0])))


def _how(parts: Sequence[Entry]) -> tuple[str, ...]:
    there = [entry for entry in parts if entry.attended] or parts[:1]
    return tuple(dict.fromkeys(entry.activity.modality for entry in there))
