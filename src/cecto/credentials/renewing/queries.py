"""Certificates that end: when, where each stands in its cycles, and what is left to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from cecto.certification.renewal.queries import RenewalCase, ends_on, renewal_cases
from cecto.classes.models import Cohort
from cecto.credentials.models import Credential, CredentialVersion
from cecto.credentials.queries import versions


@dataclass(frozen=True, slots=True)
class Ending:
    """A version that holds and has an end, and where its award stands."""

    version: CredentialVersion
    case: RenewalCase


def ending(
    programs: Q, *, by: date, true_on: date, known_at: datetime, credential: Credential | None = None
) -> list[Ending]:
    """The versions that hold and end by a day, over already or not, the earliest first. A constant number of queries.

    `programs` filters on `program__code`; with `credential`, only that one, whenever it ends.
    """
    cohorts = Cohort.objects.filter(programs)
    found = versions().filter(revocation=None, credential__decision__enrollment__cohort__in=cohorts)
    if credential:
        found = found.filter(credential=credential)
    held = found.select_related(
        "credential__decision__enrollment__track__definition", "credential__decision__enrollment__organization"
    ).prefetch_related("credential__decision__renewals")
    by_decision = {version.credential.decision_id: version for version in held}
    decisions = [version.credential.decision for version in by_decision.values()]
    soon = [one for one in decisions if (end := ends_on(one)) and (credential or end <= by)]
    cases = renewal_cases(soon, true_on=true_on, known_at=known_at)
    return sorted((Ending(by_decision[case.decision.pk], case) for case in cases), key=_soonest)


def _soonest(one: Ending) -> tuple[date, str, int]:
    return one.case.valid_until, one.case.decision.enrollment.person.sort_name, one.version.pk


def case_of(credential: Credential, *, true_on: date, known_at: datetime) -> RenewalCase | None:
    """Where a credential stands that has an end and a version that holds; else None."""
    found = ending(Q(), by=true_on, true_on=true_on, known_at=known_at, credential=credential)
    return found[0].case if found else None
