"""What the W3C's test suites ask of an issuer and a verifier, statement by statement, of what the site serves.

The statements are those of w3c/vc-di-eddsa-test-suite (with w3c-ccg/data-integrity-test-suite-assertion),
w3c/vc-bitstring-status-list-test-suite and w3c/vc-data-model-2.0-test-suite; the link says which standard makes it.
Their runners are not used: they are on no package registry, and want a VC-API that issues whatever it is handed, which
an issuer of decisions does not have. What they ask of features
that are optional and not used here (proof.id, domain, statusMessage and the like) holds of documents without them.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import rfc8785
from django.core.cache import caches
from django.test import Client

from cecto.credentials import proofs, status_list, verifying
from cecto.credentials.canonical import canonicalize
from cecto.credentials.multikey import multibase_decode, multibase_encode
from cecto.credentials.verifying import State
from tests.credentials import made
from tests.credentials.renewing.made import awarded
from tests.credentials.sample import CHECKED, LIST_URL, Registry, badge

EDDSA = "https://www.w3.org/TR/vc-di-eddsa/"
INTEGRITY = "https://www.w3.org/TR/vc-data-integrity/"
BITSTRING = "https://www.w3.org/TR/vc-bitstring-status-list/"
MODEL = "https://www.w3.org/TR/vc-data-model-2.0/"
# XML Schema 1.1 dateTimeStamp: a time zone is required.
DATE_TIME_STAMP = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
URL = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
JSON = dict[str, Any]


@pytest.fixture
def served(client: Client, db: None) -> JSON:
    """What the site serves of one certificate that ends: the credential, did.json and the status list."""
    caches["pace"].clear()
    version = awarded()
    addresses = {
        "credential": f"/credentials/{version.credential.key}",
        "did": "/.well-known/did.json",
        "list": "/credentials/status/1",
    }
    return {
        name: json.loads(client.get(at, headers={"Accept": "application/vc"}).content) for name, at in addresses.items()
    }


def method(served: JSON) -> JSON:
    """The verification method that the credential's proof names."""
    named = served["credential"]["proof"]["verificationMethod"]
    (found,) = [one for one in served["did"]["verificationMethod"] if one["id"] == named]
    return dict(found)


def subject(served: JSON) -> JSON:
    """The status list itself."""
    return dict(served["list"]["credentialSubject"])


def index(served: JSON) -> str:
    return str(served["credential"]["credentialStatus"]["statusListIndex"])


def bits(served: JSON) -> bytes:
    """The bitstring, unpacked here and not by our own code."""
    encoded = subject(served)["encodedList"]
    assert re.fullmatch(r"u[A-Za-z0-9_-]+", encoded)
    return gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))


ISSUED: dict[str, tuple[str, Callable[[JSON], bool]]] = {
    'The "type" property MUST be "DataIntegrityProof".': (
        EDDSA,
        lambda served: served["credential"]["proof"]["type"] == "DataIntegrityProof",
    ),
    'The "cryptosuite" property of the proof MUST be "eddsa-rdfc-2022" or "eddsa-jcs-2022".': (
        EDDSA,
        lambda served: served["credential"]["proof"]["cryptosuite"] == "eddsa-rdfc-2022",
    ),
    'The "proofValue" MUST be a detached EdDSA signature in base-58-btc: 64 bytes for a 32 byte key.': (
        EDDSA,
        lambda served: (
            served["credential"]["proof"]["proofValue"][0] == "z"
            and len(multibase_decode(served["credential"]["proof"]["proofValue"])) == 64
        ),
    ),
    'Dereferencing the "verificationMethod" MUST result in an object with the type "Multikey".': (
        EDDSA,
        lambda served: method(served)["type"] == "Multikey" and method(served)["controller"] == served["did"]["id"],
    ),
    'The "publicKeyMultibase" value MUST be 34 bytes in length and start with the base-58-btc prefix (z).': (
        EDDSA,
        lambda served: (
            method(served)["publicKeyMultibase"][0] == "z"
            and multibase_decode(method(served)["publicKeyMultibase"])[:2] == b"\xed\x01"
            and len(multibase_decode(method(served)["publicKeyMultibase"])) == 34
        ),
    ),
    'The "proof.proofPurpose" field MUST match the verification relationship expressed by the controller.': (
        EDDSA,
        lambda served: method(served)["id"] in served["did"][served["credential"]["proof"]["proofPurpose"]],
    ),
    "No secret key is ever published.": (
        EDDSA,
        lambda served: "secret" not in json.dumps(served["did"]).lower() and "d" not in method(served),
    ),
    "A proof's value MUST be either a single object, or an unordered set of objects.": (
        INTEGRITY,
        lambda served: isinstance(served["credential"]["proof"], dict),
    ),
    "The associated document MUST include a context that defines the proof's terms.": (
        INTEGRITY,
        lambda served: served["credential"]["@context"][0] == "https://www.w3.org/ns/credentials/v2",
    ),
    'If "proof.created" exists, it MUST be a valid XML Schema 1.1 dateTimeStamp value.': (
        INTEGRITY,
        lambda served: bool(DATE_TIME_STAMP.fullmatch(served["credential"]["proof"]["created"])),
    ),
    "A verification method MUST be a string that maps to a URL.": (
        INTEGRITY,
        lambda served: bool(URL.fullmatch(served["credential"]["proof"]["verificationMethod"])),
    ),
    "The status entry's id MUST NOT be the URL for the status list.": (
        BITSTRING,
        lambda served: (
            bool(URL.fullmatch(served["credential"]["credentialStatus"]["id"]))
            and served["credential"]["credentialStatus"]["id"] != served["list"]["id"]
        ),
    ),
    "The type property of the entry MUST be BitstringStatusListEntry.": (
        BITSTRING,
        lambda served: served["credential"]["credentialStatus"]["type"] == "BitstringStatusListEntry",
    ),
    "The purpose of the status entry MUST be a string.": (
        BITSTRING,
        lambda served: served["credential"]["credentialStatus"]["statusPurpose"] == "revocation",
    ),
    "statusListIndex MUST be an integer greater than or equal to 0, expressed as a string in base 10.": (
        BITSTRING,
        lambda served: str(int(index(served))) == index(served) and 0 <= int(index(served)) < 131_072,
    ),
    "statusListCredential MUST be a URL to a verifiable credential of type BitstringStatusListCredential.": (
        BITSTRING,
        lambda served: (
            served["credential"]["credentialStatus"]["statusListCredential"] == served["list"]["id"]
            and "BitstringStatusListCredential" in served["list"]["type"]
        ),
    ),
    "statusSize, statusMessage and statusReference are absent, so the entry has one bit.": (
        BITSTRING,
        lambda served: (
            not {"statusSize", "statusMessage", "statusReference"} & set(served["credential"]["credentialStatus"])
        ),
    ),
    "The type of the credential subject, which is the status list, MUST be BitstringStatusList.": (
        BITSTRING,
        lambda served: subject(served)["type"] == "BitstringStatusList",
    ),
    "The value of the purpose property of the list, statusPurpose, MUST be one or more strings.": (
        BITSTRING,
        lambda served: subject(served)["statusPurpose"] == "revocation",
    ),
    "encodedList MUST be Multibase base64url without padding of the GZIP-compressed bitstring.": (
        BITSTRING,
        lambda served: set(bits(served)) == {0},
    ),
    "The uncompressed bitstring MUST be at least 16KB in size.": (
        BITSTRING,
        lambda served: len(bits(served)) >= 16 * 1024,
    ),
    "The value of the @context property MUST be an ordered set whose first item is the URL of the v2 context.": (
        MODEL,
        lambda served: all(
            served[name]["@context"][0] == "https://www.w3.org/ns/credentials/v2" for name in ("credential", "list")
        ),
    ),
    "If present, id MUST be a single URL.": (
        MODEL,
        lambda served: all(bool(URL.fullmatch(served[name]["id"])) for name in ("credential", "list")),
    ),
    "Verifiable credentials MUST contain a type property that includes VerifiableCredential.": (
        MODEL,
        lambda served: all("VerifiableCredential" in served[name]["type"] for name in ("credential", "list")),
    ),
    "The value of the issuer property MUST be a URL, or an object with an id that is one.": (
        MODEL,
        lambda served: served["credential"]["issuer"]["id"] == served["did"]["id"] == served["list"]["issuer"],
    ),
    "A verifiable credential MUST contain a credentialSubject property with claims about each subject.": (
        MODEL,
        lambda served: bool(served["credential"]["credentialSubject"]["achievement"]) and bool(subject(served)),
    ),
    "validFrom and validUntil MUST be dateTimeStamp values, the first the same or earlier.": (
        MODEL,
        lambda served: (
            all(DATE_TIME_STAMP.fullmatch(served["credential"][term]) for term in ("validFrom", "validUntil"))
            and served["credential"]["validFrom"] <= served["credential"]["validUntil"]
        ),
    ),
    "The type of a credentialStatus MUST be stated.": (
        MODEL,
        lambda served: isinstance(served["credential"]["credentialStatus"]["type"], str),
    ),
}


@pytest.mark.parametrize(("standard", "holds"), ISSUED.values(), ids=ISSUED)
def test_of_the_issuer(served: JSON, standard: str, holds: Callable[[JSON], bool]) -> None:
    assert holds(served), standard


def test_a_proof_must_verify_when_using_a_conformant_verifier(served: JSON) -> None:
    outcome = verifying.verify(
        served["credential"], did_document=served["did"], find_list=lambda _: served["list"], at=made.LATER
    )
    assert outcome.state is State.VALID


def signed_with(**options: Any) -> JSON:
    """A badge under a proof whose options are changed before they are signed, so that only the rule can refuse it."""
    registry, document = Registry(), badge()
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2016-06-15T20:00:00Z",
        "verificationMethod": registry.method,
        "proofPurpose": "assertionMethod",
    } | options
    hashed = proofs.hash_to_sign(document, {name: value for name, value in proof.items() if value is not None})
    proof["proofValue"] = multibase_encode(registry.signer.sign(hashed))
    return {**document, "proof": {name: value for name, value in proof.items() if value is not None}}


def changed(**parts: Any) -> JSON:
    """A signed badge with parts of its proof changed or, with None for the name, taken out."""
    document = Registry().sign(badge())
    return {**document, "proof": {name: value for name, value in (document["proof"] | parts).items() if value != "OUT"}}


def lengthened() -> JSON:
    value = multibase_decode(Registry().sign(badge())["proof"]["proofValue"])
    return changed(proofValue=multibase_encode(value + bytes(32)))


REFUSED: dict[str, JSON] = {
    'If the "proof" field is missing, an error MUST be raised.': badge(),
    'If the "proof" field is invalid, an error MUST be raised.': {**badge(), "proof": None},
    'If the "proof.type" field is missing, an error MUST be raised.': changed(type="OUT"),
    'If the "proof.type" field is not the string "DataIntegrityProof", an error MUST be raised.': changed(
        type="UnknownProof"
    ),
    'If the "proof.verificationMethod" field is missing, an error MUST be raised.': signed_with(
        verificationMethod=None
    ),
    'If the "proof.verificationMethod" field is invalid, an error MUST be raised.': signed_with(
        verificationMethod="did:key:invalid"
    ),
    'If the "proof.proofPurpose" field is missing, an error MUST be raised.': signed_with(proofPurpose=None),
    'If the "proof.proofPurpose" field is invalid, an error MUST be raised.': signed_with(
        proofPurpose="https://example.org/invalid-purpose"
    ),
    'If "proof.proofPurpose" does not match the expected purpose, an error MUST be raised.': signed_with(
        proofPurpose="authentication"
    ),
    'If the "proof.proofValue" field is missing, an error MUST be raised.': changed(proofValue="OUT"),
    'If the "proof.proofValue" field is invalid, an error MUST be raised.': changed(proofValue=None),
    'If the "proof.proofValue" field is not multibase-encoded, an error MUST be raised.': changed(
        proofValue=Registry().sign(badge())["proof"]["proofValue"][1:]
    ),
    'If "proofValue" is not 64 bytes in length for a key of 32 bytes, an error MUST be raised.': lengthened(),
    'If the "cryptosuite" field is not the string "eddsa-rdfc-2022", an error MUST be raised.': signed_with(
        cryptosuite="eddsa-2022"
    ),
    'If the "cryptosuite" field is missing, an error MUST be raised.': signed_with(cryptosuite=None),
    '"proof.created" MUST be a dateTimeStamp; otherwise an error MUST be raised.': signed_with(created="yesterday"),
    '"proof.created" without a time zone is no dateTimeStamp.': signed_with(created="2016-06-15T20:00:00"),
    '"validFrom" MUST be a dateTimeStamp.': Registry().sign_unasked(badge() | {"validFrom": "2016-06-15T20:00:00"}),
    '"validUntil" MUST be a dateTimeStamp.': Registry().sign_unasked(badge() | {"validUntil": "next year"}),
    '"validUntil" MUST NOT be before "validFrom".': Registry().sign_unasked(
        badge() | {"validUntil": "2016-06-01T00:00:00Z"}
    ),
    "If the index is outside of the range of the bitstring, a RANGE_ERROR MUST be raised.": Registry().sign(
        badge() | {"credentialStatus": status_list.entry(LIST_URL, status_list.ENTRIES)}
    ),
    "A status entry whose values are malformed MUST raise an error.": Registry().sign(
        badge() | {"credentialStatus": {**status_list.entry(LIST_URL, 1), "statusListIndex": "0x1"}}
    ),
}


@pytest.mark.parametrize("document", REFUSED.values(), ids=REFUSED)
def test_of_the_verifier(document: JSON) -> None:
    registry = Registry()
    outcome = verifying.verify(document, did_document=registry.did_document, find_list=registry.status_list, at=CHECKED)
    assert not outcome.valid


def test_what_the_refused_are_made_of_is_valid_when_nothing_is_changed() -> None:
    registry = Registry()
    for document in (signed_with(), changed(), Registry().sign(badge())):
        found = verifying.verify(
            document, did_document=registry.did_document, find_list=registry.status_list, at=CHECKED
        )
        assert found.state is State.VALID


@pytest.mark.parametrize("algorithm", ["jcs", "sha512"])
def test_another_canonical_form_or_hash_must_be_refused(algorithm: str) -> None:
    """A signature over another canonical form (RFC 8785) or another hash (SHA-512) than the suite's is not one."""
    registry, document = Registry(), badge()
    options = {name: value for name, value in changed()["proof"].items() if name != "proofValue"}
    parts = ({**options, "@context": document["@context"]}, document)
    if algorithm == "jcs":
        hashed = b"".join(hashlib.sha256(rfc8785.dumps(part)).digest() for part in parts)
    else:
        hashed = b"".join(hashlib.sha512(canonicalize(part).encode()).digest() for part in parts)
    signed = {**document, "proof": {**options, "proofValue": multibase_encode(registry.signer.sign(hashed))}}
    outcome = verifying.verify(signed, did_document=registry.did_document, find_list=registry.status_list, at=CHECKED)
    assert outcome.state is State.ALTERED


def test_an_issuer_refuses_a_naive_time() -> None:
    """If proofConfig.created is not a valid dateTimeStamp, an error MUST be raised (PROOF_GENERATION_ERROR)."""
    registry = Registry()
    with pytest.raises(ValueError, match="aware"):
        proofs.sign(badge(), signer=registry.signer, method=registry.method, created=datetime(2016, 6, 15))  # noqa: DTZ001
    assert proofs.timestamp(datetime(2016, 6, 15, tzinfo=UTC)) == "2016-06-15T00:00:00Z"
