"""What every write of the register of certificates shares: its refusal, its turn, and its signature."""

from __future__ import annotations

from datetime import datetime

from cecto.credentials.canonical import JSON, Unsafe
from cecto.credentials.models import CredentialVersion, Issuer
from cecto.credentials.outside import OutsideRefused
from cecto.credentials.signing import IssuerKey, the_issuer


class CredentialRefused(Exception):
    """A credential that may not be issued, corrected, revoked or reinstated; the message says why and what to do."""


def take_turn() -> None:
    """Let one write of the register go at a time, until the transaction ends. Raises NotReadyToIssue.

    Two revocations could else publish lists that each lack the other.
    """
    if Issuer.objects.select_for_update().first() is None:
        the_issuer()


def refuse_gone(version: CredentialVersion, what: str) -> None:
    """Raise CredentialRefused when a version holds no more or its content was erased: no `what` is made of it then."""
    if hasattr(version, "revocation"):
        raise CredentialRefused(f"This certificate was revoked or replaced, so no {what} is made of it.")
    if version.erased:
        raise CredentialRefused(f"This certificate was erased on the holder’s request, so no {what} is made of it.")


def signed(document: JSON, key: IssuerKey, at: datetime) -> JSON:
    """The document with the issuer's proof.

    Raises CredentialRefused when it would not be read alike everywhere, and when the signer refuses.
    """
    try:
        return key.sign(document, at=at)
    except Unsafe as error:
        raise CredentialRefused(f"This credential would not read the same everywhere: {error}.") from error
    except OutsideRefused as error:
        raise CredentialRefused(f"Nothing was signed. {error}") from error
