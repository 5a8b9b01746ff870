"""What stands for a guest link in an address: signed, so that nothing secret need be stored."""

from __future__ import annotations

from datetime import datetime

from django.core import signing

from cecto.attendance.models import GuestLink

_SALT = "cecto.guest-link"


def token_of(link: GuestLink) -> str:
    """The token to put in the guest's address."""
    return signing.Signer(salt=_SALT).sign(link.key)


def link_of(token: str, *, at: datetime) -> GuestLink | None:
    """The link behind a token, or None for one that we did not make or that has ended."""
    try:
        key = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return None
    return GuestLink.objects.select_related("meeting").filter(key=key, ends_at__gt=at).first()
