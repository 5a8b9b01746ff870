"""The holder's page, and what a wallet is answered."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client

from cecto.credentials import actions
from cecto.credentials.models import CredentialVersion, WalletOffer
from cecto.credentials.signing import open_issuer_key
from cecto.credentials.wallet.actions import OFFERED_FOR, offer
from cecto.foundation import clock
from cecto.foundation.journal.models import JournalEntry
from tests.classes.browsing import browser
from tests.credentials import made
from tests.credentials.made import ADDRESS, BY, LATER, PASSPHRASE
from tests.credentials.wallet.made import DID, presentation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    caches["pace"].clear()


def holder(version: CredentialVersion) -> Client:
    return browser(None, who=version.credential.decision.enrollment.person)


def offered(version: CredentialVersion) -> str:
    return f"/wallet/exchanges/{offer(version=version, by=BY, at=clock.now()).secret}"


def sent(client: Client, address: str, body: object) -> HttpResponse:
    return client.post(address, json.dumps(body), content_type="application/json")  # type: ignore[return-value]


def told(response: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(response.content)
    return found


def test_a_wallet_is_asked_and_then_given_the_credential(client: Client) -> None:
    version = made.issued()
    address = offered(version)
    asked = told(sent(client, address, {}))["verifiablePresentationRequest"]
    assert asked["query"] == [{"type": "DIDAuthentication", "acceptedMethods": [{"method": "key"}]}]
    assert [service["serviceEndpoint"] for service in asked["interact"]["service"]] == [ADDRESS + address] * 2
    answer = {"verifiablePresentation": presentation(asked["challenge"], asked["domain"])}
    given = sent(client, address, answer)
    assert given["Access-Control-Allow-Origin"] == "*"
    assert told(given)["verifiablePresentation"]["verifiableCredential"] == [json.loads(version.document)]
    kept = WalletOffer.objects.get()
    assert (kept.wallet, kept.handed_at is None) == (DID, False)
    assert sent(client, address, answer).status_code == 404
    done = JournalEntry.objects.filter(action__contains="wallet").values_list("actor_kind", "action")
    assert list(done) == [("command", "credentials.offer-to-wallet"), ("wallet", "credentials.hand-to-wallet")]


def test_the_holder_gets_a_link_that_the_wallet_can_follow(client: Client) -> None:
    version = made.issued()
    own = holder(version)
    address = f"/my/certificates/{version.printed_code}/wallet/"
    assert "Make a link for my wallet" in own.get(address).content.decode()
    link = own.post(address).context["link"]
    assert link.startswith("https://lcw.app/request.html?")
    words = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    assert (words["issuer"], words["auth_type"]) == ("did:web:cecto.example.org", "bearer")
    exchange = words["vc_request_url"].removeprefix(ADDRESS)
    ways = told(client.get(f"{exchange}/protocols"))["protocols"]
    assert ways == {"vcapi": words["vc_request_url"], "lcw": link}
    given = sent(client, exchange, presentation(words["challenge"], None))
    assert told(given) == json.loads(version.document)


def test_the_link_is_for_the_holder_alone(client: Client) -> None:
    version = made.issued()
    address = f"/my/certificates/{version.code}/wallet/"
    assert client.get(address).status_code == 302
    assert [browser(None).post(address).status_code, holder(version).get("/my/certificates/x/wallet/").status_code] == [
        404,
        404,
    ]
    assert WalletOffer.objects.count() == 0


def test_a_link_is_over_after_ten_minutes_and_when_another_is_made(client: Client) -> None:
    version = made.issued()
    first = offered(version)
    second = offered(version)
    assert (sent(client, first, {}).status_code, sent(client, second, {}).status_code) == (404, 200)
    with time_machine.travel(clock.now() + OFFERED_FOR, tick=False):
        assert sent(client, second, {}).status_code == 404
        assert client.get(f"{second}/protocols").status_code == 404
    with time_machine.travel(clock.now() + OFFERED_FOR - timedelta(seconds=30), tick=False):
        assert sent(client, second, {}).status_code == 200


def test_a_revoked_certificate_goes_into_no_wallet(client: Client) -> None:
    version = made.issued()
    address = offered(version)
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    assert sent(client, address, {}).status_code == 404
    assert holder(version).get(f"/my/certificates/{version.code}/wallet/").status_code == 404
    with pytest.raises(actions.CredentialRefused, match="no wallet"):
        offer(version=CredentialVersion.objects.get(), by=BY, at=LATER)


def test_a_presentation_that_proves_nothing_leaves_the_offer_standing(client: Client) -> None:
    address = offered(made.issued())
    wrong = sent(client, address, presentation("another", None))
    assert (wrong.status_code, wrong["Content-Type"]) == (400, "application/problem+json")
    assert told(wrong)["detail"] == "This presentation cannot be taken: it was signed for another exchange."
    assert WalletOffer.objects.get().handed_at is None


@pytest.mark.parametrize(
    "body",
    [b"[" * 15_000, b"nonsense", b"[]", b"\xff", b"{" + b" " * 20_000 + b"}", b'{"@context": [{"@id": "_:b"}]}'],
    ids=["brackets", "words", "list", "bytes", "too long", "json-ld"],
)
def test_what_is_no_presentation_is_refused(client: Client, body: bytes) -> None:
    address = offered(made.issued())
    response = client.post(address, body, content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_a_wallet_in_a_browser_may_ask_first(client: Client) -> None:
    response = client.options(offered(made.issued()))
    assert (response.status_code, response["Access-Control-Allow-Headers"]) == (204, "Content-Type")
