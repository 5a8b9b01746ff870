"""Credentials of ours before @digitalbazaar/vc and @digitalcredentials/verifier-core, over HTTPS on loopback.

The second is the verifier of the Learner Credential Wallet. One run of Node answers for every case below.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cecto.credentials import contexts, did, open_badge, proofs, status_list
from cecto.credentials.keys import LocalSigner
from cecto.credentials.multikey import encode_public
from cecto.credentials.transcript import record
from tests.credentials.sample import ACHIEVEMENT, AWARDED, award
from tests.interop.loopback import Pages, served, write_certificate
from tools.node import install, node

FOLDER = Path(__file__).parent
SCHEMA = FOLDER.parent / "credentials" / "schemas" / "ob_v3p0_achievementcredential_schema.json"
SCHEMA_URL = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
GOOD, REVOKED = 77_123, 11
SIGNER, STRANGER = LocalSigner(b"\x21" * 32), LocalSigner(b"\x22" * 32)

Json = dict[str, Any]


@dataclass(frozen=True)
class Site:
    """The issuer as served on a loopback port."""

    port: int

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def did(self) -> str:
        return did.from_address(self.address)

    def list_url(self, name: str = "1") -> str:
        return f"{self.address}/status/{name}"

    def sign(self, document: Json, signer: LocalSigner = SIGNER, method: str = "") -> Json:
        named = method or did.method_of(self.did, encode_public(signer.public_key))
        return proofs.sign(document, signer=signer, method=named, created=AWARDED)

    def badge(self, **changes: Any) -> Json:
        issuer = open_badge.Issuer(self.did, "N.C. CeCTO Program", self.address)
        parts = {"id": f"{self.address}/credentials/Jv3k", "list_url": self.list_url(), "list_index": GOOD}
        return open_badge.build(award(achievement=ACHIEVEMENT, **(parts | changes)), issuer)

    def transcript(self) -> Json:
        """The learner record of one award and one part of it."""
        parts = {"id": f"{self.address}/credentials/Jv3k", "list_url": self.list_url(), "list_index": GOOD}
        earned, issuer = award(achievement=ACHIEVEMENT, **parts), open_badge.Issuer(self.did, "N.C.", self.address)
        part = record.Part("security", "Security", "At least 6 contact hours.", 460, 360, ACHIEVEMENT.competencies[0])
        one = record.part_award(earned, part, at=AWARDED, list_index=GOOD + 1)
        members = [self.sign(open_badge.build(whose, issuer)) for whose in (earned, one)]
        return self.sign(record.build(earned, members, issuer, at=AWARDED, list_index=GOOD + 2))

    def status_list(self, name: str, issuer: str = "") -> Json:
        return status_list.build(self.list_url(name), issuer=issuer or self.did, revoked=[REVOKED], valid_from=AWARDED)

    def pages(self) -> Pages:
        """What the issuer serves, and three status lists nobody should trust."""
        published = did.document(self.did, [encode_public(SIGNER.public_key)])
        return {
            "/.well-known/did.json": published,
            "/status/1": self.sign(self.status_list("1")),
            "/status/unsigned": self.status_list("unsigned"),
            "/status/forged": self.sign(self.status_list("forged"), STRANGER),
            "/status/elsewhere": self.sign(self.status_list("elsewhere", "did:web:evil.example")),
        }


def changed(document: Json, *path: str | int, to: object) -> Json:
    """A copy with one value replaced."""
    copy: Json = json.loads(json.dumps(document))
    place: Any = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return copy


def cases(site: Site) -> dict[str, Json]:
    """Every credential to be judged; only those called `issued …` are good."""
    issued = site.sign(site.badge())
    subject = "credentialSubject"
    transcript = site.transcript()
    member: tuple[str | int, ...] = (subject, "verifiableCredential", 1, subject)
    return {
        "issued": issued,
        "issued without hours": site.sign(site.badge(minutes=None, started=None, ended=None, term="")),
        "issued in any script": site.sign(site.badge(holder="王小明 محمد\nZoë \u200d🙂 <&> \"'\\")),
        "issued expiring later": site.sign(site.badge(valid_until=datetime(2999, 1, 1, tzinfo=UTC))),
        "issued transcript": transcript,
        "altered member of a transcript": changed(transcript, *member, "result", 0, "value", to="400"),
        "altered name in a member": changed(transcript, *member, "identifier", 0, "identityHash", to="Somebody Else"),
        "altered association": changed(transcript, subject, "association", 0, "targetId", to="https://x.example/"),
        "altered name": changed(issued, subject, "identifier", 0, "identityHash", to="Somebody Else"),
        "altered hours": changed(issued, subject, "result", 0, "value", to="400"),
        "altered proof date": changed(issued, "proof", "created", to="2001-01-01T00:00:00Z"),
        "altered status index": changed(issued, "credentialStatus", "statusListIndex", to="12"),
        "undefined term": changed(issued, "shoeSize", to="44"),
        "injected context": changed(issued, "@context", to=[*issued["@context"], f"{site.address}/context"]),
        "injected meaning": changed(issued, "@context", to=[*issued["@context"], {"name": "https://evil.example/n"}]),
        "injected term": {
            **changed(issued, "@context", to=[*issued["@context"], {"shoeSize": "https://evil.example/shoeSize"}]),
            "shoeSize": "44",
        },
        "revoked": site.sign(site.badge(list_index=REVOKED)),
        "expired": site.sign(site.badge(valid_until=datetime(2019, 1, 1, tzinfo=UTC))),
        "not yet valid": site.sign(site.badge(valid_from=datetime(2999, 1, 1, tzinfo=UTC))),
        "signed by a stranger": site.sign(site.badge(), STRANGER),
        "stranger posing as the issuer": site.sign(
            site.badge(), STRANGER, did.method_of(site.did, encode_public(SIGNER.public_key))
        ),
        "status list missing": site.sign(site.badge(list_url=site.list_url("nowhere"))),
        "status list unsigned": site.sign(site.badge(list_url=site.list_url("unsigned"))),
        "status list forged": site.sign(site.badge(list_url=site.list_url("forged"))),
        "status list of another issuer": site.sign(site.badge(list_url=site.list_url("elsewhere"))),
    }


NAMES = list(cases(Site(1)))
ISSUED = [name for name in NAMES if name.startswith("issued")]
BADGES = [name for name in ISSUED if "transcript" not in name]
REJECTED = [name for name in NAMES if name not in ISSUED]


def asked(folder: Path, credentials: dict[str, Json], certificate: Path) -> dict[str, Json]:
    """What the two verifiers say of each credential."""
    install(folder)
    question = {
        "contexts": {url: json.loads(contexts.raw(url)) for url in contexts.PINNED},
        "schemas": {SCHEMA_URL: json.loads(SCHEMA.read_text())},
        "credentials": credentials,
    }
    done = subprocess.run(
        [str(node()), "verify.mjs"],
        cwd=folder,
        input=json.dumps(question),
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(certificate)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, Json] = json.loads(done.stdout)
    return answers


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Json]]:
    certificate = write_certificate(tmp_path_factory.mktemp("https"))
    with served(certificate) as (port, pages):
        site = Site(port)
        pages.update(site.pages())
        yield asked(FOLDER, cases(site), certificate)


def verifier_core_accepts(answer: Json) -> bool:
    """Whether every step of verifier-core passed; it lists the steps and leaves the sum to its caller."""
    steps = {"valid_signature": True, "expiration": True, "revocation_status": True}
    return not answer["said"] and {name: answer["log"].get(name) for name in steps} == steps


pytestmark = pytest.mark.xdist_group("interop")


@pytest.mark.parametrize("name", ISSUED)
def test_issued_credentials_are_accepted(answers: dict[str, Json], name: str) -> None:
    answer = answers[name]
    assert answer["digitalBazaar"] == {"verified": True, "revoked": False, "said": []}
    assert verifier_core_accepts(answer["verifierCore"]), answer["verifierCore"]


@pytest.mark.parametrize("name", BADGES)
def test_issued_credentials_are_open_badges_to_their_wallet(answers: dict[str, Json], name: str) -> None:
    (found,) = answers[name]["verifierCore"]["schemaResults"]
    assert (found["schema"], found["result"]) == (SCHEMA_URL, {"valid": True})


@pytest.mark.parametrize("name", REJECTED)
def test_others_are_rejected(answers: dict[str, Json], name: str) -> None:
    assert answers[name]["digitalBazaar"]["verified"] is False
    assert not verifier_core_accepts(answers[name]["verifierCore"]), answers[name]["verifierCore"]


def test_the_revoked_is_rejected_for_being_revoked(answers: dict[str, Json]) -> None:
    assert answers["revoked"]["digitalBazaar"]["revoked"]
    log = answers["revoked"]["verifierCore"]["log"]
    assert (log["valid_signature"], log["revocation_status"]) == (True, False)
