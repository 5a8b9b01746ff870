"""Ten years in the shipped CETL: on time, late in grace, reinstated on the last day, and one past the limit."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cecto.audits.actions import grant_exception
from cecto.audits.models import ExceptionGrant
from cecto.audits.queries import enrollments_to_audit
from cecto.audits.standing import awards_of, cycle_of
from cecto.certification.actions import NotEligible
from cecto.classes.models import Enrollment
from cecto.credentials.letters.statement import statement_of
from cecto.credentials.models import CredentialVersion
from cecto.credentials.renewing.queries import case_of
from cecto.people.models import Person
from tests.certification.test_renewal_exceptions import _excusable  # noqa: F401
from tests.credentials.made import BY
from tests.credentials.renewing.made import OFFICER, awarded, officer, studied
from tests.credentials.renewing.test_renewing import renewed

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
Kind = ExceptionGrant.Kind
AWARD, END = date(2016, 6, 15), date(2026, 6, 15)


def at(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 20, tzinfo=UTC)


def of(version: CredentialVersion) -> Enrollment:
    return enrollments_to_audit().get(pk=version.credential.decision.enrollment_id)


def did(version: CredentialVersion, hours: int, on: date) -> None:
    studied(version, hours, on=on, at=at(on))


def excepted(version: CredentialVersion, who: Person, on: date, cycle: int, kind: Kind, **more: Any) -> ExceptionGrant:
    (award,) = awards_of([of(version)])
    node = "recertification" if kind == Kind.WAIVE else "hours"
    return grant_exception(
        enrollment=of(version),
        node=node,
        kind=kind,
        office=OFFICER,
        granted_by=who,
        reason="Leave",
        award=award,
        cycle=cycle,
        by=BY,
        at=at(on),
        **more,
    )


def sign(version: CredentialVersion, who: Person, on: date, until: int) -> None:
    renewed(version, signer=who, at=at(on), until=date(until, 6, 15))


def counted(version: CredentialVersion, cycles: int) -> list[int]:
    """The hours that each cycle counted, as it was signed."""
    (award,) = awards_of([of(version)])
    audits = [cycle_of(award, n, true_on=END, known_at=at(END))[1] for n in range(1, cycles + 1)]
    return [one.root.find("hours").value // 60 for one in audits]


def told(version: CredentialVersion, since: date, until: date) -> int:
    return statement_of(of(version), since=since, until=until, true_on=END, known_at=at(END)).minutes // 60


def word(version: CredentialVersion, on: date) -> str:
    found = case_of(version.credential, true_on=on, known_at=at(on))
    assert found is not None
    return found.word


def test_who_renews_on_time_with_a_lower_target_once() -> None:
    version, who = awarded(), officer()
    for year, hours in ((2018, 60), (2021, 50), (2024, 60)):
        did(version, hours, date(year, 3, 1))
        if hours == 50:
            assert word(version, date(2021, 12, 1)) == "to be renewed"
            excepted(version, who, date(2021, 12, 1), 2, Kind.LOWER, amount=50 * 60)
        assert word(version, date(year, 12, 3)) == "ready to renew"
        sign(version, who, date(year, 12, 3), year + 4)
        assert word(version, date(year, 12, 4)) == "renewed"
    assert counted(version, 3) == [60, 50, 60]
    days = [AWARD, date(2019, 6, 15), date(2022, 6, 15), date(2025, 6, 15)]
    assert [told(version, *pair) for pair in itertools.pairwise(days)] == [60, 50, 60]
    assert told(version, AWARD, END) == 170


def test_who_is_late_in_grace_by_an_extension_and_then_waived_once() -> None:
    version, who = awarded(), officer()
    did(version, 45, date(2018, 3, 1))
    assert word(version, date(2019, 6, 20)) == "over, in the days of grace"
    excepted(version, who, date(2019, 6, 20), 1, Kind.EXTEND, until=date(2019, 7, 16))
    did(version, 15, date(2019, 7, 15))
    sign(version, who, date(2019, 7, 15), 2022)
    # What the extension let the first cycle use is not there for the second.
    assert word(version, date(2021, 12, 1)) == "to be renewed"
    excepted(version, who, date(2021, 12, 1), 2, Kind.WAIVE)
    sign(version, who, date(2021, 12, 2), 2025)
    assert word(version, date(2024, 12, 1)) == "to be renewed"
    assert (counted(version, 3), told(version, AWARD, END)) == ([60, 0, 0], 60)


def test_who_lapses_is_reinstated_on_the_last_day_and_another_is_a_day_too_late() -> None:
    version, late, who = awarded(), awarded("Ada Núñez"), officer()
    for one in (version, late):
        did(one, 45, date(2018, 3, 1))
        did(one, 15, date(2020, 8, 13))
        assert word(one, date(2020, 8, 12)) == "lapsed"
        assert word(one, date(2020, 8, 13)) == "lapsed, ready to reinstate"
    sign(version, who, date(2020, 8, 13), 2022)
    with pytest.raises(NotEligible, match="could be settled until August 13, 2020"):
        sign(late, who, date(2020, 8, 14), 2022)
    assert (word(version, date(2020, 8, 14)), word(late, date(2020, 8, 14))) == (
        "nothing is asked yet",
        "lapsed for good",
    )
    assert word(version, date(2021, 12, 1)) == "to be renewed"
    assert (counted(version, 2), told(version, AWARD, END)) == ([60, 0], 60)
    with pytest.raises(Exception, match="An exception cannot bring the certificate back"):
        excepted(late, who, date(2020, 8, 14), 1, Kind.WAIVE)
