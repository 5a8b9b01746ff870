"""Forms of signing in, where allauth's own would leave the better choice to the reader."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A key to add; one that can sign in by itself unless the box is cleared."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("To tell it from your others, like “office laptop”.")
        box = self.fields["passwordless"]
        box.initial = True
        box.label = _("Let it sign me in by itself, without a code")
        box.help_text = _("Clear the box for a security key without fingerprint or PIN.")
