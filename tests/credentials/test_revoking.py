"""Two persons revoke for good: one asks, another confirms; in between it is told as under review."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client

from cecto.config.doctor import examine
from cecto.credentials import actions, queries
from cecto.credentials.examining import examine_code
from cecto.credentials.models import CredentialVersion, RevocationProposal
from cecto.credentials.reasons import UnknownReason
from cecto.credentials.signing import open_issuer_key
from cecto.credentials.verifying import State
from cecto.people.models import Person, Role
from tests.classes.browsing import browser, words_of
from tests.classes.made import person
from tests.credentials import made
from tests.credentials.made import BY, LATER, PASSPHRASE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _passphrase(settings: LazySettings) -> None:
    settings.CECTO_KEY_PASSPHRASE = PASSPHRASE


def asked(version: CredentialVersion, who: Person, reason: str = "error") -> RevocationProposal:
    return actions.propose_revocation(version=version, reason=reason, person=who, by=BY, at=LATER)


def confirmed(proposal: RevocationProposal, who: Person) -> None:
    actions.confirm_revocation(proposal=proposal, person=who, key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)


def alone(version: CredentialVersion) -> CredentialVersion:
    """The same, of a program whose definition lets one office sign alone."""
    decision = version.credential.decision
    decision.offices = ["program-director"]
    decision.save(update_fields=["offices"])
    return CredentialVersion.objects.get(pk=version.pk)


def test_the_one_who_asked_does_not_confirm() -> None:
    version, ada, bo = made.issued(), person("Ada Asks"), person("Bo Both")
    proposal = asked(version, ada)
    with pytest.raises(actions.CredentialRefused, match="A second person confirms it"):
        confirmed(proposal, ada)
    with pytest.raises(actions.CredentialRefused, match="under review already"):
        asked(version, bo)
    answer = examine_code(version.code, at=LATER)
    assert (answer.state, answer.under_review) == (State.VALID, True)
    assert "D22" in [one.id for one in examine()]
    confirmed(proposal, bo)
    assert examine_code(version.code, at=LATER).state is State.REVOKED
    with pytest.raises(actions.CredentialRefused, match="decided already"):
        confirmed(proposal, bo)


def test_where_one_office_signs_alone_one_person_revokes() -> None:
    version, ada = alone(made.issued()), person("Ada Asks")
    confirmed(asked(version, ada), ada)
    assert examine_code(version.code, at=LATER).state is State.REVOKED


def test_what_is_dropped_stays_valid_and_can_be_asked_again() -> None:
    version, ada = made.issued(), person("Ada Asks")
    actions.drop_revocation(proposal=asked(version, ada), person=ada, by=BY, at=LATER)
    assert not examine_code(version.code, at=LATER).under_review
    asked(version, ada)


@pytest.mark.parametrize("reason", ["mood", "corrected", "renewed", "published", ""])
def test_a_reason_is_one_that_the_form_allows(reason: str) -> None:
    with pytest.raises(UnknownReason):
        asked(made.issued(), person("Ada Asks"), reason)


def test_by_page_the_second_person_decides(client: Client) -> None:
    version = made.issued("Ana Li")
    first, second = browser(who=person("Ada Asks")), browser(who=person("Bo Both"))
    page = f"/console/certificates/{version.credential.key}/"
    assert "A second person must confirm it" in words_of(first.get(f"{page}revocation/").content)
    said = first.post(f"{page}revocation/", {"reason": "error", "wording": "Wrong person."}, follow=True)
    assert "Ada Asks asked to revoke this certificate" in words_of(said.content)
    assert "This certificate is valid, and under review" in client.get(f"/verify/{version.code}").content.decode()
    again = first.post(f"{page}revocation/", {"decision": "revoke"}, follow=True)
    assert "A second person confirms it" in words_of(again.content)
    assert queries.under_review(version) is not None
    assert "Ada Asks asked to revoke it: Wrong person." in words_of(second.get(f"{page}revocation/").content)
    assert second.post(f"{page}revocation/", {}).status_code == 422
    second.post(f"{page}revocation/", {"decision": "revoke"})
    assert "Wrong person." in client.get(f"/verify/{version.code}").content.decode()


def test_by_command_with_two_addresses(capsys: pytest.CaptureFixture[str]) -> None:
    version = made.issued("Ana Li")
    for name in ("Ada Asks", "Bo Both"):
        browser(Role.OFFICER, who=person(name))
    ada, bo = (Person.objects.get(name=name).emails.get().address for name in ("Ada Asks", "Bo Both"))
    code = version.printed_code
    with pytest.raises(CommandError, match="Say who acts"):
        call_command("revoke", code, "--reason", "error")
    with pytest.raises(CommandError, match="Nobody asked to revoke"):
        call_command("revoke", code, "--confirm", "--as", bo)
    call_command("revoke", code, "--reason", "error", "--as", ada)
    assert "is under review" in capsys.readouterr().out
    with pytest.raises(CommandError, match="A second person confirms it"):
        call_command("revoke", code, "--confirm", "--as", ada)
    call_command("revoke", code, "--confirm", "--as", bo)
    assert "is revoked: It was issued in error." in capsys.readouterr().out
