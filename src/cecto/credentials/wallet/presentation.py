"""A wallet shows that it holds its key: a presentation without credentials, signed over our challenge.

This answers a `DIDAuthentication` query (W3C CCG Verifiable Presentation Request, §3.2). Wallets sign it with an
Ed25519 did:key, as eddsa-rdfc-2022 or as the older Ed25519Signature2020. A stranger's JSON-LD is never processed: one
shape is taken, whose canonical statements (RDFC-1.0) are known beforehand and written here, and any other is refused.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from cecto.credentials import keys
from cecto.credentials.canonical import JSON
from cecto.credentials.contexts import CREDENTIALS_V2
from cecto.credentials.multikey import MalformedKey, decode_public, multibase_decode
from cecto.credentials.proofs import CRYPTOSUITE

CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"
KNOWN_CONTEXTS = {
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    "https://w3id.org/security/suites/ed25519-2020/v1",
    "https://w3id.org/security/data-integrity/v2",
}
PARTS = {"@context", "type", "id", "holder", "proof"}
PROOF_PARTS = {
    "type",
    "cryptosuite",
    "created",
    "verificationMethod",
    "proofPurpose",
    "challenge",
    "domain",
    "proofValue",
}
SUITES = {("DataIntegrityProof", CRYPTOSUITE), ("Ed25519Signature2020", None)}
DID_KEY = re.compile(r"did:key:(z[1-9A-HJ-NP-Za-km-z]{40,60})")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z")
UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
CREDENTIALS, SECURITY = "https://www.w3.org/2018/credentials#", "https://w3id.org/security#"
DATE_TIME = "http://www.w3.org/2001/XMLSchema#dateTime"


class PresentationRefused(Exception):
    """The presentation does not show that the wallet holds a key; the message says what is wrong with it."""


def wallet_of(presentation: object, *, challenge: str, domain: str) -> str:
    """Return the did:key whose owner signed the presentation over this challenge.

    A `domain` in the proof must be ours; wallets that follow a deep link name none. Raises PresentationRefused.
    """
    document, proof = _shape(presentation)
    if proof.get("challenge") != challenge or proof.get("domain", domain) != domain:
        raise PresentationRefused("it was signed for another exchange")
    did = _did(proof["verificationMethod"])
    if document.get("holder", did) != did:
        raise PresentationRefused("the holder it names is not the one who signed it")
    signed = b"".join(_digest(statements) for statements in (_of_proof(proof), _of_presentation(document)))
    if not keys.verify(_key(did), signed, _signature(proof["proofValue"])):
        raise PresentationRefused("the signature is not over this presentation")
    return did


def _shape(presentation: object) -> tuple[JSON, JSON]:
    """The presentation and its proof, each with no parts but the known ones, each of these a text."""
    document = _limited(presentation, PARTS, "presentation")
    if _one(document.get("type")) != "VerifiablePresentation":
        raise PresentationRefused("it is no VerifiablePresentation")
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not contexts or not all(_is_known(one) for one in contexts):
        raise PresentationRefused("it names other contexts than a presentation without credentials needs")
    proof = _limited(_one(document.get("proof")), PROOF_PARTS, "proof")
    if not all(isinstance(value, str) for value in proof.values()):
        raise PresentationRefused("a part of its proof is no text")
    _refuse_unlike(document, proof)
    return document, proof


def _refuse_unlike(document: JSON, proof: JSON) -> None:
    """Refuse values that could be read, or written as a statement, in more than one way."""
    if (proof.get("type"), proof.get("cryptosuite")) not in SUITES:
        raise PresentationRefused(f"its proof is neither {CRYPTOSUITE} nor Ed25519Signature2020")
    if proof.get("proofPurpose") != "authentication":
        raise PresentationRefused("its proof was not made to authenticate")
    if "created" in proof and not INSTANT.fullmatch(proof["created"]):
        raise PresentationRefused("the date of its proof is no instant in UTC")
    if "id" in document and not (isinstance(document["id"], str) and UUID.fullmatch(document["id"])):
        raise PresentationRefused("its id is no urn:uuid")
    if not proof.keys() >= {"verificationMethod", "proofValue"}:
        raise PresentationRefused("its proof is not whole")


def _limited(value: object, parts: set[str], what: str) -> JSON:
    if not isinstance(value, dict) or not value.keys() <= parts:
        raise PresentationRefused(f"the {what} has other parts than: {', '.join(sorted(parts))}")
    return value


def _is_known(context: object) -> bool:
    return isinstance(context, str) and context in KNOWN_CONTEXTS


def _one(value: Any) -> Any:
    """The value itself, or the only member of a list."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _did(method: str) -> str:
    did, _, fragment = method.partition("#")
    found = DID_KEY.fullmatch(did)
    if found is None or fragment != found[1]:
        raise PresentationRefused("it is not signed by a did:key")
    return did


def _key(did: str) -> bytes:
    try:
        return decode_public(did.removeprefix("did:key:"))
    except MalformedKey as error:
        raise PresentationRefused("its did:key holds no Ed25519 key") from error


def _signature(text: str) -> bytes:
    try:
        return multibase_decode(text)
    except MalformedKey as error:
        raise PresentationRefused("its signature cannot be read") from error


def _digest(statements: list[str]) -> bytes:
    return hashlib.sha256("".join(f"{line} .\n" for line in sorted(statements)).encode()).digest()


def _of_presentation(document: JSON) -> list[str]:
    subject = f"<{document['id']}>" if "id" in document else "_:c14n0"
    statements = [f"{subject} {TYPE} <{CREDENTIALS}VerifiablePresentation>"]
    if "holder" in document:
        statements.append(f"{subject} <{CREDENTIALS}holder> <{document['holder']}>")
    return statements


def _of_proof(proof: JSON) -> list[str]:
    """What the proof states, but for the signature. The texts are free of what N-Quads would escape: see _shape."""
    values = {
        TYPE: f"<{SECURITY}{proof['type']}>",
        f"<{SECURITY}verificationMethod>": f"<{proof['verificationMethod']}>",
        f"<{SECURITY}proofPurpose>": f"<{SECURITY}authenticationMethod>",
        f"<{SECURITY}challenge>": f'"{proof["challenge"]}"',
    }
    if "created" in proof:
        values["<http://purl.org/dc/terms/created>"] = f'"{proof["created"]}"^^<{DATE_TIME}>'
    if "domain" in proof:
        values[f"<{SECURITY}domain>"] = f'"{proof["domain"]}"'
    if "cryptosuite" in proof:
        values[f"<{SECURITY}cryptosuite>"] = f'"{CRYPTOSUITE}"^^<{SECURITY}cryptosuiteString>'
    return [f"_:c14n0 {name} {value}" for name, value in values.items()]
