"""Everything an audit reads about each enrollment, gathered for many at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from cecto.audits.gathering.absences import absences_by_person
from cecto.audits.gathering.background import background_by_person
from cecto.audits.gathering.coming import sessions_to_come, without_accepted, work_to_come
from cecto.audits.gathering.entries import entries_by_person
from cecto.audits.gathering.exceptions import exceptions_of
from cecto.audits.gathering.partners import company_of
from cecto.classes.models import Cohort, Enrollment
from cecto.requirements.document import Link
from cecto.requirements.facts import Facts


def gather_facts(
    enrollments: Sequence[Enrollment], *, asked: Mapping[int, Collection[Link]], known_at: datetime
) -> dict[int, Facts]:
    """The facts of each enrollment (by its id), as known at an instant. A constant number of queries.

    `asked` says, for each enrollment, which sorts of partners the definitions ask about; only those are read.
    Reads `track` and `cohort.program`; select them beforehand (`audits.queries.enrollments_to_audit`).
    """
    people = {one.person_id for one in enrollments}
    cohorts = {one.cohort_id: one.cohort for one in enrollments}
    company = company_of(asked, known_at=known_at)
    partners = {one.person_id for group in company.values() for one in group}
    entries = entries_by_person(people | partners, known_at=known_at)
    exceptions = exceptions_of((one.pk for one in enrollments), known_at=known_at)
    absences = absences_by_person(people, known_at=known_at)
    background = background_by_person(people, known_at=known_at)
    sessions, work = sessions_to_come(cohorts, known_at=known_at), work_to_come(cohorts, known_at=known_at)
    final = {pk: _schedule_is_final(cohort, known_at) for pk, cohort in cohorts.items()}
    found = {}
    for one in enrollments:
        own, track = entries.get(one.person_id, ()), (one.cohort_id, one.track.track)
        found[one.pk] = Facts(
            program=one.cohort.program.code,
            track=one.track.track,
            class_start=one.cohort.first_day,
            class_end=one.cohort.end,
            entries=own,
            coming=(*sessions.to(*track), *without_accepted(work.to(*track), own)),
            partners=tuple(partner.with_entries(entries) for partner in company.get(one.pk, ())),
            exceptions=tuple(exceptions.get(one.pk, ())),
            absences=tuple(absences.get(one.person_id, ())),
            background=tuple(background.get(one.person_id, ())),
            schedule_final=final[one.cohort_id],
        )
    return found


def _schedule_is_final(cohort: Cohort, known_at: datetime) -> bool:
    """Whether no more dates are expected: said to be complete, and the class has begun; or it is over."""
    today = known_at.astimezone(ZoneInfo(cohort.program.time_zone)).date()
    return today >= cohort.first_day and cohort.schedule_is_complete(today, known_at=known_at)
