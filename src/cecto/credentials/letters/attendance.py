"""What the people of a class attended, from the settled sessions of the ledger: for letters, not for certification.

Minutes are those of the ledger as recorded by an instant; sessions that are not settled are no part of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cecto.classes.models import Cohort, Enrollment
from cecto.classes.schedule.queries import sessions_of
from cecto.ledger.models import Entry
from cecto.ledger.queries import entries_of
from cecto.programs.queries import ruleset


@dataclass(frozen=True, slots=True)
class Attended:
    """Minutes of one session: had and offered, and by the name of each competency.

    `how` are the formats they were there in, or in which it was held when they were not.
    """

    on: date
    title: str
    how: tuple[str, ...]
    minutes: int
    offered: int
    by_competency: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Minutes of a missed session that were made up, on the day the work was handed in."""

    on: date
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person's sessions in a class, settled ones only, in order of time."""

    enrollment: Enrollment
    sessions: tuple[Attended, ...]
    made_up: tuple[MadeUp, ...]

    @property
    def there(self) -> tuple[Attended, ...]:
        """The sessions of which they had any minutes."""
        return tuple(one for one in self.sessions if one.minutes)

    @property
    def minutes(self) -> int:
        """Minutes present and made up."""
        return sum(one.minutes for one in self.sessions) + sum(one.minutes for one in self.made_up)

    @property
    def competencies(self) -> dict[str, int]:
        """Minutes present by competency, in order of name; those without one last."""
        found: dict[str, int] = defaultdict(int)
        for name, minutes in (pair for one in self.there for pair in one.by_competency):
            found[name] += minutes
        return dict(sorted(found.items(), key=lambda pair: (not pair[0], pair[0])))


def attendance_of(cohort: Cohort, enrollments: Sequence[Enrollment], *, known_at: datetime) -> list[Attendance]:
    """The attendance of these enrollments of one class. Five queries."""
    titles = {found.key: found.revision.title for found in sessions_of(cohort, known_at=known_at, teachers=False)}
    held = _standing(entries_of({one.person_id for one in enrollments}, known_at=known_at))
    return [_attendance(one, held[one.person_id], titles) for one in enrollments]


def _standing(entries: Iterable[Entry]) -> Mapping[int, list[Entry]]:
    """The entries that none of the others takes back, by person."""
    known = list(entries)
    gone = {entry.reverses_id for entry in known}
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in known:
        if entry.reverses_id is None and entry.pk not in gone:
            found[entry.person_id].append(entry)
    return found


def _attendance(enrollment: Enrollment, entries: Sequence[Entry], titles: Mapping[str, str]) -> Attendance:
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind == Entry.Kind.ATTENDED and entry.activity.meeting_key in titles:
            grouped[entry.activity.meeting_key].append(entry)
    sessions = [_session(enrollment, titles[key], parts) for key, parts in grouped.items()]
    made_up = [
        MadeUp(entry.occurred_on, titles[entry.replaces_meeting], entry.attended)
        for entry in entries
        if entry.kind == Entry.Kind.MAKEUP and entry.replaces_meeting in titles
    ]
    return Attendance(enrollment, tuple(sorted(sessions, key=lambda one: (one.on, one.title))), tuple(made_up))


def _session(enrollment: Enrollment, title: str, parts: Sequence[Entry]) -> Attended:
    rules = ruleset(enrollment.track.definition).definition
    names, found = dict(rules.competencies), dict[str, int]()
    for entry in parts:
        word = str(entry.activity.facets.get(rules.facet, {}).get("competency", ""))
        found[names.get(word, word)] = found.get(names.get(word, word), 0) + entry.attended
    return Attended(
        on=min(entry.occurred_on for entry in parts),
        title=title,
        how=_how(parts),
        minutes=sum(entry.attended for entry in parts),
        offered=sum(entry.offered for entry in parts),
        by_competency=tuple(found.items()),
    )


def _how(parts: Sequence[Entry]) -> tuple[str, ...]:
    there = [entry for entry in parts if entry.attended] or parts[:1]
    return tuple(dict.fromkeys(entry.activity.modality for entry in there))
