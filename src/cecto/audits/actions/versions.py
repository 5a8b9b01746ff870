"""A class's track, or one person, held to another published version from a date on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cecto.audits.gathering.versions import versions_of
from cecto.audits.models import VersionChange
from cecto.audits.standing import Award, awards_of
from cecto.classes.models import CohortTrack, Enrollment
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.programs.models import Definition


class VersionRefused(Exception):
    """A change of version that cannot be; the message says why and what to do."""


@transaction.atomic
def change_version(
    *,
    track: CohortTrack,
    definition: Definition,
    rule: VersionChange.Rule,
    start: date,
    reason: str,
    enrollment: Enrollment | None = None,
    by: Actor,
    at: datetime,
) -> VersionChange:
    """Hold a track of a class, or one enrollment of it, to another version from a date on.

    `rule` says what becomes of those under way. Raises VersionRefused for a definition of another program or track, the
    version that holds already, a date before the class or before the last change, one person to stay or who is
    certified, or no reason. Those who are certified keep the version of their decision.
    """
    refuse_change(track, definition, rule, start, reason, enrollment, at)
    if enrollment is None:
        _keep_those_certified(track, by=by, at=at)
    change = VersionChange.objects.create(
        track=track,
        enrollment=enrollment,
        definition=definition,
        rule=rule,
        start=start,
        reason=reason.strip()[:300],
        recorded_at=at,
        changed_by=by.key,
    )
    record(
        "audits.change_version",
        by=by,
        at=at,
        subject=("enrollment", enrollment.key) if enrollment else ("class", track.cohort.key),
        class_key=track.cohort.key,
        track=track.track,
        sha256=definition.sha256,
        rule=str(rule),
        start=start.isoformat(),
    )
    return change


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


@transaction.atomic
def keep_version(*, award: Award, by: Actor, at: datetime) -> None:
    """Let who was certified keep the version of that decision, whatever the track was or will be moved to; once."""
    enrollment = award.enrollment
    if award.definition is None or award.awarded_on is None:
        return
    kept, made = VersionChange.objects.get_or_create(
        track=enrollment.track,
        enrollment=enrollment,
        rule=VersionChange.Rule.KEEP,
        defaults={
            "definition": award.definition,
            "start": award.awarded_on,
            "reason": "Certified.",
            "recorded_at": at,
            "changed_by": by.key,
        },
    )
    if made:
        record(
            "audits.keep_version",
            by=by,
            at=at,
            subject=("enrollment", enrollment.key),
            class_key=enrollment.cohort.key,
            sha256=kept.definition.sha256,
        )


def _keep_those_certified(track: CohortTrack, *, by: Actor, at: datetime) -> None:
    everyone = list(Enrollment.objects.filter(track=track).select_related("person", "track", "cohort__program"))
    for award in awards_of(everyone):
        keep_version(award=award, by=by, at=at)


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
