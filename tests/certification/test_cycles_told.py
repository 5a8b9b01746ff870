"""Law 5 of decisions: what a renewal counts stands in the statement, the record and in why an hour counts, once."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from cecto.audits.queries import audit_enrollment, enrollments_to_audit
from cecto.audits.reckoning import reckon
from cecto.audits.standing import cycle_of
from cecto.certification.awards import award_of
from cecto.classes.models import Enrollment
from cecto.credentials.letters.statement import statement_of
from tests.credentials.renewing.made import awarded, officer, studied
from tests.credentials.renewing.test_renewing import renewed

pytestmark = pytest.mark.django_db
ASKED = datetime(2024, 1, 1, 17, tzinfo=UTC)
AWARD = date(2016, 6, 15)


def told(of: Enrollment, since: date, until: date) -> int:
    fresh = enrollments_to_audit().get(pk=of.pk)
    return statement_of(fresh, since=since, until=until, true_on=ASKED.date(), known_at=ASKED).minutes


def history() -> Enrollment:
    """60 hours and 10 more for the first cycle, signed in between; 25 for the second so far."""
    version, signer = awarded(), officer()
    studied(version)
    renewed(version, signer=signer)
    studied(version, 10, on=date(2019, 2, 1), at=datetime(2019, 2, 2, 17, tzinfo=UTC))
    studied(version, 25, on=date(2020, 2, 1), at=datetime(2020, 2, 2, 17, tzinfo=UTC))
    return version.credential.decision.enrollment


def test_the_statement_of_each_cycle_sums_to_what_the_cycle_counted() -> None:
    who = history()
    first, second = told(who, AWARD, date(2019, 6, 15)), told(who, date(2019, 6, 15), date(2022, 6, 15))
    assert (first, second, told(who, AWARD, date(2024, 1, 1))) == (70 * 60, 25 * 60, 95 * 60)
    award = award_of(enrollments_to_audit().get(pk=who.pk))
    counted = [cycle_of(award, n, true_on=ASKED.date(), known_at=ASKED)[1].root.find("hours").value for n in (1, 2)]
    assert counted == [60 * 60, 25 * 60]  # the first as it was signed


def test_why_an_hour_counts_names_the_cycle() -> None:
    who = enrollments_to_audit().get(pk=history().pk)
    found = reckon(audit_enrollment(who, true_on=ASKED.date(), known_at=ASKED))
    said = [one.counts_for.replace("\N{NO-BREAK SPACE}", " ") for one in found]
    assert said == [
        "25 h for 60 hours of professional activities (renewal cycle 2)",
        "10 h for 60 hours of professional activities (renewal cycle 1)",
        "60 h for 60 hours of professional activities (renewal cycle 1)",
    ]


def test_any_period_is_told_once() -> None:
    who = history()
    days = [AWARD + timedelta(days=400 * n) for n in range(8)]
    parts = [told(who, since, until) for since, until in itertools.pairwise(days)]
    assert sum(parts) == told(who, days[0], days[-1]) == 95 * 60
