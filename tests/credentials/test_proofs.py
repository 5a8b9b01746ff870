"""eddsa-rdfc-2022, byte for byte against the W3C's vectors, and what is refused."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cecto.credentials import canonical, contexts, did, proofs
from cecto.credentials.keys import LocalSigner
from cecto.credentials.multikey import multibase_decode
from tests.credentials.sample import Registry, badge

VECTOR = json.loads((Path(__file__).parent / "vectors" / "vc-di-eddsa.json").read_text())
CREATED = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)


@pytest.mark.parametrize("expected", VECTOR["signed"], ids=["https", "did:key"])
def test_the_w3c_vectors_byte_for_byte(expected: dict[str, str]) -> None:
    signer = LocalSigner(multibase_decode(VECTOR["privateKeyMultibase"])[2:])
    signed = proofs.sign(VECTOR["document"], signer=signer, method=expected["verificationMethod"], created=CREATED)
    options = {name: value for name, value in signed["proof"].items() if name != "proofValue"}
    hashed = proofs.hash_to_sign(VECTOR["document"], options)
    assert hashed.hex() == expected["optionsHash"] + VECTOR["documentHash"]
    assert signed["proof"] == {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": VECTOR["created"],
        "verificationMethod": expected["verificationMethod"],
        "proofPurpose": "assertionMethod",
        "proofValue": expected["proofValue"],
    }
    assert proofs.check(signed, lambda _: signer.public_key) == expected["verificationMethod"]


def checked(document: dict[str, Any], registry: Registry | None = None) -> str:
    trusted = (registry or Registry()).did_document
    return proofs.check(document, lambda method: did.find_key(trusted, method))


def test_a_signed_badge_holds() -> None:
    registry = Registry()
    assert checked(registry.sign(badge())) == registry.method


def test_the_layout_of_the_json_does_not_matter() -> None:
    signed = Registry().sign(badge())
    assert checked(json.loads(json.dumps(signed, indent=4, sort_keys=True))) == Registry().method


SUBJECT = ("credentialSubject",)
CHANGES: dict[str, tuple[tuple[str | int, ...], Any]] = {
    "name": ((*SUBJECT, "identifier", 0, "identityHash"), "Somebody Else"),
    "hours": ((*SUBJECT, "result", 0, "value"), "400"),
    "status index": (("credentialStatus", "statusListIndex"), "1"),
    "status list": (("credentialStatus", "statusListCredential"), "https://evil.example/list"),
    "valid from": (("validFrom",), "2001-01-01T00:00:00Z"),
    "issuer": (("issuer", "id"), "did:web:evil.example"),
    "proof date": (("proof", "created"), "2001-01-01T00:00:00Z"),
    "added end": (("validUntil",), "2099-01-01T00:00:00Z"),
    "achievement": ((*SUBJECT, "achievement", "name"), "King of North Carolina"),
}


@pytest.mark.parametrize(("path", "value"), CHANGES.values(), ids=CHANGES)
def test_any_change_breaks_the_signature(path: tuple[str | int, ...], value: Any) -> None:
    signed = deepcopy(Registry().sign(badge()))
    place: Any = signed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(proofs.ProofInvalid, match="changed after signing"):
        checked(signed)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"proofPurpose": "authentication"}, "assert"),
        ({"cryptosuite": "eddsa-jcs-2022"}, "eddsa-rdfc-2022"),
        ({"type": "Ed25519Signature2020"}, "eddsa-rdfc-2022"),
        ({"proofValue": "u123"}, "cannot be read"),
        ({"proofValue": "z2NEpo7TZRRrLZSi2U"}, "not an Ed25519 signature"),
        ({"domain": "example.org"}, "other parts"),
        ({"created": 5}, "other parts"),
        ({"verificationMethod": "did:web:cecto.example.org#z6MkOther"}, "does not list"),
    ],
)
def test_other_proofs_are_refused(changes: dict[str, Any], said: str) -> None:
    signed = Registry().sign(badge())
    with pytest.raises(proofs.ProofInvalid, match=said):
        checked({**signed, "proof": {**signed["proof"], **changes}})


@pytest.mark.parametrize("proof", [None, [], "x"])
def test_a_credential_without_one_proof_is_refused(proof: object) -> None:
    with pytest.raises(proofs.ProofInvalid, match="exactly one"):
        checked({**badge(), "proof": proof})


def test_another_key_does_not_sign_for_the_issuer() -> None:
    theirs = Registry(seed=b"\x08" * 32).sign(badge())
    with pytest.raises(proofs.ProofInvalid, match="does not list"):
        checked(theirs)
    posing = {**theirs, "proof": {**theirs["proof"], "verificationMethod": Registry().method}}
    with pytest.raises(proofs.ProofInvalid, match="changed after signing"):
        checked(posing)


def test_an_undefined_term_is_not_signed_over() -> None:
    with pytest.raises(canonical.Unsafe, match="no context defines"):
        Registry().sign({**badge(), "shoeSize": "44"})


def test_an_undefined_term_added_later_is_not_overlooked() -> None:
    signed = Registry().sign(badge())
    with pytest.raises(canonical.Unsafe, match="no context defines"):
        checked({**signed, "shoeSize": "44"})


def test_an_injected_context_is_not_fetched() -> None:
    signed = Registry().sign(badge())
    with pytest.raises(contexts.UnknownContext, match=r"evil\.example"):
        checked({**signed, "@context": [*signed["@context"], "https://evil.example/context"]})


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Registry().sign(badge(), created=datetime(2016, 6, 14, 16, 0))  # noqa: DTZ001 - the point of the test


def test_a_signed_document_is_not_signed_again() -> None:
    with pytest.raises(ValueError, match="already"):
        Registry().sign(Registry().sign(badge()))
