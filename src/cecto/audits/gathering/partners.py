"""Who a person is linked to, and since when: as far as the definitions that hold them ask.

A definition that asks for a colleague's attendance says of which track. Nobody else's record is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cecto.audits.gathering.entries import EntriesOf
from cecto.foundation.rows import instant, select
from cecto.requirements.document import Link
from cecto.requirements.facts import Partner

_CLASSMATES = """
SELECT mine.id, other.person_id, person.key, track.track, cohort.first_day
FROM classes_enrollment mine
JOIN classes_enrollment other ON other.cohort_id = mine.cohort_id
     AND other.track_id <> mine.track_id AND other.person_id <> mine.person_id
JOIN classes_cohort cohort ON cohort.id = mine.cohort_id
JOIN classes_cohorttrack track ON track.id = other.track_id
JOIN people_person person ON person.id = other.person_id
WHERE mine.id IN (ids) AND other.recorded_at <= %(at)s
ORDER BY mine.id, person.sort_name, person.id, other.id
"""
_COLLEAGUES = """
SELECT mine.id, other.person_id, person.key, track.track,
       job.start, job.until, job.end_recorded_at, theirs.start, theirs.until, theirs.end_recorded_at
FROM classes_enrollment mine
JOIN people_affiliation job ON job.person_id = mine.person_id
JOIN people_affiliation theirs ON theirs.organization_id = job.organization_id
JOIN classes_enrollment other ON other.person_id = theirs.person_id AND other.cohort_id = mine.cohort_id
     AND other.track_id <> mine.track_id AND other.person_id <> mine.person_id
JOIN classes_cohorttrack track ON track.id = other.track_id
JOIN people_person person ON person.id = other.person_id
WHERE mine.id IN (ids) AND other.recorded_at <= %(at)s
      AND job.recorded_at <= %(at)s AND theirs.recorded_at <= %(at)s
ORDER BY mine.id, person.sort_name, person.id, other.id, job.start, job.id, theirs.start, theirs.id
"""
_NAMED = """
SELECT mine.id, relation.other_id, person.key, relation.kind, relation.start, relation.until
FROM classes_enrollment mine
JOIN people_relation relation ON relation.person_id = mine.person_id
JOIN people_person person ON person.id = relation.other_id
WHERE mine.id IN (ids) AND relation.recorded_at <= %(at)s
ORDER BY mine.id, relation.id
"""
_IN_CLASS = {"same-class", "same-organization"}


@dataclass(frozen=True, slots=True)
class Company:
    """A partner before their entries are read."""

    person_id: int
    key: str
    relation: str
    track: str
    since: date
    until: date | None = None

    def with_entries(self, entries: EntriesOf) -> Partner:
        """The partner as an audit reads them."""
        return Partner(self.key, self.relation, self.since, self.until, self.track, entries.get(self.person_id, ()))


def company_of(asked: Mapping[int, Collection[Link]], *, known_at: datetime) -> dict[int, list[Company]]:
    """The partners of each enrollment (by its id) of the sorts that are asked for it, as known at an instant.

    One query for each of: the same class, the same organization, those named.
    """
    found: dict[int, list[Company]] = defaultdict(list)
    for pk, one in (
        *_classmates(_asking(asked, {"same-class"}), known_at),
        *_colleagues(_asking(asked, {"same-organization"}), known_at),
        *_named([pk for pk, links in asked.items() if any(link.relation not in _IN_CLASS for link in links)], known_at),
    ):
        if any(link.relation == one.relation and link.track in {"", one.track} for link in asked[pk]):
            found[pk].append(one)
    return found


def _asking(asked: Mapping[int, Collection[Link]], relations: set[str]) -> list[int]:
    return [pk for pk, links in asked.items() if any(link.relation in relations for link in links)]


def _classmates(ids: list[int], at: datetime) -> list[tuple[int, Company]]:
    rows = select(_CLASSMATES, ids, at=at)
    return [(pk, Company(person, key, "same-class", track, since)) for pk, person, key, track, since in rows]


def _colleagues(ids: list[int], at: datetime) -> list[tuple[int, Company]]:
    found = []
    for pk, person, key, track, *jobs in select(_COLLEAGUES, ids, at=at):
        since = max(jobs[0], jobs[3])
        until = min((day for day in (_end(jobs[:3], at), _end(jobs[3:], at)) if day), default=None)
        if until is None or since < until:
            found.append((pk, Company(person, key, "same-organization", track, since, until)))
    return found


def _end(job: Sequence[Any], at: datetime) -> date | None:
    """The day after the last of (start, until, when that became known); none while it was not known."""
    until: date | None = job[1]
    return until if job[2] and instant(job[2]) <= at else None


def _named(ids: list[int], at: datetime) -> list[tuple[int, Company]]:
    rows = select(_NAMED, ids, at=at)
    return [(pk, Company(person, key, kind, "", since, until)) for pk, person, key, kind, since, until in rows]
