"""The second factor of staff: what allauth keeps of it is encrypted at rest."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from cecto.foundation import clock
from cecto.people.models import Account
from cecto.people.viewer import viewer_of


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Encrypts secrets with a key drawn from the installation's secret key (HKDF, RFC 5869), and names the person."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def is_mfa_enabled(self, user: Account | AnonymousUser, types: list[str] | None = None) -> bool:
        """Whether a second step is asked for. Who has no role chooses it by an app; their passkey is another way in."""
        if isinstance(user, Account) and not viewer_of(user, at=clock.now()).is_staff:
            app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
            if not app.exists():
                return False
        return bool(super().is_mfa_enabled(user, types=types))

    def generate_authenticator_name(self, user: Account, type: str) -> str:  # noqa: A002 - allauth's name for it
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)d") % {"number": count + 1} if count else _("Passkey")

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, object]:
        entity: dict[str, object] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.person.name if user.person else user.email}


def _box() -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"cecto second factor").derive(settings.SECRET_KEY.encode())
    return Fernet(urlsafe_b64encode(key))
