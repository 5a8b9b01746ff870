"""Issue, correct, revoke, reinstate; what the page and the status list say of each."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from cecto.credentials import actions, queries, uploads, verifying
from cecto.credentials.examining import examine_code, examine_file
from cecto.credentials.models import Credential, CredentialVersion, Issuer, PublishedList, SigningKey
from cecto.credentials.reasons import UnknownReason
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key
from cecto.credentials.verifying import State
from cecto.foundation.journal.models import JournalEntry
from tests.credentials import made
from tests.credentials.made import AT, BY, LATER, PASSPHRASE

pytestmark = pytest.mark.django_db


def seen_by_all(version: CredentialVersion, at: datetime = LATER) -> set[State]:
    """The state by code, by file, and by the file's own content with did.json and the list."""
    document = json.loads(version.document)
    outcome = verifying.verify(document, did_document=queries.did_document(), find_list=queries.find_list, at=at)
    return {
        examine_code(version.code, at=at).state,
        examine_file(version.document.encode(), what="x", at=at).state,
        outcome.state,
    }


def journaled(action: str) -> list[dict[str, Any]]:
    return list(JournalEntry.objects.filter(action=action).values_list("detail", flat=True))


def test_an_issued_credential_is_valid_everywhere() -> None:
    version = made.issued()
    assert seen_by_all(version) == {State.VALID}
    assert (version.number, version.holder_name, version.template) == (1, "Zoë Núñez-O’Brien", "certificate-2")
    assert version.sha256 == uploads.fingerprint(json.loads(version.document))
    assert journaled("credentials.issue") == [{"code": version.code, "sha256": version.sha256}]


def test_it_says_what_the_decision_says() -> None:
    document = json.loads(made.issued().document)
    subject = document["credentialSubject"]
    assert document["id"] == f"{made.ADDRESS}/credentials/{Credential.objects.get().key}"
    assert document["validFrom"] == document["awardedDate"] == "2016-06-15T04:00:00Z"
    assert "validUntil" not in document
    assert [result["value"] for result in subject["result"]] == ["242.25", "24.22"]
    assert subject["achievement"]["resultDescription"][0]["requiredValue"] == "240"
    assert subject["term"] == "cecto Class of 2016"
    assert (subject["activityStartDate"], subject["activityEndDate"]) == (
        "2015-08-11T00:00:00Z",
        "2016-06-15T00:00:00Z",
    )


def test_the_certificate_is_frozen_with_it() -> None:
    version = made.issued()
    told = CredentialVersion.objects.get().certificate
    assert told["signatures"] == [
        {"name": "Eleanor Vance", "office": "Program director"},
        {"name": "Thomas Okonkwo", "office": "DPI liaison"},
    ]
    assert told["dated"] == "June 15, 2016"
    assert told["details"] == "cecto Class of 2016 · 242.25 contact hours · 24.22 CEU"
    pdf = queries.certificate_pdf(version)
    person = version.credential.decision.enrollment.person
    person.name = "Somebody Else"
    person.save(update_fields=["name"])
    assert queries.certificate_pdf(CredentialVersion.objects.get()) == pdf
    assert uploads.read_document(pdf) == json.loads(version.document)


def test_only_a_decision_in_effect_is_issued() -> None:
    key = made.key()
    with pytest.raises(actions.CredentialRefused, match="not in effect"):
        actions.issue(decision=made.decision(in_effect=False), key=key, by=BY, at=AT)
    assert CredentialVersion.objects.count() == 0


def test_a_decision_is_issued_once() -> None:
    version = made.issued()
    with pytest.raises(actions.CredentialRefused, match="already"):
        actions.issue(decision=version.credential.decision, key=open_issuer_key(PASSPHRASE), by=BY, at=AT)
    assert list(queries.to_issue(version.credential.decision.enrollment.cohort)) == []


def test_a_name_that_cannot_be_printed_is_not_signed() -> None:
    key = made.key()
    with pytest.raises(actions.CredentialRefused, match=r"U\+1F600"):
        actions.issue(decision=made.decision("Ana \U0001f600"), key=key, by=BY, at=AT)
    assert Credential.objects.count() == 0


def test_revoking_flips_page_and_list_together() -> None:
    version = made.issued()
    other = made.issued("Ana Li", by_key=open_issuer_key(PASSPHRASE))
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    again = CredentialVersion.objects.get(pk=version.pk)
    assert seen_by_all(again) == {State.REVOKED}
    assert seen_by_all(other) == {State.VALID}
    found = examine_code(version.code, at=LATER)
    assert found.sentence == (
        "N.C. CeCTO program revoked it on September 1, 2016: It was issued in error. Do not accept it."
    )
    assert found.latest is None
    assert journaled("credentials.revoke") == [{"code": version.code, "reason": "error", "superseded": False}]


def test_the_public_reads_the_wording_and_the_journal_does_not() -> None:
    version = made.issued()
    revocation = made.revoke(
        version=version, reason="conduct", wording="Words for all.", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER
    )
    assert revocation.wording == "Words for all."
    assert "Words" not in str(journaled("credentials.revoke"))


def test_a_version_is_revoked_once_and_for_a_known_reason() -> None:
    version, key = made.issued(), open_issuer_key(PASSPHRASE)
    with pytest.raises(UnknownReason, match="Use one of: error"):
        made.revoke(version=version, reason="mood", key=key, by=BY, at=LATER)
    made.revoke(version=version, reason="error", key=key, by=BY, at=LATER)
    with pytest.raises(actions.CredentialRefused, match="already"):
        made.revoke(version=version, reason="error", key=key, by=BY, at=LATER)


def test_a_corrected_name_is_a_new_version_of_the_same_award() -> None:
    first = made.issued("Zoe Nunez")
    person = first.credential.decision.enrollment.person
    person.name = "Zoë Núñez"
    person.save(update_fields=["name"])
    credential = Credential.objects.get()
    second = actions.correct(credential=credential, key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    assert (second.number, second.holder_name) == (2, "Zoë Núñez")
    before, after = json.loads(first.document), json.loads(second.document)
    assert before["id"] == after["id"]
    assert before["awardedDate"] == after["awardedDate"]
    assert before["validFrom"] < after["validFrom"]
    assert first.code != second.code
    assert first.status_index != second.status_index
    assert seen_by_all(second) == {State.VALID}
    found = examine_code(first.code, at=LATER)
    assert (found.state, found.latest) == (State.SUPERSEDED, None)
    assert found.sentence == "It was replaced on September 1, 2016: It was corrected."
    assert examine_file(first.document.replace("242.25", "1").encode(), what="x", at=LATER).latest is None
    assert [version.number for version in queries.life_of(credential)] == [1, 2]


def test_a_correction_that_changes_nothing_is_refused() -> None:
    version, key = made.issued(), open_issuer_key(PASSPHRASE)
    with pytest.raises(actions.CredentialRefused, match="would say the same"):
        actions.correct(credential=version.credential, key=key, by=BY, at=LATER)
    with pytest.raises(actions.CredentialRefused, match="signed with the key in use"):
        actions.sign_again(credential=version.credential, key=key, by=BY, at=LATER)
    assert queries.life_of(version.credential).count() == 1
    second = made.corrected(version)
    with pytest.raises(actions.CredentialRefused, match="would say the same"):
        actions.correct(credential=second.credential, key=key, by=BY, at=LATER)


def test_reinstating_is_a_new_version() -> None:
    first, key = made.issued(), open_issuer_key(PASSPHRASE)
    with pytest.raises(actions.CredentialRefused, match="nothing to reinstate"):
        actions.reinstate(credential=first.credential, key=key, by=BY, at=LATER)
    made.revoke(version=first, reason="error", key=key, by=BY, at=LATER)
    with pytest.raises(actions.CredentialRefused, match="reinstate it"):
        actions.correct(credential=first.credential, key=key, by=BY, at=LATER)
    second = actions.reinstate(credential=first.credential, key=key, by=BY, at=LATER)
    assert seen_by_all(second) == {State.VALID}
    assert seen_by_all(CredentialVersion.objects.get(pk=first.pk)) == {State.REVOKED}
    assert examine_code(first.code, at=LATER).latest == second


def test_after_a_rotation_old_and_new_hold() -> None:
    old = made.issued()
    actions.create_key(passphrase=PASSPHRASE, by=BY, at=LATER)
    new = made.issued("Ana Li", by_key=open_issuer_key(PASSPHRASE))
    assert old.signing_key != new.signing_key
    assert seen_by_all(old) == seen_by_all(new) == {State.VALID}
    assert [bool(row.retired_at) for row in SigningKey.objects.all()] == [True, False]


def test_what_a_compromised_key_signed_is_no_longer_vouched_for() -> None:
    version = made.issued()
    actions.create_key(passphrase=PASSPHRASE, by=BY, at=LATER)
    actions.publish_list(key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    actions.mark_compromised(key=version.signing_key, by=BY, at=LATER)
    outcome = verifying.verify(
        json.loads(version.document),
        did_document=queries.did_document(),
        find_list=queries.find_list,
        at=LATER,
    )
    assert outcome.state is State.KEY_NOT_TRUSTED
    replaced = actions.sign_again(credential=version.credential, key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    assert seen_by_all(replaced) == {State.VALID}


def test_the_issuer_is_frozen() -> None:
    made.key()
    again = actions.establish_issuer(address="https://other.example", name="X", demo=False, by=BY, at=LATER)
    assert again.did == "did:web:cecto.example.org"
    assert Issuer.objects.count() == 1


@pytest.mark.parametrize("address", ["http://localhost:8000", "https://127.0.0.1", "https://[::1]", "http://a.example"])
def test_nobody_issues_from_where_nobody_can_look(address: str) -> None:
    with pytest.raises(actions.IssuerRefused, match="CECTO_URL"):
        actions.establish_issuer(address=address, name="X", demo=False, by=BY, at=AT)
    demo = actions.establish_issuer(address=address, name="X", demo=True, by=BY, at=AT)
    assert demo.did.startswith("did:web:")


def test_without_issuer_or_key_nothing_is_signed() -> None:
    with pytest.raises(NotReadyToIssue, match="cecto init"):
        open_issuer_key(PASSPHRASE)
    actions.establish_issuer(address="https://a.example", name="A", demo=False, by=BY, at=AT)
    with pytest.raises(NotReadyToIssue, match="cecto key rotate"):
        open_issuer_key(PASSPHRASE)


def test_the_first_list_is_empty_and_signed() -> None:
    key = made.key()
    actions.publish_list(key=key, by=BY, at=AT)
    listed = PublishedList.objects.get()
    assert listed.revoked == 0
    assert queries.find_list(f"{made.ADDRESS}/credentials/status/1") == json.loads(listed.document)
    assert queries.find_list("https://other.example") is None


def test_a_file_that_was_changed_is_told_from_one_we_never_issued() -> None:
    version = made.issued()
    changed = version.document.replace("242.25", "400")
    altered = examine_file(changed.encode(), what="x", at=LATER)
    assert (altered.state, altered.version, altered.latest) == (State.ALTERED, None, version)
    never = version.document.replace(version.credential.key, "never")
    assert examine_file(never.encode(), what="x", at=LATER).state is State.UNKNOWN


def test_before_its_day_it_is_not_valid_yet() -> None:
    version = made.issued()
    assert seen_by_all(version, datetime(2016, 6, 15, 3, tzinfo=UTC)) == {State.NOT_YET_VALID}


def test_what_would_not_read_the_same_everywhere_is_not_signed() -> None:
    key, decision = made.key(), made.decision()
    cohort = decision.enrollment.cohort
    cohort.name = "Class\x9fof 2016"
    cohort.save(update_fields=["name"])
    program = decision.definition.program
    program.name = "Two\ttabs"
    program.save(update_fields=["name"])
    with pytest.raises(actions.CredentialRefused):
        actions.issue(decision=type(decision).objects.get(pk=decision.pk), key=key, by=BY, at=AT)
    assert Credential.objects.count() == 0


def test_the_dates_of_a_version_are_those_it_was_signed_with() -> None:
    first = made.issued()
    second = made.corrected(first, at=LATER.replace(microsecond=5))
    for version in (first, second):
        signed = json.loads(version.document)
        assert version.valid_from == datetime.fromisoformat(signed["validFrom"])
        assert version.valid_until is None
        assert "validUntil" not in signed
