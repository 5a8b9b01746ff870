"""Whom a person is linked to, and since when: the other track, those of the same organization, mentors and the like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cecto.classes.models import Enrollment
from cecto.people.models import Affiliation, Relation
from cecto.requirements.facts import Partner
from cecto.requirements.leaves.joint import fits
from cecto.requirements.parts import Link

SAME_CLASS, SAME_ORGANIZATION = "same-class", "same-organization"
CLASSMATES = frozenset({SAME_CLASS, SAME_ORGANIZATION})


@dataclass(frozen=True, slots=True)
class Linked:
    """A partner whose entries are not read yet, and the row of that person."""

    person_id: int
    partner: Partner


@dataclass(frozen=True, slots=True)
class _Classmate:
    person_id: int
    key: str
    track_id: int
    track: str


def linked_people(
    enrollments: Sequence[Enrollment], asked: Mapping[int, Collection[Link]], *, known_at: datetime
) -> dict[int, list[Linked]]:
    """The partners of each enrollment (by its id) that its links ask for, as known at an instant.

    At most three queries; none when nobody is asked for.
    """
    relations = {link.relation for links in asked.values() for link in links}
    classes = _classes(enrollments, known_at) if relations & CLASSMATES else {}
    members = {one.person_id for group in classes.values() for one in group}
    work = _affiliations(members, known_at) if SAME_ORGANIZATION in relations else {}
    named = _relations({one.person_id for one in enrollments}, known_at) if relations - CLASSMATES else {}
    found = {}
    for one in enrollments:
        everyone = [*_classmates(one, classes.get(one.cohort_id, []), work), *_named(named.get(one.person_id, ()))]
        found[one.pk] = [linked for linked in everyone if any(fits(linked.partner, link) for link in asked[one.pk])]
    return found


def _classes(enrollments: Iterable[Enrollment], known_at: datetime) -> dict[int, list[_Classmate]]:
    found: dict[int, list[_Classmate]] = defaultdict(list)
    rows = Enrollment.objects.filter(cohort__in={one.cohort_id for one in enrollments}, recorded_at__lte=known_at)
    for row in rows.values_list("cohort_id", "person_id", "person__key", "track_id", "track__track"):
        found[row[0]].append(_Classmate(*row[1:]))
    return found


def _affiliations(person_ids: Collection[int], known_at: datetime) -> dict[int, list[Affiliation]]:
    found: dict[int, list[Affiliation]] = defaultdict(list)
    for row in Affiliation.objects.filter(person_id__in=person_ids, recorded_at__lte=known_at):
        row.until = row.until_as_known(known_at)
        found[row.person_id].append(row)
    return found


def _relations(person_ids: Collection[int], known_at: datetime) -> dict[int, list[Relation]]:
    found: dict[int, list[Relation]] = defaultdict(list)
    rows = Relation.objects.filter(person_id__in=person_ids, recorded_at__lte=known_at)
    for row in rows.select_related("other"):
        found[row.person_id].append(row)
    return found


def _classmates(
    enrollment: Enrollment, everyone: Iterable[_Classmate], work: Mapping[int, list[Affiliation]]
) -> Iterator[Linked]:
    """The people in the other tracks of the class, and again for every stretch of time at the same organization."""
    mine = work.get(enrollment.person_id, [])
    for other in everyone:
        if other.track_id == enrollment.track_id or other.person_id == enrollment.person_id:
            continue
        first_day = enrollment.cohort.first_day
        yield Linked(other.person_id, Partner(other.key, SAME_CLASS, first_day, None, other.track))
        for since, until in _together(mine, work.get(other.person_id, [])):
            yield Linked(other.person_id, Partner(other.key, SAME_ORGANIZATION, since, until, other.track))


def _named(relations: Iterable[Relation]) -> Iterator[Linked]:
    for row in relations:
        yield Linked(row.other_id, Partner(row.other.key, row.kind, row.start, row.until))


def _together(mine: Iterable[Affiliation], theirs: Iterable[Affiliation]) -> Iterator[tuple[date, date | None]]:
    for one in mine:
        for other in theirs:
            if one.organization_id == other.organization_id:
                since = max(one.start, other.start)
                until = min((day for day in (one.until, other.until) if day), default=None)
                if until is None or since < until:
                    yield since, until
