"""Signing by a program outside this process: a hardware module, a cloud key service, another machine.

The program gets the key's Multikey text as its only argument and the message on standard input, and writes the 64 bytes
of the Ed25519 signature (RFC 8032) to standard output. The private key never comes here.
"""

from __future__ import annotations

import shlex
import subprocess

from cecto.credentials.keys import verify
from cecto.credentials.multikey import decode_public

SECONDS = 30


class OutsideRefused(Exception):
    """The program outside did not sign; the message says what it said."""


class OutsideSigner:
    """A key that a program keeps: `keys.Signer` by running that program once for each signature."""

    def __init__(self, program: str, multikey: str) -> None:
        self._words = [*shlex.split(program), multikey]
        self._public = decode_public(multikey)

    @property
    def public_key(self) -> bytes:
        return self._public

    def sign(self, message: bytes) -> bytes:
        """Have the message signed, and check that it was, by that key. Raises OutsideRefused."""
        try:
            done = subprocess.run(self._words, input=message, capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise OutsideRefused(f"The signer {self._words[0]} cannot be run: {error}") from error
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip()
            raise OutsideRefused(f"The signer {self._words[0]} refused: {said[:300] or done.returncode}")
        if not verify(self._public, message, done.stdout):
            raise OutsideRefused(f"The signer {self._words[0]} did not sign with the key {self._words[-1]}.")
        return done.stdout
