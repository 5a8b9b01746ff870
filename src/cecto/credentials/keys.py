"""Signing keys: made, sealed at rest, opened to sign.

Everything that signs takes a `Signer`; a hardware module or a remote service replaces `LocalSigner` and nothing else.
At rest a private key is the 32-byte Ed25519 seed under AES-256-GCM, the key stretched from a passphrase by scrypt
(RFC 7914), the public key bound as associated data so that a sealed key cannot be passed off as another.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from typing import Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from cecto.credentials.multikey import encode_public

SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**15, 8, 1


class KeySealed(Exception):
    """The sealed private key cannot be opened: wrong passphrase, or the text is damaged."""


class Signer(Protocol):
    """What signs. `public_key` is the 32 raw bytes, `sign` returns the 64-byte Ed25519 signature (RFC 8032)."""

    @property
    def public_key(self) -> bytes: ...

    def sign(self, message: bytes) -> bytes: ...


class LocalSigner:
    """A private key held in this process's memory."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._public = self._key.public_key().public_bytes_raw()

    @property
    def public_key(self) -> bytes:
        return self._public

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the signature over the message is this key's.

    The library refuses S ≥ L and second encodings of R (RFC 8032 §5.1.7), so nobody can make another of a signature.
    """
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def generate(passphrase: str) -> tuple[str, str]:
    """Make a key. Returns (public Multikey text, private key sealed under the passphrase)."""
    seed = secrets.token_bytes(32)
    return encode_public(LocalSigner(seed).public_key), seal(seed, passphrase)


def seal(seed: bytes, passphrase: str) -> str:
    """Encrypt a 32-byte seed to JSON text that `open_sealed` reads. Raises ValueError for an empty passphrase."""
    return seal_box(seed, LocalSigner(seed).public_key, passphrase)


def open_sealed(sealed: str, passphrase: str) -> LocalSigner:
    """Decrypt a sealed key to a signer (about 80 ms). Raises KeySealed."""
    public, seed = open_box(sealed, passphrase)
    signer = LocalSigner(seed)
    if signer.public_key != public:
        raise KeySealed("the stored signing key is damaged: its public part is another key's")
    return signer


def seal_box(secret: bytes, public: bytes, passphrase: str) -> str:
    """Encrypt a secret to JSON text that `open_box` reads, bound to what is public of it.

    Raises ValueError for an empty passphrase.
    """
    if not passphrase:
        raise ValueError("a signing key needs a passphrase: set CECTO_KEY_PASSPHRASE")
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    box = AESGCM(_stretch(passphrase, salt)).encrypt(nonce, secret, public)
    parts = {"public": public, "salt": salt, "nonce": nonce, "box": box}
    encoded = {name: base64.b64encode(part).decode() for name, part in parts.items()}
    return json.dumps({"seal": "scrypt-aes256gcm-1", **encoded})


def open_box(sealed: str, passphrase: str) -> tuple[bytes, bytes]:
    """Decrypt what `seal_box` made: what is public, and the secret (about 80 ms). Raises KeySealed."""
    try:
        parts = json.loads(sealed)
        public, salt, nonce, box = (base64.b64decode(parts[name]) for name in ("public", "salt", "nonce", "box"))
        return public, AESGCM(_stretch(passphrase, salt)).decrypt(nonce, box, public)
    except InvalidTag:
        raise KeySealed("the passphrase does not open this signing key: check CECTO_KEY_PASSPHRASE") from None
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise KeySealed("the stored signing key is damaged: restore it from a backup") from None


def _stretch(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P).derive(passphrase.encode())
