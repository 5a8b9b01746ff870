"""What the program's own actions issue and revoke, before the verifiers that are not ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cecto.credentials import actions, queries
from cecto.credentials.models import CredentialVersion
from cecto.credentials.signing import open_issuer_key
from tests.credentials import made
from tests.credentials.made import AT, BY, LATER, PASSPHRASE
from tests.interop.loopback import Pages, served, write_certificate
from tests.interop.test_verifiers import FOLDER, Json, asked, verifier_core_accepts

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("interop")]


def publish(pages: Pages) -> None:
    """Serve did.json and the status list as they are now."""
    listed = queries.published_list()
    assert listed is not None
    pages["/.well-known/did.json"] = queries.did_document()
    pages["/credentials/status/1"] = json.loads(listed.document)


def judged(pages: Pages, certificate: Path, *versions: CredentialVersion) -> list[bool]:
    """Whether both verifiers accept each version; they never disagree."""
    publish(pages)
    documents: dict[str, Json] = {str(one.number): json.loads(one.document) for one in versions}
    answers = asked(FOLDER, documents, certificate)
    said = [(one["digitalBazaar"]["verified"], verifier_core_accepts(one["verifierCore"])) for one in answers.values()]
    assert [first for first, second in said if first != second] == []
    return [first for first, _ in said]


def test_issued_corrected_and_revoked(tmp_path: Path) -> None:
    certificate = write_certificate(tmp_path)
    with served(certificate) as (port, pages):
        actions.establish_issuer(address=f"https://localhost:{port}", name="N.C.", demo=True, by=BY, at=AT)
        actions.create_key(passphrase=PASSPHRASE, by=BY, at=AT)
        first = actions.issue(decision=made.decision(), key=open_issuer_key(PASSPHRASE), by=BY, at=AT)
        assert judged(pages, certificate, first) == [True]
        actions.create_key(passphrase=PASSPHRASE, by=BY, at=LATER)
        second = made.corrected(first)
        assert judged(pages, certificate, first, second) == [False, True]
        made.revoke(version=second, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
        assert judged(pages, certificate, first, second) == [False, False]
