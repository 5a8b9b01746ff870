"""The issuer's key in use: the one place where this program signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from cecto.credentials import did, proofs
from cecto.credentials.canonical import JSON
from cecto.credentials.keys import Signer, open_sealed
from cecto.credentials.models import Issuer, SigningKey
from cecto.credentials.outside import OutsideSigner


class NotReadyToIssue(Exception):
    """There is no issuer or no key to sign with; the message says what to do."""


@dataclass(frozen=True)
class IssuerKey:
    """The issuer, its key in use, and what signs with it."""

    issuer: Issuer
    row: SigningKey
    signer: Signer

    def sign(self, document: JSON, *, at: datetime) -> JSON:
        """Return the document with the issuer's proof. Raises canonical.Unsafe."""
        method = did.method_of(self.issuer.did, self.row.fragment)
        return proofs.sign(document, signer=self.signer, method=method, created=at)


def the_issuer() -> Issuer:
    """Return this installation's issuer. Raises NotReadyToIssue."""
    issuer = Issuer.objects.first()
    if issuer is None:
        raise NotReadyToIssue(
            "This installation has no issuer yet. Set CECTO_URL to its public https address, then run: cecto init"
        )
    return issuer


def open_issuer_key(passphrase: str) -> IssuerKey:
    """Open the newest key that is neither retired nor compromised (about 80 ms); one kept elsewhere signs outside.

    Raises NotReadyToIssue; keys.KeySealed when the passphrase does not open it.
    """
    issuer = the_issuer()
    row = SigningKey.objects.filter(retired_at=None, compromised_at=None).order_by("-created_at", "-id").first()
    if row is None:
        raise NotReadyToIssue("There is no signing key in use. Make one: cecto key rotate")
    sealed = bytes(row.encrypted_private).decode()
    return IssuerKey(issuer, row, open_sealed(sealed, passphrase) if sealed else _outside(row))


def _outside(row: SigningKey) -> Signer:
    if not settings.CECTO_SIGNER:
        raise NotReadyToIssue("The key in use is kept outside. Set CECTO_SIGNER to the program that signs with it.")
    return OutsideSigner(settings.CECTO_SIGNER, row.public_multibase)
