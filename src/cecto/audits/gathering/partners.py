"""Who a person is linked to in their class, and since when: the other track, and those of the same organization."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from cecto.classes.models import Enrollment
from cecto.people.models import Affiliation, Relation
from cecto.requirements.facts import Entry, Partner

EntriesOf = Mapping[int, tuple[Entry, ...]]


def affiliations_of(person_ids: Iterable[int], *, known_at: datetime) -> dict[int, list[Affiliation]]:
    """Where each person worked and when, as known at an instant. One query."""
    found: dict[int, list[Affiliation]] = defaultdict(list)
    for row in Affiliation.objects.filter(person_id__in=list(person_ids), recorded_at__lte=known_at):
        row.until = row.until_as_known(known_at)
        found[row.person_id].append(row)
    return found


def relations_of(person_ids: Iterable[int], *, known_at: datetime) -> dict[int, list[Relation]]:
    """Each person's mentors and the like, as known at an instant. One query."""
    found: dict[int, list[Relation]] = defaultdict(list)
    rows = Relation.objects.filter(person_id__in=list(person_ids), recorded_at__lte=known_at)
    for row in rows.select_related("other"):
        found[row.person_id].append(row)
    return found


def classmates(
    enrollment: Enrollment,
    everyone: Sequence[Enrollment],
    affiliations: Mapping[int, list[Affiliation]],
    entries: EntriesOf,
) -> list[Partner]:
    """The people in the other tracks of the class, and again for every stretch of time at the same organization."""
    found = []
    for other in everyone:
        if other.track_id == enrollment.track_id or other.person_id == enrollment.person_id:
            continue
        found.append(_partner(other, "same-class", other.cohort.first_day, None, entries))
        for since, until in _together(affiliations, enrollment.person_id, other.person_id):
            found.append(_partner(other, "same-organization", since, until, entries))
    return found


def related(relations: Iterable[Relation], entries: EntriesOf) -> list[Partner]:
    """The people a person is linked to by name, such as a mentor."""
    return [
        Partner(row.other.key, row.kind, row.start, row.until, "", entries.get(row.other_id, ())) for row in relations
    ]


def _partner(other: Enrollment, relation: str, since: date, until: date | None, entries: EntriesOf) -> Partner:
    return Partner(other.person.key, relation, since, until, other.track.track, entries.get(other.person_id, ()))


def _together(
    affiliations: Mapping[int, list[Affiliation]], person: int, other: int
) -> Iterable[tuple[date, date | None]]:
    for mine in affiliations.get(person, ()):
        for theirs in affiliations.get(other, ()):
            if mine.organization_id == theirs.organization_id:
                since = max(mine.start, theirs.start)
                until = min((day for day in (mine.until, theirs.until) if day), default=None)
                if until is None or since < until:
                    yield since, until
