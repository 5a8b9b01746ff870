"""A certificate as a token: made once, found by its bytes, falls with the version; forged ones are refused."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.urls import reverse
from joserfc import jws
from joserfc.jwk import ECKey, OctKey
from joserfc.util import urlsafe_b64decode, urlsafe_b64encode

from cecto.credentials import actions, codes, did, keys, queries
from cecto.credentials.examining import examine_file
from cecto.credentials.models import CredentialVersion, SigningKey, Token, TokenKey
from cecto.credentials.signing import open_issuer_key
from cecto.credentials.tokens import jwt
from cecto.credentials.tokens import keys as token_keys
from cecto.credentials.tokens.actions import make_token
from cecto.credentials.verifying import Outcome, State, verify_token
from tests.classes.browsing import browser
from tests.credentials import made
from tests.credentials.made import ADDRESS, AT, BY, LATER, PASSPHRASE

pytestmark = pytest.mark.django_db


def token(version: CredentialVersion) -> Token:
    """The token of a version."""
    key = open_issuer_key(PASSPHRASE)
    return make_token(version=version, key=key, passphrase=PASSPHRASE, by=BY, at=LATER)


def judged(text: str, at: datetime = LATER) -> Outcome:
    """What anybody's verifier says of a token."""
    return verify_token(text, did_document=queries.did_document(), find_list=queries.find_list, at=at)


def parts(text: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Header, payload and signature."""
    header, payload, signature = text.split(".")
    return _opened(header), _opened(payload), signature


def _opened(part: str) -> dict[str, Any]:
    opened: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return opened


def _packed(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def test_it_says_what_the_certificate_says_and_is_made_once() -> None:
    version = made.issued()
    first, again = token(version), token(version)
    assert first.pk == again.pk
    header, payload, _ = parts(first.text)
    assert header == {"alg": "ES256", "kid": f"{did.from_address(ADDRESS)}#{first.key.kid}"}
    document = json.loads(version.document)
    assert {name: payload[name] for name in document if name != "proof"} | {"proof": document["proof"]} == document
    assert (payload["iss"], payload["jti"], "exp" in payload) == (document["issuer"]["id"], document["id"], False)
    assert payload["nbf"] == int(datetime.fromisoformat(document["validFrom"]).timestamp())
    assert judged(first.text).state is State.VALID


def test_the_register_knows_it_by_its_bytes_alone() -> None:
    version = made.issued()
    text = token(version).text
    found = examine_file(f"  {text}\n".encode(), what="x", at=LATER)
    assert (found.state, found.version) == (State.VALID, version)
    assert examine_file(f"{text}x".encode(), what="x", at=LATER).state is State.ALTERED


def test_it_falls_with_the_version() -> None:
    version = made.issued()
    text = token(version).text
    made.revoke(version=version, reason="error", key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    assert judged(text).state is State.REVOKED
    assert examine_file(text.encode(), what="x", at=LATER).state is State.REVOKED


def forged(text: str) -> dict[str, str]:
    """Tokens that no verifier may take, by what is wrong with them."""
    header, payload, signature = parts(text)
    stranger = ECKey.generate_key("P-256")
    content, changed = json.dumps(payload).encode(), {**payload, "name": "Something else"}
    public = json.dumps(stranger.as_dict(private=False))

    def signed(header: dict[str, Any], key: ECKey | OctKey) -> str:
        return jws.serialize_compact(header, content, key, algorithms=["ES256", "HS256"])

    return {
        "altered": f"{_packed(header)}.{_packed(changed)}.{signature}",
        "alg none": f"{_packed({**header, 'alg': 'none'})}.{_packed(payload)}.",
        "alg none, no key": f"{_packed({'alg': 'none'})}.{_packed(payload)}.",
        "self-supplied key": signed({**header, "jwk": stranger.as_dict(private=False)}, stranger),
        "signed by a stranger": signed(header, stranger),
        "stranger's key named": signed({**header, "kid": f"did:web:evil.example#{stranger.thumbprint()}"}, stranger),
        "public key as a secret": signed({**header, "alg": "HS256"}, OctKey.import_key(public)),
        "its signature turned over": _turned(text),
        "its signature written otherwise": text[:-1] + chr(ord(text[-1]) + 1),
        "typ of another kind": signed({**header, "typ": "at+jwt"}, stranger),
        "signature cut": f"{_packed(header)}.{_packed(payload)}.{signature[:-8]}",
        "not a token": "eyJhIjoi",
        "too long": text + "x" * 70_000,
    }


def _turned(text: str) -> str:
    """The token with the other of the two signatures that hold for ECDSA."""
    signed, _, signature = text.rpartition(".")
    raw = urlsafe_b64decode(signature.encode())
    other = raw[:32] + (jwt.ORDER - int.from_bytes(raw[32:])).to_bytes(32)
    return f"{signed}.{urlsafe_b64encode(other).decode()}"


def test_a_token_of_the_former_kind_holds_still() -> None:
    """Those were made with the header typ, and with either signature of the two."""
    version = made.issued()
    now = token(version)
    key = token_keys.open_sealed(bytes(now.key.encrypted_private).decode(), PASSPHRASE)
    header, payload, _ = parts(now.text)
    former = {**jwt.FORMER, "kid": header["kid"]}
    text = jws.serialize_compact(former, json.dumps(payload).encode(), key, algorithms=["ES256"])
    assert [judged(one).state for one in (text, _turned(text))] == [State.VALID] * 2


def test_of_the_two_signatures_the_lower_is_ours() -> None:
    key, _ = token_keys.generate(PASSPHRASE)
    for number in range(20):
        text = jwt.sign_token(str(number).encode(), key=key, kid="did:web:a.example#k")
        assert jwt.read_token(text, lambda _: key) == str(number).encode()
        with pytest.raises(jwt.TokenRefused, match="another way"):
            jwt.read_token(_turned(text), lambda _: key)


@pytest.mark.parametrize("payload", ["[]", "5", "[" * 40_000, '{"a":' * 9_000, "9" * 5_000, '{"iss": null}'])
def test_a_payload_that_is_no_credential_is_told_in_a_sentence(payload: str) -> None:
    now = token(made.issued())
    key = token_keys.open_sealed(bytes(now.key.encrypted_private).decode(), PASSPHRASE)
    text = jwt.sign_token(payload.encode(), key=key, kid=parts(now.text)[0]["kid"])
    assert judged(text).state is State.ALTERED


@pytest.mark.parametrize("name", forged(f"{_packed({'alg': 'ES256', 'kid': 'did:web:x#k'})}.{_packed({})}.{'A' * 85}Q"))
def test_forged_tokens_are_refused(name: str) -> None:
    outcome = judged(forged(token(made.issued()).text)[name])
    assert (outcome.state, [check.name for check in outcome.checks]) == (State.ALTERED, ["signature"])


def test_its_key_is_published_retired_and_compromised_with_the_signing_key() -> None:
    version = made.issued()
    text = token(version).text
    actions.create_key(passphrase=PASSPHRASE, by=BY, at=LATER)
    assert judged(text).state is State.VALID
    other = token(made.issued("Ana Li", by_key=open_issuer_key(PASSPHRASE)))
    assert TokenKey.objects.count() == 2
    actions.mark_compromised(key=SigningKey.objects.earliest("created_at", "id"), by=BY, at=LATER)
    actions.publish_list(key=open_issuer_key(PASSPHRASE), by=BY, at=LATER)
    assert (judged(text).state, judged(other.text).state) == (State.KEY_NOT_TRUSTED, State.VALID)


def test_a_sealed_key_opens_with_its_passphrase_only() -> None:
    key, sealed = token_keys.generate(PASSPHRASE)
    assert token_keys.open_sealed(sealed, PASSPHRASE).as_dict(private=True)["d"] == key.as_dict(private=True)["d"]
    with pytest.raises(keys.KeySealed):
        token_keys.open_sealed(sealed, "wrong")


def test_a_holder_downloads_it(settings: LazySettings) -> None:
    settings.CECTO_KEY_PASSPHRASE = PASSPHRASE
    version = made.issued()
    holder = browser(None, who=version.credential.decision.enrollment.person)
    answer = holder.post(reverse("credentials:token", args=[codes.printed(version.code)]))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/vc+jwt", "private, no-store")
    assert answer.content.decode() == Token.objects.get(version=version, made_at__gte=AT).text
