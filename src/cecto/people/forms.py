"""Forms of signing in, where allauth's own would leave the better choice to the reader."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from cecto.people.addresses import AddressRefused, written_address
from cecto.people.queries import account_opened_by
from cecto.people.sign_in import REMEMBER, AccountAdapter

TOO_MANY_CODES = _("Too many codes requested. Wait a minute, then ask for one new code.")


class SignIn(LoginForm):  # type: ignore[misc]
    """The address that a code goes to: one that is proven to be a person's, or the one their program has for them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email address")
        self.fields["remember"].label = _("Keep me signed in on this device for two weeks")
        self.fields["remember"].help_text = _("Leave it empty on a computer that other people use.")

    def clean_login(self) -> str:
        """The address as it is kept, so that the code never goes to one that only looks like it."""
        try:
            return written_address(super().clean_login()).lower()
        except AddressRefused as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Whose account it opens, if any: allauth asks its own list of addresses, which we do not keep."""
        cleaned: dict[str, Any] = super().clean()
        if str(AccountAdapter.error_messages["too_many_login_attempts"]) in self.errors.get("login", []):
            del self.errors["login"]
            self.add_error("login", TOO_MANY_CODES)
        self.user = account_opened_by(cleaned["login"]) if "login" in cleaned else None
        return cleaned

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Send the code, and keep until it comes back whether to remember the device."""
        request.session[REMEMBER] = self.cleaned_data["remember"]
        response: HttpResponse = super().login(request, redirect_url)
        return response


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A key to add; one that can sign in by itself unless the box is cleared."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("To tell it from your others, like “office laptop”.")
        box = self.fields["passwordless"]
        box.initial = True
        box.label = _("Let it sign me in by itself, without a code")
        box.help_text = _("Clear the box for a security key without fingerprint or PIN.")
