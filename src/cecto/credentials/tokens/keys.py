"""The P-256 key beside a signing key: it signs tokens, and is retired and compromised with it."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec
from joserfc.jwk import ECKey

from cecto.credentials.keys import KeySealed, open_box, seal_box

SECRET_BYTES = 32


def generate(passphrase: str) -> tuple[ECKey, str]:
    """Make a key. Returns it, and its private part sealed under the passphrase."""
    private = ec.generate_private_key(ec.SECP256R1())
    key = ECKey.import_key(private)
    secret = private.private_numbers().private_value.to_bytes(SECRET_BYTES)
    return key, seal_box(secret, key.thumbprint().encode(), passphrase)


def open_sealed(sealed: str, passphrase: str) -> ECKey:
    """The key of a sealed text (about 80 ms). Raises KeySealed."""
    thumbprint, secret = open_box(sealed, passphrase)
    key = ECKey.import_key(ec.derive_private_key(int.from_bytes(secret), ec.SECP256R1()))
    if key.thumbprint().encode() != thumbprint:
        raise KeySealed("the stored signing key is damaged: its public part is another key's")
    return key
