"""A class's track, or one person, held to another published version from a date on."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from cecto.audits.models import VersionChange
from cecto.audits.refusing import refuse_change
from cecto.audits.standing import Award, awards_of
from cecto.classes.models import CohortTrack, Enrollment
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.programs.models import Definition


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
