"""The coordinator's list, the officer's button, the command, and the page of the whole life."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from cecto.credentials import actions
from cecto.credentials.models import CredentialVersion
from cecto.credentials.signing import open_issuer_key
from cecto.credentials.wallet.actions import hand_over, offer
from cecto.foundation.journal.actor import Actor
from cecto.people.actions import correct_name
from cecto.people.models import Role
from tests.classes.browsing import browser, words_of
from tests.credentials.made import ADDRESS, BY, LATER, PASSPHRASE, revoke
from tests.credentials.renewing.made import IN_TIME, awarded, officer, studied
from tests.credentials.wallet.made import presentation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _passphrase(settings: LazySettings) -> None:
    settings.CECTO_KEY_PASSPHRASE = PASSPHRASE


@time_machine.travel(IN_TIME, tick=False)
def test_the_coordinator_sees_who_is_to_renew_in_their_programs_only() -> None:
    studied(awarded(), 45)
    page = words_of(browser(program="cetl").get("/console/certificates/ending/").content)
    assert "Consuelo Hardaway Certified Education Technology Leader" in page
    assert "to be renewed 60 hours of professional activities: 45 h of 60 h" in page
    others = browser(program="cecto", who=officer()).get("/console/certificates/ending/")
    assert "None ends in that time" in words_of(others.content)


@time_machine.travel(IN_TIME, tick=False)
def test_how_far_ahead_is_asked_and_a_wrong_number_is_told() -> None:
    awarded()
    staff = browser(program="cetl")
    answers = [staff.get("/console/certificates/ending/", {"within": months}) for months in ("1", "", "no", "99")]
    assert [answer.status_code for answer in answers] == [200, 422, 422, 422]
    assert "None ends in that time" in words_of(answers[0].content)
    file = staff.get("/console/certificates/ending/", {"download": "csv"})
    assert "Consuelo Hardaway" in file.content.decode()


@time_machine.travel(IN_TIME, tick=False)
def test_an_officer_renews_on_the_page_of_its_life() -> None:
    version, signer = awarded(), officer()
    studied(version)
    page = f"/console/certificates/{version.credential.key}/"
    staff = browser(Role.OFFICER, program="cetl", who=signer)
    assert "Sign the renewal until" in words_of(staff.get(page).content)
    said = words_of(staff.post(f"{page}renewal/", {"until": "2022-06-15"}, follow=True).content)
    assert "Signed. Version 2 is issued and holds from now on." in said
    assert "Sign the renewal until" not in said
    assert "Valid until Tue, Jun 14, 2022" in said
    again = words_of(staff.post(f"{page}renewal/", {"until": "2022-06-15"}, follow=True).content)
    assert "cannot be renewed now" in again
    assert CredentialVersion.objects.count() == 2


@time_machine.travel(IN_TIME, tick=False)
def test_without_an_office_the_button_is_not_there_and_the_date_is() -> None:
    version = awarded()
    studied(version)
    page = words_of(browser(program="cetl").get(f"/console/certificates/{version.credential.key}/").content)
    assert "An officer may renew it until Tue, Jun 14, 2022" in page


def test_the_page_tells_the_whole_life() -> None:
    first, signer = awarded(), officer()
    holder, key = first.credential.decision.enrollment.person, open_issuer_key(PASSPHRASE)
    by = Actor.person(signer.key, signer.pk)
    made = offer(version=first, by=BY, at=LATER)
    shown = presentation(made.offer.challenge, ADDRESS)
    hand_over(secret=made.secret, presentation=shown, domain=ADDRESS, by=BY, at=LATER)
    correct_name(person=holder, name="Consuelo Hardaway-Ruiz", by=BY, at=LATER)
    second = actions.correct(credential=first.credential, key=key, by=by, at=datetime(2016, 10, 1, 12, tzinfo=UTC))
    revoke(version=second, reason="error", key=key, by=by, at=datetime(2016, 11, 1, 12, tzinfo=UTC))
    at = datetime(2016, 12, 1, 12, tzinfo=UTC)
    third = actions.reinstate(credential=first.credential, key=key, by=by, at=at)
    studied(first)
    fourth = actions.renew(
        credential=first.credential, viewed_until="2022-06-15", officer=signer, key=key, by=by, at=IN_TIME
    )
    with time_machine.travel(datetime(2022, 7, 1, tzinfo=UTC), tick=False):
        page = words_of(browser(program="cetl").get(f"/console/certificates/{first.credential.key}/").content)
    told = [
        "Version 1 issued, in the name of Consuelo Hardaway Issued by the command cecto test.",
        "Put into a wallet",
        "Version 2 issued to correct it, in the name of Consuelo Hardaway-Ruiz Issued by Dana Reyes-Whitfield: It was",
        "Version 2 revoked Revoked by Dana Reyes-Whitfield: It was issued in error.",
        "Version 3 issued to reinstate it",
        "Renewal signed until June 14, 2022, on cycle 1 Signed by Dana Reyes-Whitfield, Certification officer",
        "Version 4 issued to renew it",
        "It expired",
    ]
    places = [page.find(one) for one in told]
    assert places == sorted(places)
    assert places[0] > 0
    for version in (first, second, third, fourth):
        for word in (version.printed_code, version.sha256, str(version.status_index)):
            assert word in page
    assert [page.count(f"Version {n} {state}") for n, state in enumerate(("Superseded", "Revoked"), 1)] == [1, 1]
    assert "Version 4 Expired" in page


@time_machine.travel(IN_TIME, tick=False)
def test_the_command_lists_and_renews(capsys: pytest.CaptureFixture[str]) -> None:
    version = awarded()
    studied(version)
    officer()
    call_command("renew")
    said = capsys.readouterr().out
    assert f"2019-06-14  {version.printed_code}  Consuelo Hardaway: ready to renew" in said
    assert "1 certificates have ended or end by 2019-12-03." in said
    with pytest.raises(CommandError, match="--as EMAIL"):
        call_command("renew", version.code)
    call_command("renew", version.code, "--as", "dana@example.org")
    assert "Consuelo Hardaway is renewed until 2022-06-14" in capsys.readouterr().out
    with pytest.raises(CommandError, match="cannot be renewed now"):
        call_command("renew", version.code, "--as", "dana@example.org")


@time_machine.travel(datetime(2019, 12, 3, 17, tzinfo=UTC), tick=False)
def test_an_officer_reinstates_a_lapsed_one_on_the_page_of_its_life() -> None:
    version, signer = awarded(), officer()
    studied(version, 45)
    page = f"/console/certificates/{version.credential.key}/"
    staff = browser(Role.OFFICER, program="cetl", who=signer)
    lapsed = words_of(staff.get(page).content)
    assert "Where it stands lapsed" in lapsed
    assert "May be reinstated until Thu, Aug 13, 2020" in lapsed
    assert "Sign the" not in lapsed
    studied(version, 15, on=date(2019, 10, 1), at=datetime(2019, 12, 3, 16, tzinfo=UTC))
    assert "Sign the reinstatement until Tue, Jun 14, 2022" in words_of(staff.get(page).content)
    said = words_of(staff.post(f"{page}renewal/", {"until": "2022-06-15"}, follow=True).content)
    assert "Version 2 issued to reinstate it after it had lapsed" in said
    assert "Reinstatement signed until June 14, 2022, on cycle 1" in said


def test_the_class_page_tells_the_current_holders_from_those_whose_certificate_has_expired() -> None:
    version = awarded()
    cohort = version.credential.decision.enrollment.cohort
    page = f"/console/classes/{cohort.key}/certificates/"
    with time_machine.travel(datetime(2019, 6, 15, 4, tzinfo=UTC), tick=False):
        answer = browser(program="cetl").get(page)
    assert (answer.context["issued"], answer.context["expired"]) == ([], [version])
    assert "Expired (1)" in words_of(answer.content)
