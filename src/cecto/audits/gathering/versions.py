"""Which version of its definition holds each enrollment, on a date and by what was known at an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from cecto.audits.models import VersionChange
from cecto.classes.models import CohortTrack, Enrollment
from cecto.programs.models import Definition

Rule = VersionChange.Rule


@dataclass(frozen=True, slots=True)
class Version:
    """A definition, and those that an enrollment was moved to on the way to it: exceptions follow their `moves`."""

    definition: Definition
    steps: tuple[Definition, ...] = ()

    def then(self, definition: Definition) -> Version:
        """The next version after this one."""
        return replace(self, definition=definition, steps=(*self.steps, definition))


Versions = tuple[Version, ...]


def versions_of(enrollments: Sequence[Enrollment], *, true_on: date, known_at: datetime) -> dict[int, Versions]:
    """The versions of each enrollment (by its id), the earliest first; of several, the better holds.

    One query. Reads `track.definition`; select it beforehand.
    """
    changes: dict[int, list[VersionChange]] = defaultdict(list)
    rows = VersionChange.objects.filter(
        track__in={one.track_id for one in enrollments}, start__lte=true_on, recorded_at__lte=known_at
    )
    for row in rows.select_related("definition__program").order_by("start", "id"):
        changes[row.track_id].append(row)
    return {one.pk: _held_to(one, changes[one.track_id]) for one in enrollments}


def _held_to(enrollment: Enrollment, changes: Iterable[VersionChange]) -> Versions:
    held: Versions = (Version(enrollment.track.definition),)
    for change in changes:
        if change.enrollment_id in {None, enrollment.pk}:
            held = _changed(held, change, enrollment)
    return held


def _changed(held: Versions, change: VersionChange, enrollment: Enrollment) -> Versions:
    to = held[-1].then(change.definition)
    if enrollment.enrolled_on >= change.start or change.rule == Rule.MOVE:
        return (to,)
    return held if change.rule == Rule.STAY else (*held, to)


def version_of_track(track: CohortTrack, *, on: date, known_at: datetime) -> Definition:
    """The version that holds those who enroll in a track on a date. One query."""
    rows = VersionChange.objects.filter(track=track, enrollment=None, start__lte=on, recorded_at__lte=known_at)
    last = rows.select_related("definition__program").order_by("start", "id").last()
    return last.definition if last else track.definition
