"""Which version of its definition holds each enrollment, on a date and by what was known at an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from cecto.audits.models import VersionChange
from cecto.classes.models import CohortTrack, Enrollment
from cecto.foundation.rows import select
from cecto.programs.models import Definition

Rule = VersionChange.Rule
_CHANGES = """
SELECT track_id, enrollment_id, definition_id, start, rule FROM audits_versionchange
WHERE track_id IN (ids) AND recorded_at <= %(at)s
ORDER BY start, id
"""


@dataclass(frozen=True, slots=True)
class Version:
    """A definition, and those that an enrollment was moved to on the way to it: exceptions follow their `moves`."""

    definition: Definition
    steps: tuple[Definition, ...] = ()

    def then(self, definition: Definition) -> Version:
        """The next version after this one."""
        return replace(self, definition=definition, steps=(*self.steps, definition))


Versions = tuple[Version, ...]


class Change(NamedTuple):
    """From a date on, a track, or one enrollment (by its id) of it, is held to another definition."""

    enrollment: int | None
    definition: Definition
    start: date
    rule: str


def versions_of(enrollments: Sequence[Enrollment], *, true_on: date, known_at: datetime) -> dict[int, Versions]:
    """The versions of each enrollment (by its id), the earliest first; of several, the better holds.

    One query, and a second when a version was changed. Reads `track.definition`; select it beforehand.
    """
    tracks = {one.track_id for one in enrollments}
    rows = [row for row in select(_CHANGES, tracks, at=known_at) if row[3] <= true_on]
    found = Definition.objects.select_related("program").in_bulk({row[2] for row in rows}) if rows else {}
    changes: dict[int, list[Change]] = defaultdict(list)
    for track, enrollment, definition, start, rule in rows:
        changes[track].append(Change(enrollment, found[definition], start, rule))
    return {one.pk: _held_to(one, changes[one.track_id]) for one in enrollments}


def _held_to(enrollment: Enrollment, changes: Iterable[Change]) -> Versions:
    held: Versions = (Version(enrollment.track.definition),)
    been = {one.definition.pk: one for one in held}
    for change in changes:
        if change.enrollment not in {None, enrollment.pk}:
            continue
        if change.rule == Rule.KEEP:
            return (been.get(change.definition.pk) or Version(change.definition),)
        held = _changed(held, change, enrollment)
        been |= {one.definition.pk: one for one in held}
    return held


def _changed(held: Versions, change: Change, enrollment: Enrollment) -> Versions:
    to = held[-1].then(change.definition)
    if enrollment.enrolled_on >= change.start or change.rule == Rule.MOVE:
        return (to,)
    return held if change.rule == Rule.STAY else (*held, to)


def version_of_track(track: CohortTrack, *, on: date, known_at: datetime) -> Definition:
    """The version that holds those who enroll in a track on a date. One query."""
    rows = VersionChange.objects.filter(track=track, enrollment=None, start__lte=on, recorded_at__lte=known_at)
    last = rows.select_related("definition__program").order_by("start", "id").last()
    return last.definition if last else track.definition
