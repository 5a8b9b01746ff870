"""Data Integrity proofs by the cryptosuite eddsa-rdfc-2022 (W3C Data Integrity EdDSA Cryptosuites 1.0, §3.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from cecto.credentials import keys, wellformed
from cecto.credentials.canonical import JSON, Unsafe, canonicalize
from cecto.credentials.multikey import MalformedKey, multibase_decode, multibase_encode

CRYPTOSUITE = "eddsa-rdfc-2022"
PROOF_TERMS = frozenset({"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"})


class ProofInvalid(Exception):
    """The proof does not hold; the message says why."""


def timestamp(instant: datetime) -> str:
    """Write an aware instant as XML Schema dateTime in UTC, to the second. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("a proof needs an aware instant")
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def hash_to_sign(document: JSON, options: JSON) -> bytes:
    """Return the 64 bytes that are signed: SHA-256 of the proof options, then of the document (§3.2.4)."""
    configured = {**options, "@context": document["@context"]}
    return b"".join(hashlib.sha256(canonicalize(part).encode()).digest() for part in (configured, document))


def sign(document: JSON, *, signer: keys.Signer, method: str, created: datetime) -> JSON:
    """Return a copy of the document with a proof by the key that `method` (a DID URL) names.

    Raises canonical.Unsafe when it is no verifiable credential, or when any part of it would not be covered by the
    signature.
    """
    if "proof" in document:
        raise ValueError("the document already has a proof")
    _refuse_malformed(document)
    options: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": timestamp(created),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    signature = signer.sign(hash_to_sign(document, options))
    return {**document, "proof": {**options, "proofValue": multibase_encode(signature)}}


def check(document: JSON, find_key: Callable[[str], bytes | None]) -> str:
    """Verify the proof and return its verification method.

    `find_key` gives the 32-byte public key of a DID URL that the issuer lists for assertions, or None.
    Raises ProofInvalid; canonical.Unsafe or contexts.UnknownContext when it is no verifiable credential or cannot be
    read safely.
    """
    _refuse_malformed(document)
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    options, signature = _opened(document.get("proof"))
    method = options["verificationMethod"]
    public_key = find_key(method)
    if public_key is None:
        raise ProofInvalid(f"the issuer does not list the key {method}")
    if not keys.verify(public_key, hash_to_sign(unsigned, options), signature):
        raise ProofInvalid("the signature is not over this content: something was changed after signing")
    return str(method)


def _refuse_malformed(document: JSON) -> None:
    found = wellformed.problems(document)
    if found:
        raise Unsafe("; ".join(f"{problem.part}: {problem.sentence}" for problem in found[:3]))


def _opened(proof: object) -> tuple[JSON, bytes]:
    """Split a proof into its options and its signature."""
    if not isinstance(proof, dict):
        raise ProofInvalid("there is not exactly one proof")
    if set(proof) != PROOF_TERMS or not all(isinstance(value, str) for value in proof.values()):
        raise ProofInvalid("the proof has other parts than the ones we sign with")
    if (proof["type"], proof["cryptosuite"]) != ("DataIntegrityProof", CRYPTOSUITE):
        raise ProofInvalid(f"the proof is not {CRYPTOSUITE}")
    if proof["proofPurpose"] != "assertionMethod":
        raise ProofInvalid("the proof was not made to assert a credential")
    if not wellformed.DATE_TIME_STAMP.fullmatch(proof["created"]):
        raise ProofInvalid("the proof does not say when it was made, with a time zone")
    try:
        signature = multibase_decode(proof["proofValue"])
    except MalformedKey as error:
        raise ProofInvalid(f"the proof value cannot be read: {error}") from error
    if len(signature) != 64:
        raise ProofInvalid("the proof value is not an Ed25519 signature")
    return {name: value for name, value in proof.items() if name != "proofValue"}, signature
