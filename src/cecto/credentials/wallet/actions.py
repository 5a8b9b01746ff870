"""Offer a certificate to the holder's wallet, and hand it over.

The credential is handed over as it was issued, not signed anew for the wallet's key: a new version would revoke the one
on paper, and a holder with two wallets would lose the first. Whom it is about stands in it by name.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from cecto.credentials.actions import CredentialRefused
from cecto.credentials.models import CredentialVersion, WalletOffer
from cecto.credentials.wallet.presentation import wallet_of
from cecto.credentials.wallet.queries import NoSuchOffer, hashed, open_offer
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor

OFFERED_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer and the secret of its address, which is kept nowhere."""

    offer: WalletOffer
    secret: str


@transaction.atomic
def offer(*, version: CredentialVersion, by: Actor, at: datetime) -> Offered:
    """Offer a version that holds to a wallet, once and for ten minutes; earlier offers of it are withdrawn.

    Raises CredentialRefused.
    """
    if hasattr(version, "revocation"):
        raise CredentialRefused("This certificate was revoked or replaced, so it is offered to no wallet.")
    WalletOffer.objects.filter(version=version, handed_at=None).delete()
    secret = secrets.token_urlsafe(24)
    made = WalletOffer.objects.create(
        version=version,
        secret_sha256=hashed(secret),
        challenge=secrets.token_urlsafe(24),
        offered_at=at,
        expires_at=at + OFFERED_FOR,
    )
    _journal("credentials.offer-to-wallet", version, by=by, at=at)
    return Offered(made, secret)


@transaction.atomic
def hand_over(*, secret: str, presentation: object, domain: str, by: Actor, at: datetime) -> CredentialVersion:
    """Take a wallet's presentation for an offer, and use the offer up: the version it was for is the wallet's to keep.

    Raises NoSuchOffer, presentation.PresentationRefused.
    """
    found = open_offer(secret, at=at)
    wallet = wallet_of(presentation, challenge=found.challenge, domain=domain)
    if WalletOffer.objects.filter(pk=found.pk, handed_at=None).update(handed_at=at, wallet=wallet) != 1:
        raise NoSuchOffer
    _journal("credentials.hand-to-wallet", found.version, by=by, at=at)
    return found.version


def _journal(action: str, version: CredentialVersion, *, by: Actor, at: datetime) -> None:
    cohort = version.credential.decision.enrollment.cohort
    subject = ("credential", version.credential.key)
    record(action, by=by, at=at, subject=subject, class_key=cohort.key, code=version.code)
