"""Keys at rest and in use."""

from __future__ import annotations

import json

import pytest

from cecto.credentials import keys
from cecto.credentials.multikey import decode_public


def test_a_sealed_key_opens_and_signs_as_the_published_one() -> None:
    public, sealed = keys.generate("correct horse")
    signer = keys.open_sealed(sealed, "correct horse")
    assert signer.public_key == decode_public(public)
    assert keys.verify(signer.public_key, b"words", signer.sign(b"words"))
    assert not keys.verify(signer.public_key, b"other words", signer.sign(b"words"))


def test_signatures_are_those_of_rfc_8032() -> None:
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    signature = keys.LocalSigner(seed).sign(b"")
    assert signature.hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")


def test_the_private_part_is_not_readable_at_rest() -> None:
    seed = b"\x11" * 32
    assert seed.hex() not in keys.seal(seed, "x")
    assert "EREREREREREREREREREREREREREREREREREREREREQ" not in keys.seal(seed, "x")


def test_a_wrong_passphrase_is_refused() -> None:
    with pytest.raises(keys.KeySealed, match="passphrase"):
        keys.open_sealed(keys.seal(b"\x11" * 32, "right"), "wrong")


def test_a_sealed_key_cannot_be_passed_off_as_another() -> None:
    mine, theirs = json.loads(keys.seal(b"\x11" * 32, "x")), json.loads(keys.seal(b"\x22" * 32, "x"))
    with pytest.raises(keys.KeySealed):
        keys.open_sealed(json.dumps(mine | {"public": theirs["public"]}), "x")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"public": 1}', "null"])
def test_a_damaged_key_says_so(text: str) -> None:
    with pytest.raises(keys.KeySealed, match="damaged"):
        keys.open_sealed(text, "x")


def test_a_key_needs_a_passphrase() -> None:
    with pytest.raises(ValueError, match="CECTO_KEY_PASSPHRASE"):
        keys.generate("")


ORDER, PRIME = 2**252 + 27742317777372353535851937790883648493, 2**255 - 19


def test_nobody_makes_another_signature_of_one() -> None:
    """S + L, and a second encoding of R where it has one, hold in the equation; RFC 8032 §5.1.7 refuses both."""
    signer = keys.LocalSigner(b"\x11" * 32)
    signature = signer.sign(b"words")
    s = int.from_bytes(signature[32:], "little")
    for other in (s + ORDER, s + 2 * ORDER, s + 15 * ORDER):
        assert not keys.verify(signer.public_key, b"words", signature[:32] + (other % 2**256).to_bytes(32, "little"))
    for y in range(19):
        for sign in (0, 1 << 255):
            second = (PRIME + y | sign).to_bytes(32, "little")
            assert not keys.verify(signer.public_key, b"words", second + signature[32:])
