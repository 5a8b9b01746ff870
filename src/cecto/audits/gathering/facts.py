"""Everything an audit reads about each enrollment, gathered for many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from cecto.audits.gathering.absences import absences_by_person
from cecto.audits.gathering.background import background_by_person
from cecto.audits.gathering.coming import sessions_to_come, tracks_of, without_accepted, work_to_come
from cecto.audits.gathering.entries import entries_by_person
from cecto.audits.gathering.exceptions import exceptions_of
from cecto.audits.gathering.partners import linked_people
from cecto.audits.gathering.versions import Versions
from cecto.classes.models import Cohort, Enrollment
from cecto.programs.queries import ruleset
from cecto.requirements.facts import Facts


def gather_facts(
    enrollments: Sequence[Enrollment], versions: Mapping[int, Versions], *, known_at: datetime
) -> dict[int, Facts]:
    """The facts of each enrollment (by its id) that its versions read, as known at an instant.

    A constant number of queries. Reads `track`, `person` and `cohort.program`; select them beforehand
    (`audits.queries.enrollments_to_audit`).
    """
    cohorts = list({enrollment.cohort_id: enrollment.cohort for enrollment in enrollments}.values())
    asked = {pk: {link for one in held for link in ruleset(one.definition).links} for pk, held in versions.items()}
    linked = linked_people(enrollments, asked, known_at=known_at)
    people = {one.person_id for one in enrollments}
    partners = {found.person_id for group in linked.values() for found in group}
    entries = entries_by_person(people | partners, known_at=known_at)
    exceptions = exceptions_of(enrollments, known_at=known_at)
    absences = absences_by_person(people, known_at=known_at)
    background = background_by_person(people, known_at=known_at)
    tracks = tracks_of(cohorts)
    sessions = sessions_to_come(cohorts, tracks, known_at=known_at)
    work = work_to_come(cohorts, tracks, known_at=known_at)
    found = {}
    for one in enrollments:
        own = entries.get(one.person_id, ())
        track = (one.cohort_id, one.track.track)
        found[one.pk] = Facts(
            program=one.cohort.program.code,
            track=one.track.track,
            class_start=one.cohort.first_day,
            class_end=one.cohort.end,
            entries=own,
            coming=(*sessions.get(track, ()), *without_accepted(work.get(track, ()), own)),
            partners=tuple(replace(who.partner, entries=entries.get(who.person_id, ())) for who in linked[one.pk]),
            exceptions=tuple(exceptions.get(one.pk, ())),
            absences=tuple(absences.get(one.person_id, ())),
            background=tuple(background.get(one.person_id, ())),
            schedule_final=_has_begun(one.cohort, known_at),
        )
    return found


def _has_begun(cohort: Cohort, known_at: datetime) -> bool:
    return known_at.astimezone(ZoneInfo(cohort.program.time_zone)).date() >= cohort.first_day
