"""An issuer, its keys and one person's award, as the tests of this folder need them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from cecto.credentials import did, open_badge, proofs, status_list
from cecto.credentials.certificate import CertificateText, SignedBy
from cecto.credentials.keys import LocalSigner
from cecto.credentials.multikey import encode_public, multibase_encode

ADDRESS = "https://cecto.example.org"
DID = "did:web:cecto.example.org"
LIST_URL = f"{ADDRESS}/credentials/status/1"
AWARDED = datetime(2016, 6, 14, 16, 0, tzinfo=UTC)
CHECKED = datetime(2016, 9, 1, 12, 0, tzinfo=UTC)
ISSUER = open_badge.Issuer(DID, "N.C. CeCTO Program", f"{ADDRESS}/", "cecto@example.org", "A partnership.")
COMPETENCIES = tuple(
    open_badge.Competency(name, f"{ADDRESS}/programs/cecto#{code}", code, "CeCTO core competencies")
    for code, name in (("security", "Security"), ("governance", "IT governance"), ("legal", "Legal issues"))
)
ACHIEVEMENT = open_badge.Achievement(
    id=f"{ADDRESS}/programs/cecto/technology-director",
    name="Certified Educational Chief Technology Officer",
    description="240 hours of instruction over ten months.",
    criteria="Complete 240 contact hours and a best-practice project.",
    criteria_url=f"{ADDRESS}/programs/cecto",
    competencies=COMPETENCIES,
    human_code="CeCTO",
    minutes_required=14_400,
)


@dataclass
class Registry:
    """An issuer with one key, one status list and nothing revoked yet."""

    seed: bytes = b"\x07" * 32
    revoked: list[int] = field(default_factory=list)

    @property
    def signer(self) -> LocalSigner:
        return LocalSigner(self.seed)

    @property
    def method(self) -> str:
        return did.method_of(DID, encode_public(self.signer.public_key))

    @property
    def did_document(self) -> dict[str, Any]:
        return did.document(DID, [encode_public(self.signer.public_key)])

    def sign(self, document: dict[str, Any], created: datetime = AWARDED) -> dict[str, Any]:
        return proofs.sign(document, signer=self.signer, method=self.method, created=created)

    def sign_unasked(self, document: dict[str, Any]) -> dict[str, Any]:
        """Sign as a careless issuer would: whatever can be canonicalized, be it a credential or not."""
        options = {
            "type": "DataIntegrityProof",
            "cryptosuite": proofs.CRYPTOSUITE,
            "created": proofs.timestamp(AWARDED),
            "verificationMethod": self.method,
            "proofPurpose": "assertionMethod",
        }
        signature = self.signer.sign(proofs.hash_to_sign(document, options))
        return {**document, "proof": {**options, "proofValue": multibase_encode(signature)}}

    def status_list(self, url: str = LIST_URL) -> dict[str, Any] | None:
        if url != LIST_URL:
            return None
        return self.sign(status_list.build(LIST_URL, issuer=DID, revoked=self.revoked, valid_from=AWARDED))


def award(**changes: Any) -> open_badge.Award:
    """One award, with any part changed."""
    parts: dict[str, Any] = {
        "id": f"{ADDRESS}/credentials/Jv3kXq9TzPpLw2Rn8sYdQA",
        "holder": "Zoë Núñez-O’Brien & <Sons>",
        "achievement": ACHIEVEMENT,
        "valid_from": AWARDED,
        "awarded": AWARDED,
        "list_url": LIST_URL,
        "list_index": 77_123,
        "minutes": 14_415,
        "started": date(2015, 8, 1),
        "ended": date(2016, 6, 14),
        "term": "Class of 2015-16",
    }
    return open_badge.Award(**(parts | changes))


def badge(**changes: Any) -> dict[str, Any]:
    """The unsigned credential of one award."""
    return open_badge.build(award(**changes), ISSUER)


def certificate_text(**changes: Any) -> CertificateText:
    """The words of one certificate."""
    parts: dict[str, Any] = {
        "holder": "Margaret Delacroix-Whitfield",
        "title": "Certified Educational Chief Technology Officer",
        "program": "North Carolina Certified Educational Chief Technology Officer Program",
        "issuer": "N.C. CeCTO Program",
        "statement": "has completed 240 contact hours of instruction and is therefore a",
        "details": "Class of 2015–16 · 240.25 contact hours · 24.02 CEU",
        "dated": "June 14, 2016",
        "code": "HJXVEGS3MQQW",
        "verify_url": f"{ADDRESS}/verify/HJXVEGS3MQQW",
        "signatures": (SignedBy("Eleanor Vance", "Program director"), SignedBy("Thomas Okonkwo", "DPI liaison")),
    }
    return CertificateText(**(parts | changes))
