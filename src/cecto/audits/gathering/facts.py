"""Everything an audit reads about each enrollment, gathered for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from cecto.audits.gathering.absences import absences_by_person
from cecto.audits.gathering.background import background_by_person
from cecto.audits.gathering.coming import sessions_to_come, without_accepted, work_to_come
from cecto.audits.gathering.entries import entries_by_person
from cecto.audits.gathering.exceptions import exceptions_of
from cecto.audits.gathering.partners import affiliations_of, classmates, related, relations_of
from cecto.classes.models import Cohort, Enrollment
from cecto.requirements.facts import Facts


def gather_facts(enrollments: Sequence[Enrollment], *, known_at: datetime) -> dict[int, Facts]:
    """The facts of each enrollment (by its id), as known at an instant. A constant number of queries.

    Reads `track`, `person` and `cohort.program`; select them beforehand (`audits.queries.enrollments_to_audit`).
    """
    cohorts = list({enrollment.cohort_id: enrollment.cohort for enrollment in enrollments}.values())
    everyone = _everyone(cohorts, known_at)
    people = {enrollment.person_id for group in everyone.values() for enrollment in group}
    relations = relations_of([enrollment.person_id for enrollment in enrollments], known_at=known_at)
    people |= {row.other_id for rows in relations.values() for row in rows}
    entries = entries_by_person(people, known_at=known_at)
    affiliations = affiliations_of(people, known_at=known_at)
    exceptions = exceptions_of(enrollments, known_at=known_at)
    absences = absences_by_person([one.person_id for one in enrollments], known_at=known_at)
    background = background_by_person([one.person_id for one in enrollments], known_at=known_at)
    sessions, work = sessions_to_come(cohorts, known_at=known_at), work_to_come(cohorts, known_at=known_at)
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
            partners=(
                *classmates(one, everyone[one.cohort_id], affiliations, entries),
                *related(relations.get(one.person_id, ()), entries),
            ),
            exceptions=tuple(exceptions.get(one.pk, ())),
            absences=tuple(absences.get(one.person_id, ())),
            background=tuple(background.get(one.person_id, ())),
            schedule_final=_has_begun(one.cohort, known_at),
        )
    return found


def _everyone(cohorts: Sequence[Cohort], known_at: datetime) -> dict[int, list[Enrollment]]:
    found: dict[int, list[Enrollment]] = {cohort.pk: [] for cohort in cohorts}
    rows = Enrollment.objects.filter(cohort__in=cohorts, recorded_at__lte=known_at)
    for row in rows.select_related("track", "person", "cohort"):
        found[row.cohort_id].append(row)
    return found


def _has_begun(cohort: Cohort, known_at: datetime) -> bool:
    return known_at.astimezone(ZoneInfo(cohort.program.time_zone)).date() >= cohort.first_day
