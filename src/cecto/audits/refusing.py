"""What change of version cannot be, whoever agrees to it."""

from __future__ import annotations

from datetime import date, datetime

from cecto.audits.gathering.versions import versions_of
from cecto.audits.models import VersionChange
from cecto.audits.standing import awards_of
from cecto.classes.models import CohortTrack, Enrollment
from cecto.programs.models import Definition


class VersionRefused(Exception):
    """A change of version that cannot be; the message says why and what to do."""


def refuse_change(
    track: CohortTrack,
    definition: Definition,
    rule: VersionChange.Rule,
    start: date,
    reason: str,
    enrollment: Enrollment | None,
    at: datetime,
) -> None:
    """Raises VersionRefused for a change that cannot be, whoever agrees to it."""
    _refuse_unfit(track, definition, start, reason)
    if enrollment is not None:
        _refuse_alone(track, enrollment, rule, start)
        _refuse_certified(enrollment)
    before = VersionChange.objects.filter(track=track, enrollment=enrollment).order_by("start", "id").last()
    if _holds(track, enrollment, before, start, at) == [definition.pk]:
        raise VersionRefused(f"“{definition}” holds already. Choose another version.")
    if before and start < before.start:
        raise VersionRefused(f"A later change begins on {before.start}. Choose that day or a later one.")


def _refuse_certified(enrollment: Enrollment) -> None:
    (award,) = awards_of([enrollment])
    if award.definition is not None:
        raise VersionRefused(
            f"{enrollment.person} is certified by “{award.definition}”, and that decision keeps its rules."
        )


def _holds(
    track: CohortTrack, enrollment: Enrollment | None, before: VersionChange | None, start: date, at: datetime
) -> list[int]:
    """The ids of what would hold without the change: two or more for a person who has the better of both."""
    if enrollment is None:
        return [before.definition_id if before else track.definition_id]
    versions = versions_of([enrollment], true_on=start, known_at=at)
    return [version.definition.pk for version in versions[enrollment.pk]]


def _refuse_alone(track: CohortTrack, enrollment: Enrollment, rule: VersionChange.Rule, start: date) -> None:
    if enrollment.track_id != track.pk:
        raise VersionRefused(f"{enrollment.person} is not enrolled in {track}.")
    if rule == VersionChange.Rule.STAY and enrollment.enrolled_on < start:
        raise VersionRefused(f"{enrollment.person} would stay: nothing would change. Choose another rule.")


def _refuse_unfit(track: CohortTrack, definition: Definition, start: date, reason: str) -> None:
    if (definition.program_id, definition.track) != (track.cohort.program_id, track.track):
        raise VersionRefused(f"“{definition}” is not a definition of track “{track.track}” of {track.cohort.program}.")
    if start < track.cohort.first_day:
        raise VersionRefused(f"The class begins on {track.cohort.first_day}. Choose that day or a later one.")
    if not reason.strip():
        raise VersionRefused("Say why the rules change: people will ask.")
