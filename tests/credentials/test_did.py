"""The issuer's did:web and what its document vouches for."""

from __future__ import annotations

from typing import Any

import pytest

from cecto.credentials import did
from cecto.credentials.keys import LocalSigner
from cecto.credentials.multikey import encode_public

DID = "did:web:cecto.example.org"
OLD, NEW = (encode_public(LocalSigner(seed * 32).public_key) for seed in (b"\x01", b"\x02"))


@pytest.mark.parametrize(
    ("address", "name", "document"),
    [
        ("https://cecto.example.org/", DID, "https://cecto.example.org/.well-known/did.json"),
        ("http://localhost:8000", "did:web:localhost%3A8000", "https://localhost:8000/.well-known/did.json"),
        ("https://Sog.Example/cecto/x", "did:web:sog.example:cecto:x", "https://sog.example/cecto/x/did.json"),
    ],
)
def test_the_issuer_is_named_by_its_address(address: str, name: str, document: str) -> None:
    assert did.from_address(address) == name
    assert did.document_url(name) == document


@pytest.mark.parametrize("address", ["", "cecto.example.org", "ftp://x.example", "https://"])
def test_other_texts_name_no_issuer(address: str) -> None:
    with pytest.raises(did.NotAnIssuer):
        did.from_address(address)


def test_other_did_methods_are_refused() -> None:
    with pytest.raises(did.NotAnIssuer):
        did.document_url("did:key:z6Mk")


def test_retired_keys_stay_and_compromised_ones_no_longer_assert() -> None:
    document = did.document(DID, [OLD, NEW], compromised=[OLD])
    assert [method["publicKeyMultibase"] for method in document["verificationMethod"]] == [OLD, NEW]
    assert document["assertionMethod"] == [f"{DID}#{NEW}"]
    assert did.find_key(document, f"{DID}#{OLD}") is None
    assert did.find_key(document, f"{DID}#{NEW}") == LocalSigner(b"\x02" * 32).public_key


@pytest.mark.parametrize(
    "change",
    [
        {"controller": "did:web:evil.example"},
        {"type": "JsonWebKey"},
        {"revoked": "2016-01-01"},
        {"publicKeyMultibase": "z1"},
    ],
)
def test_a_method_of_another_kind_is_not_used(change: dict[str, Any]) -> None:
    document = did.document(DID, [NEW])
    document["verificationMethod"][0] |= change
    assert did.find_key(document, f"{DID}#{NEW}") is None
