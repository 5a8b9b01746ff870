"""A wallet of our own making, for tests that need many answers of one."""

from __future__ import annotations

from typing import Any

from cecto.credentials.contexts import CREDENTIALS_V2
from cecto.credentials.keys import LocalSigner
from cecto.credentials.multikey import encode_public, multibase_encode
from cecto.credentials.proofs import hash_to_sign

WALLET = LocalSigner(b"\x33" * 32)
MULTIKEY = encode_public(WALLET.public_key)
DID = f"did:key:{MULTIKEY}"


def presentation(challenge: str, domain: str | None, *, signer: LocalSigner = WALLET, **changes: Any) -> dict[str, Any]:
    """A presentation signed by that wallet; `changes` are to the proof's options, before signing."""
    document = {"@context": [CREDENTIALS_V2], "type": ["VerifiablePresentation"], "holder": DID}
    options: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2016-06-15T20:00:00Z",
        "verificationMethod": f"{DID}#{MULTIKEY}",
        "proofPurpose": "authentication",
        "challenge": challenge,
        "domain": domain,
    } | changes
    options = {name: value for name, value in options.items() if value is not None}
    signature = multibase_encode(signer.sign(hash_to_sign(document, options)))
    return {**document, "proof": {**options, "proofValue": signature}}
