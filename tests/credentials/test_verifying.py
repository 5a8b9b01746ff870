"""Every state a credential can be in, and who may vouch for it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cecto.credentials import did, status_list, verifying
from cecto.credentials.verifying import State
from tests.credentials.sample import AWARDED, CHECKED, DID, LIST_URL, Registry, badge

INDEX = 77_123


def state(document: dict[str, Any], registry: Registry | None = None, at: datetime = CHECKED) -> State:
    issuer = registry or Registry()
    outcome = verifying.verify(document, did_document=issuer.did_document, find_list=issuer.status_list, at=at)
    assert outcome.valid == (outcome.state is State.VALID)
    assert [check.passed for check in outcome.checks[:-1]] == [True] * (len(outcome.checks) - 1)
    return outcome.state


def test_an_issued_credential_is_valid_and_says_why() -> None:
    registry = Registry()
    outcome = verifying.verify(
        registry.sign(badge()), did_document=registry.did_document, find_list=registry.status_list, at=CHECKED
    )
    assert outcome.state is State.VALID
    assert [check.name for check in outcome.checks] == ["issuer", "signature", "key", "dates", "status"]
    assert outcome.checks[3].sentence == "It does not expire."


def test_a_revoked_one_is_revoked_and_its_neighbours_are_not() -> None:
    signed = Registry().sign(badge())
    assert state(signed, Registry(revoked=[INDEX])) is State.REVOKED
    assert state(signed, Registry(revoked=[INDEX - 1, INDEX + 1])) is State.VALID


def test_an_altered_one_is_altered() -> None:
    assert state({**Registry().sign(badge()), "name": "Another award"}) is State.ALTERED
    assert state({**Registry().sign(badge()), "shoeSize": "44"}) is State.ALTERED
    assert state(badge()) is State.ALTERED


@pytest.mark.parametrize(
    "injected",
    ["https://www.w3.org/ns/credentials/examples/v2", "https://evil.example", {"name": "https://evil.example"}],
)
def test_an_injected_context_alters_it(injected: object) -> None:
    signed = Registry().sign(badge())
    assert state(signed | {"@context": [*signed["@context"], injected]}) is State.ALTERED


def test_dates_count() -> None:
    signed = Registry().sign(badge(valid_until=datetime(2019, 6, 14, tzinfo=UTC)))
    assert state(signed, at=datetime(2016, 6, 1, tzinfo=UTC)) is State.NOT_YET_VALID
    assert state(signed, at=AWARDED) is State.VALID
    assert state(signed, at=datetime(2019, 6, 13, 23, 59, tzinfo=UTC)) is State.VALID
    assert state(signed, at=datetime(2019, 6, 14, tzinfo=UTC)) is State.EXPIRED


def test_another_issuer_is_unknown_here() -> None:
    other = badge() | {"issuer": {"id": "did:web:evil.example", "type": ["Profile"]}}
    assert state(Registry().sign(other)) is State.UNKNOWN
    assert state({}) is State.UNKNOWN


def test_a_key_taken_out_of_the_did_document_no_longer_vouches() -> None:
    registry = Registry()
    signed = registry.sign(badge())
    key = registry.did_document["verificationMethod"][0]["publicKeyMultibase"]
    outcome = verifying.verify(
        signed,
        did_document=did.document(DID, [key], compromised=[key]),
        find_list=registry.status_list,
        at=CHECKED,
    )
    assert outcome.state is State.KEY_NOT_TRUSTED
    assert "no longer trusted" in outcome.checks[-1].sentence


def listed(**changes: Any) -> dict[str, Any]:
    built = status_list.build(LIST_URL, issuer=DID, revoked=[], valid_from=AWARDED)
    subject = built["credentialSubject"] | changes.pop("subject", {})
    return built | {"credentialSubject": subject} | changes


UNTRUSTED: dict[str, dict[str, Any] | None] = {
    "missing": None,
    "unsigned": listed(),
    "signed by another": Registry(seed=b"\x09" * 32).sign(listed()),
    "of another issuer": Registry().sign(listed(issuer="did:web:evil.example")),
    "another list": Registry().sign(listed(id=f"{LIST_URL}0")),
    "another purpose": Registry().sign(listed(subject={"statusPurpose": "suspension"})),
    "changed": Registry().sign(listed()) | {"name": "x"},
    "expired": Registry().sign(listed(validUntil="2016-07-01T00:00:00Z")),
    "not yet valid": Registry().sign(listed(validFrom="2026-07-01T00:00:00Z")),
    "no bits": Registry().sign(listed(subject={"encodedList": "uAAAA"})),
}


@pytest.mark.parametrize("found", UNTRUSTED.values(), ids=UNTRUSTED)
def test_without_a_status_list_to_trust_nothing_is_vouched_for(found: dict[str, Any] | None) -> None:
    registry = Registry()
    outcome = verifying.verify(
        registry.sign(badge()), did_document=registry.did_document, find_list=lambda _: found, at=CHECKED
    )
    assert outcome.state is State.UNKNOWN
    assert outcome.checks[-1].name == "status"


@pytest.mark.parametrize("index", ["-1", "x", "131072", ""])
def test_an_unreadable_index_vouches_for_nothing(index: str) -> None:
    document = badge()
    document["credentialStatus"]["statusListIndex"] = index
    assert state(Registry().sign(document)) is State.UNKNOWN


def test_a_credential_without_status_vouches_for_nothing() -> None:
    document = badge()
    del document["credentialStatus"]
    assert state(Registry().sign(document)) is State.UNKNOWN


@pytest.mark.parametrize("text", ["yesterday", "2016-06-14T16:00:00"])
def test_unreadable_dates_are_no_dates(text: str) -> None:
    assert state(Registry().sign_unasked(badge() | {"validUntil": text})) is State.ALTERED
