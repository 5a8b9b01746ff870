"""Law 7 of decisions: the first pages say what is due, by when, what is missing and what lapsing means."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from cecto.credentials.models import CredentialVersion
from cecto.people.models import Role
from tests.classes.browsing import browser, words_of
from tests.credentials.renewing.made import awarded, officer, studied
from tests.credentials.renewing.test_renewing import renewed

pytestmark = pytest.mark.django_db
MORE = "To renew it you need 15 h more: 60 hours of professional activities."


def home(version: CredentialVersion, on: date) -> str:
    with time_machine.travel(datetime(on.year, on.month, on.day, 17, tzinfo=UTC), tick=False):
        return words_of(browser(None, who=version.credential.decision.enrollment.person).get("/my/").content)


@pytest.mark.parametrize(
    ("hours", "on", "said"),
    [
        (45, date(2018, 1, 1), "It’s valid until June 14, 2019."),
        (45, date(2018, 12, 4), f"Your certificate is valid until June 14, 2019. {MORE}"),
        (45, date(2018, 12, 4), "If it isn’t renewed by August 13, 2019, it lapses."),
        (60, date(2018, 12, 4), "You’ve met what renewal asks. The certification officer still needs to sign."),
        (60, date(2019, 12, 1), "Your certificate expired on June 14, 2019. You’ve met what renewal asks."),
        (45, date(2019, 7, 1), "expired on June 14, 2019. You can still renew it until August 13, 2019. To renew it"),
        (45, date(2020, 8, 13), "You can still renew it until August 13, 2020."),
        (45, date(2020, 8, 14), "It can’t be renewed any longer. Ask the coordinator about a new certification."),
    ],
)
def test_the_holders_first_page_says_where_the_renewal_stands(hours: int, on: date, said: str) -> None:
    version = awarded()
    studied(version, hours)
    assert said in home(version, on)


def test_once_signed_it_says_until_when_and_asks_nothing() -> None:
    version = awarded()
    studied(version)
    renewed(version)
    found = home(version, date(2018, 12, 4))
    assert "It’s valid until June 14, 2022." in found
    assert "still needs to sign" not in found


def test_officers_and_coordinators_count_what_is_ready_due_and_lapsed() -> None:
    ready, due, lapsed = awarded(), awarded("Ada Núñez"), awarded("Bo Lindqvist")
    studied(ready)
    with time_machine.travel(datetime(2018, 12, 3, 17, tzinfo=UTC), tick=False):
        for role in (Role.COORDINATOR, Role.OFFICER):
            found = words_of(browser(role, "cetl").get("/console/").content)
            assert "Certificates that end within a year 2: to be renewed 1: ready to renew" in found
    assert {due.holder_name, lapsed.holder_name} == {"Ada Núñez", "Bo Lindqvist"}
    assert officer().name
