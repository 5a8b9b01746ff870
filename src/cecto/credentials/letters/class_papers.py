"""The papers of a class: each by one person, or all of them, in the order of names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from cecto.audits.queries import enrollments_to_audit
from cecto.classes.models import Cohort, Enrollment
from cecto.credentials.letters.attendance import Attendance, attendance_of
from cecto.credentials.letters.consents import agreed_in
from cecto.credentials.letters.letters import class_summary, employer_letter, person_letter
from cecto.credentials.letters.paper import Written
from cecto.credentials.letters.recorded import RecordedDay
from cecto.people.models import Organization


@dataclass(frozen=True, slots=True)
class Employer:
    """An organization with people in a class, and those of them who let it be told."""

    organization: Organization
    people: tuple[Enrollment, ...]
    agreed: tuple[Enrollment, ...]


def employers_of(cohort: Cohort) -> list[Employer]:
    """The organizations of a class's people at their enrollment, by name. Two queries."""
    everyone = list(enrollments_to_audit().filter(cohort=cohort, organization__isnull=False))
    agreed, found = agreed_in(everyone), defaultdict[Organization, list[Enrollment]](list)
    for one in everyone:
        if one.organization:
            found[one.organization].append(one)
    return [
        Employer(organization, tuple(people), tuple(one for one in people if one.pk in agreed))
        for organization, people in sorted(found.items(), key=lambda pair: pair[0].name)
    ]


def letters_of(cohort: Cohort, day: RecordedDay) -> list[tuple[Enrollment, Written]]:
    """The letter of each person of a class."""
    return [(seen.enrollment, person_letter(seen, recorded_on=day.on)) for seen in _class(cohort, day)]


def letter_of(enrollment: Enrollment, day: RecordedDay) -> Written:
    """One person's letter."""
    (seen,) = attendance_of(enrollment.cohort, [enrollment], day)
    return person_letter(seen, recorded_on=day.on)


def letter_to(cohort: Cohort, employer: Employer, day: RecordedDay) -> Written:
    """What an employer is told: of those who agreed, and of nobody else."""
    seen = attendance_of(cohort, employer.agreed, day)
    return employer_letter(cohort, employer.organization, seen, recorded_on=day.on)


def summary_of(cohort: Cohort, day: RecordedDay) -> Written:
    """Everyone of a class on one paper."""
    return class_summary(cohort, _class(cohort, day), recorded_on=day.on)


def _class(cohort: Cohort, day: RecordedDay) -> list[Attendance]:
    everyone = list(enrollments_to_audit().filter(cohort=cohort))
    return attendance_of(cohort, everyone, day)
