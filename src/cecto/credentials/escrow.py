"""The passphrase in escrow: three sheets of twenty words, any two of which give it back and one says nothing.

The passphrase is sealed (AES-128-GCM) under a random key, and that key is
divided by Shamir's scheme into the words of SLIP-0039, which carry their own checksum: a misread word is told.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

SHEETS, ENOUGH = 3, 2
KEY_BYTES, NONCE_BYTES = 16, 12
PURPOSE = b"cecto passphrase escrow"


class EscrowRefused(Exception):
    """The words do not give the passphrase back; the message says what to look at."""


def divide(passphrase: str) -> tuple[str, list[str]]:
    """Return (the sealed passphrase, which is no secret, and the words of each sheet). Raises ValueError if empty."""
    if not passphrase:
        raise ValueError("there is no passphrase to put into escrow")
    key, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES)
    box = AESGCM(key).encrypt(nonce, passphrase.encode(), PURPOSE)
    encoded = {name: base64.b64encode(part).decode() for name, part in {"nonce": nonce, "box": box}.items()}
    (sheets,) = generate_mnemonics(1, [(ENOUGH, SHEETS)], key)
    return json.dumps({"seal": "slip39-aes128gcm-1", **encoded}), sheets


def recover(sealed: str, sheets: list[str]) -> str:
    """Return the passphrase from two sheets' words, however they are spaced or numbered. Raises EscrowRefused."""
    read = [" ".join(word for word in sheet.lower().split() if word.isalpha()) for sheet in sheets]
    try:
        key = combine_mnemonics(read)
    except MnemonicError as error:
        raise EscrowRefused(
            f"The words do not fit together: {error} Compare them with the sheets once more."
        ) from error
    try:
        parts = json.loads(sealed)
        nonce, box = base64.b64decode(parts["nonce"]), base64.b64decode(parts["box"])
        return AESGCM(key).decrypt(nonce, box, PURPOSE).decode()
    except InvalidTag:
        raise EscrowRefused("These sheets are of another escrow: look at the date on them.") from None
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise EscrowRefused("What the sheets open is damaged: restore the database from a backup.") from None
