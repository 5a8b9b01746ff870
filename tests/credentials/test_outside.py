"""Certificates signed by a program of somebody else's, which keeps the key: the one that the page about keys shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from cecto.credentials import actions, did, proofs, queries
from cecto.credentials.models import CredentialVersion, SigningKey
from cecto.credentials.multikey import encode_public
from cecto.credentials.outside import OutsideRefused, OutsideSigner
from cecto.credentials.signing import NotReadyToIssue, open_issuer_key
from tests.credentials import made
from tests.credentials.made import AT, BY, PASSPHRASE

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "keep-signing-keys.md"
KEY = Ed25519PrivateKey.from_private_bytes(b"\x55" * 32)
MULTIKEY = encode_public(KEY.public_key().public_bytes_raw())


@pytest.fixture
def program(tmp_path: Path) -> str:
    """The program of the page, with a key in a file."""
    (script,) = re.findall(r"```sh\n(#!.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    pem = tmp_path / "signing.pem"
    pem.write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    path = tmp_path / "sign-for-cecto"
    path.write_text(script.replace("/etc/cecto/signing.pem", str(pem)))
    path.chmod(0o700)
    return str(path)


def script(folder: Path, lines: str) -> str:
    path = folder / "other"
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o700)
    return str(path)


def test_it_signs_with_the_key_it_names(program: str) -> None:
    signer = OutsideSigner(program, MULTIKEY)
    assert signer.public_key == KEY.public_key().public_bytes_raw()
    for message in (b"x" * 64, b"\x00\xff" * 5000):
        assert signer.sign(message) == KEY.sign(message)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("echo locked >&2; exit 3", "refused: locked"),
        ("exit 4", "refused: 4"),
        ("cat", "did not sign with the key z6Mk"),
        ("head -c 64 /dev/zero", "did not sign with the key z6Mk"),
    ],
)
def test_what_does_not_sign_is_told(tmp_path: Path, lines: str, sentence: str) -> None:
    with pytest.raises(OutsideRefused, match=sentence):
        OutsideSigner(script(tmp_path, lines), MULTIKEY).sign(b"x" * 64)
    with pytest.raises(OutsideRefused, match="cannot be run"):
        OutsideSigner(str(tmp_path / "nowhere"), MULTIKEY).sign(b"x")


@pytest.mark.django_db
def test_certificates_are_signed_outside_and_hold(
    program: str, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CECTO_KEY_PASSPHRASE, settings.CECTO_SIGNER = PASSPHRASE, program
    made.key()
    call_command("key", "outside", MULTIKEY)
    assert f"{MULTIKEY} " in capsys.readouterr().out
    version = made.issued(by_key=open_issuer_key(PASSPHRASE))
    method = proofs.check(json.loads(version.document), lambda name: did.find_key(queries.did_document(), name))
    assert method == f"did:web:cecto.example.org#{MULTIKEY}"
    assert bytes(SigningKey.objects.get(retired_at=None).encrypted_private) == b""


@pytest.mark.django_db
def test_without_a_program_that_signs_nothing_changes(tmp_path: Path, settings: LazySettings) -> None:
    settings.CECTO_KEY_PASSPHRASE = PASSPHRASE
    key = made.key()
    settings.CECTO_SIGNER = script(tmp_path, "exit 1")
    for word, refusal in ((MULTIKEY, "Nothing was signed"), ("z6Mkx", "no public Ed25519 key")):
        with pytest.raises(CommandError, match=refusal):
            call_command("key", "outside", word)
    with pytest.raises(CommandError, match="is or was in use"):
        call_command("key", "outside", key.row.public_multibase)
    assert SigningKey.objects.get().retired_at is None


@pytest.mark.django_db
def test_a_program_that_stops_signing_leaves_no_half_certificate(
    program: str, tmp_path: Path, settings: LazySettings
) -> None:
    settings.CECTO_SIGNER = program
    made.key()
    actions.use_outside_key(multikey=MULTIKEY, by=BY, at=AT)
    decision = made.decision()
    settings.CECTO_SIGNER = script(tmp_path, "exit 1")
    with pytest.raises(actions.CredentialRefused, match="Nothing was signed"):
        actions.issue(decision=decision, key=open_issuer_key(PASSPHRASE), by=BY, at=AT)
    assert CredentialVersion.objects.count() == 0
    settings.CECTO_SIGNER = ""
    with pytest.raises(NotReadyToIssue, match="CECTO_SIGNER"):
        open_issuer_key(PASSPHRASE)
