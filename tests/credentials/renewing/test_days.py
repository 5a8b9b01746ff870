"""Law 6 of decisions: the day that is named is the last on which it is so, in the program's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from cecto.certification.actions import NotEligible
from cecto.credentials.renewing.queries import case_of
from cecto.credentials.verifying import State
from cecto.people.models import Person, Role
from cecto.requirements import audit_renewal
from tests.classes.browsing import browser, words_of
from tests.credentials.renewing.made import awarded, officer, studied
from tests.credentials.renewing.test_renewing import renewed
from tests.credentials.test_actions import seen_by_all
from tests.requirements.test_reach import AWARDED, RULES
from tests.requirements.worlds import LATE, facts

HERE = ZoneInfo("America/New_York")
LAST_MINUTE = datetime(2020, 8, 13, 23, 59, tzinfo=HERE)


@pytest.mark.django_db
def test_page_list_paper_and_signature_name_the_same_last_day_of_a_certificate() -> None:
    version = awarded()
    last = datetime(2019, 6, 14, 23, 59, tzinfo=HERE)
    for now, state in ((last, State.VALID), (last + timedelta(minutes=1), State.EXPIRED)):
        assert seen_by_all(version, now.astimezone(UTC)) == {state}
    assert version.certificate["details"].endswith("valid until June 14, 2019")
    staff = browser(Role.OFFICER, program="cetl", who=officer())
    with time_machine.travel(last, tick=False):
        life = words_of(staff.get(f"/console/certificates/{version.credential.key}/").content)
        assert "Valid until Fri, Jun 14 Where" in life.replace(", 2019", "")
        assert "Jun 15, 2019" not in life


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "signed"), [(0, True), (1, False)])
def test_a_lapsed_award_is_reinstated_on_the_last_day_that_is_named_and_not_after(minutes: int, signed: bool) -> None:
    version = awarded()
    studied(version, 60, on=date(2020, 8, 13), at=datetime(2020, 8, 13, 20, tzinfo=UTC))
    at = (LAST_MINUTE + timedelta(minutes=minutes)).astimezone(UTC)
    case = case_of(version.credential, true_on=at.astimezone(HERE).date(), known_at=at)
    assert case is not None
    assert case.standing.renewal is not None
    assert case.standing.renewal.reinstate_last_day == date(2020, 8, 13)
    if signed:
        assert renewed(version, at=at).number == 2
        return
    with pytest.raises(NotEligible, match="could be settled until August 13, 2020"):
        renewed(version, at=at)
    assert Person.objects.filter(name="Dana Reyes-Whitfield").exists()


@given(st.integers(0, 4 * 365).map(lambda days: AWARDED + timedelta(days=days)))
def test_each_state_holds_to_its_last_day(on: date) -> None:
    found = audit_renewal(RULES, facts((), awarded_on=AWARDED), true_on=on, known_at=LATE)
    assert found is not None
    assert found.reinstate_last_day is None or found.lapsed_to == "expired"
    until = {"current": found.opens_on - timedelta(days=1), "due": found.last_day, "grace": found.last_day_of_grace}
    last = until.get(found.standing, date.max)
    assert on <= last
    assert found.standing == ("lapsed" if on > found.last_day_of_grace else found.standing)
