"""A certificate into a wallet made of the libraries that the Learner Credential Wallet and others are made of."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import caches
from django.test import Client

from cecto.credentials import actions
from cecto.credentials.models import CredentialVersion
from cecto.credentials.signing import open_issuer_key
from cecto.credentials.wallet.actions import offer
from cecto.foundation import clock
from tests.classes.browsing import browser
from tests.credentials import made
from tests.credentials.made import AT, BY, PASSPHRASE
from tests.interop.loopback import served, write_certificate
from tests.interop.test_issued import judged
from tests.interop.test_verifiers import FOLDER, Json
from tools.node import install, node

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("interop")]


def signed(**asked: Any) -> Json:
    """What the wallet answers when it is asked so."""
    install(FOLDER)
    question = {"seed": "44" * 32, "asked": {"it": asked}}
    done = subprocess.run(
        [str(node()), "wallet.mjs"],
        cwd=FOLDER,
        input=json.dumps(question),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: Json = json.loads(done.stdout)["answers"]["it"]
    return answer


def posted(client: Client, address: str, body: object) -> Json:
    response = client.post(urlsplit(address).path, json.dumps(body), content_type="application/json")
    assert response.status_code == 200, response.content
    found: Json = response.json()
    return found


def by_exchange(client: Client, version: CredentialVersion, suite: str) -> Json:
    """The credential by VC-API exchange: an empty body first, then what was asked for."""
    address = f"/wallet/exchanges/{offer(version=version, by=BY, at=clock.now()).secret}"
    asked = posted(client, address, {})["verifiablePresentationRequest"]
    answer = signed(challenge=asked["challenge"], domain=asked["domain"], suite=suite, version=2.0)
    to = asked["interact"]["service"][0]["serviceEndpoint"]
    given = posted(client, to, {"verifiablePresentation": answer})
    (credential,) = given["verifiablePresentation"]["verifiableCredential"]
    found: Json = credential
    return found


def by_deep_link(client: Client, version: CredentialVersion) -> Json:
    """The credential by the link on the holder's page, as the Learner Credential Wallet follows it."""
    own = browser(None, who=version.credential.decision.enrollment.person)
    link = own.post(f"/my/certificates/{version.code}/wallet/").context["link"]
    words = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    answer = signed(challenge=words["challenge"], suite="Ed25519Signature2020", version=1.0)
    return posted(client, words["vc_request_url"], answer)


def test_wallets_take_what_verifiers_then_accept(client: Client, tmp_path: Path) -> None:
    caches["pace"].clear()
    certificate = write_certificate(tmp_path)
    with served(certificate) as (port, pages):
        actions.establish_issuer(address=f"https://localhost:{port}", name="N.C.", demo=True, by=BY, at=AT)
        actions.create_key(passphrase=PASSPHRASE, by=BY, at=AT)
        version = actions.issue(decision=made.decision(), key=open_issuer_key(PASSPHRASE), by=BY, at=AT)
        for taken in (
            by_exchange(client, version, "eddsa-rdfc-2022"),
            by_exchange(client, version, "Ed25519Signature2020"),
            by_deep_link(client, version),
        ):
            assert taken == json.loads(version.document)
        assert judged(pages, certificate, version) == [True]
