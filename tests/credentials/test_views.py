"""What machines get over the web."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from cecto.credentials import codes, did, proofs, queries
from cecto.credentials.signing import open_issuer_key
from tests.credentials import made
from tests.credentials.made import BY, LATER, PASSPHRASE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/.well-known/did.json", "application/did+json"),
        ("/issuer.json", "application/json"),
        ("/credentials/status/1", "application/vc"),
    ],
)
def test_documents_are_open_to_every_origin(client: Client, path: str, media_type: str) -> None:
    made.issued()
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.post(path).status_code == 405


def test_software_that_reads_only_json_gets_json(client: Client) -> None:
    made.issued()
    for accepted, expected in [
        ("application/ld+json, application/json", "application/ld+json"),
        ("application/vc, application/json", "application/vc"),
        ("*/*", "application/vc"),
    ]:
        response = client.get("/credentials/status/1", headers={"Accept": accepted})
        assert (response["Content-Type"], response["Vary"]) == (expected, "Accept")


@pytest.mark.parametrize("path", ["/.well-known/did.json", "/issuer.json", "/credentials/status/1", "/achievements/x"])
def test_before_init_there_is_nothing(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_is_served_proves_what_was_issued(client: Client) -> None:
    version = made.issued()
    published = client.get("/.well-known/did.json").json()
    served = client.get(f"/credentials/{version.credential.key}")
    assert served["Content-Type"] == "application/vc"
    assert served.content == version.document.encode()
    method = proofs.check(json.loads(served.content), lambda name: did.find_key(published, name))
    assert method.startswith(published["id"])
    listed = json.loads(client.get("/credentials/status/1").content)
    assert listed == queries.find_list(f"{made.ADDRESS}/credentials/status/1")


def test_a_revoked_credential_is_no_longer_served(client: Client) -> None:
    version = made.issued()
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    assert client.get(f"/credentials/{version.credential.key}").status_code == 404


def test_the_achievement_is_at_its_own_address(client: Client) -> None:
    version = made.issued()
    inside = json.loads(version.document)["credentialSubject"]["achievement"]
    served = client.get(inside["id"].removeprefix(made.ADDRESS)).json()
    assert {name: inside[name] for name in served} == served
    assert served["criteria"]["narrative"].startswith("Two things are asked")


def test_a_browser_is_shown_the_page_of_what_a_document_names(client: Client) -> None:
    version = made.issued()
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    credential = client.get(f"/credentials/{version.credential.key}", headers=browser)
    assert credential.headers["Location"] == f"/verify/{codes.printed(version.code)}"
    key = version.credential.decision.definition.key
    assert client.get(f"/achievements/{key}", headers=browser).headers["Location"] == f"/definitions/{key}/"
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    assert client.get(f"/credentials/{version.credential.key}", headers=browser).status_code == 302
