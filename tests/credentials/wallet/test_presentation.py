"""Does a wallet hold the key it names? Recorded presentations are by @digitalbazaar/vc and @digitalcredentials/vc."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.credentials.keys import LocalSigner
from cecto.credentials.wallet.presentation import PresentationRefused, wallet_of
from tests.credentials.wallet import made

RECORDED = json.loads((Path(__file__).parents[1] / "vectors" / "wallet-presentations.json").read_text())
HERE = "https://x.example"
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner))


@pytest.mark.parametrize("name", list(RECORDED["answers"]))
def test_what_wallets_send_is_taken(name: str) -> None:
    assert wallet_of(RECORDED["answers"][name], challenge="c1", domain=HERE) == RECORDED["did"]


def test_our_statements_are_those_of_the_standard() -> None:
    assert wallet_of(made.presentation("c1", HERE), challenge="c1", domain=HERE) == made.DID
    assert wallet_of(made.presentation("c1", None), challenge="c1", domain=HERE) == made.DID
    assert wallet_of(made.presentation("c1", None, created=None), challenge="c1", domain=HERE) == made.DID


@pytest.mark.parametrize(
    ("signed", "sentence"),
    [
        (made.presentation("c2", HERE), "another exchange"),
        (made.presentation("c1", "https://evil.example"), "another exchange"),
        (made.presentation("c1", HERE, proofPurpose="assertionMethod"), "authenticate"),
        (made.presentation("c1", HERE, verificationMethod="did:web:a.example#k"), "did:key"),
        (made.presentation("c1", HERE, verificationMethod=f"{made.DID}#other"), "did:key"),
        (made.presentation("c1", HERE, signer=LocalSigner(b"\x34" * 32)), "signature"),
    ],
    ids=["challenge", "domain", "purpose", "did:web", "fragment", "key"],
)
def test_what_is_signed_for_something_else_is_refused(signed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PresentationRefused, match=sentence):
        wallet_of(signed, challenge="c1", domain=HERE)


@pytest.mark.parametrize(
    ("part", "value", "sentence"),
    [
        ("holder", "did:key:z6MkOther", "holder"),
        ("holder", ["did:key:a"], "holder"),
        ("type", "VerifiableCredential", "VerifiablePresentation"),
        ("@context", [], "contexts"),
        ("@context", [{"holder": "https://evil.example"}], "contexts"),
        ("@context", "https://www.w3.org/ns/credentials/v2", "contexts"),
        ("verifiableCredential", [], "other parts"),
        ("id", "https://a.example> <b", "urn:uuid"),
        ("proof", [], "proof"),
        ("proof", None, "proof"),
        ("proof.nonce", "1", "other parts"),
        ("proof.created", '2016-06-15T20:00:00Z" .\n', "instant"),
        ("proof.created", 5, "no text"),
        ("proof.created", "2016-06-15T20:00:01Z", "signature"),
        ("proof.cryptosuite", "ecdsa-rdfc-2019", "neither"),
        ("proof.proofValue", "zzz", "signature"),
        ("proof.proofValue", "x", "signature"),
        ("proof.verificationMethod", "did:key:z" + "6" * 50 + "#z" + "6" * 50, "holder"),
    ],
)
def test_what_was_changed_is_refused(part: str, value: object, sentence: str) -> None:
    changed: dict[str, Any] = copy.deepcopy(made.presentation("c1", HERE))
    outer, _, inner = part.partition(".")
    if inner:
        changed[outer][inner] = value
    else:
        changed[outer] = value
    with pytest.raises(PresentationRefused, match=sentence):
        wallet_of(changed, challenge="c1", domain=HERE)


@given(JSON | st.fixed_dictionaries({"@context": JSON, "type": JSON, "proof": JSON}))
def test_anything_else_is_refused(sent: object) -> None:
    with pytest.raises(PresentationRefused):
        wallet_of(sent, challenge="c1", domain=HERE)
