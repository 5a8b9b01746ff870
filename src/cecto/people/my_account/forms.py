"""Forms of a person's own account."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cecto.people.addresses import AddressRefused, written_address


class NewAddress(forms.Form):
    """An address to prove."""

    address = forms.CharField(
        label=_("Add an email address"),
        help_text=_("We email a code to it. Once you enter the code, you can sign in with this address too."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_address(self) -> str:
        """The address as it is kept."""
        try:
            return written_address(self.cleaned_data["address"])
        except AddressRefused as error:
            raise ValidationError(str(error)) from error


class Code(forms.Form):
    """The code that came to the address."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off"}),
    )
