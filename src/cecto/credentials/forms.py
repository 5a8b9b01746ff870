"""The shape of what people hand in about certificates."""

from __future__ import annotations

from typing import Any

from django import forms

from cecto.credentials import codes, examining
from cecto.credentials.reasons import FOR_GOOD
from cecto.credentials.uploads import LARGEST


class CodeForm(forms.Form):
    """The code printed on a certificate, however typed, or the address of its page; a mistyped one is told at once."""

    code = forms.CharField(
        label="Code on the certificate",
        help_text="Twelve letters and digits, like 7K3M-9TQX-2B4F. Capitals and hyphens do not matter.",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        """The code as it is stored."""
        try:
            return codes.read(examining.code_in(self.cleaned_data["code"]))
        except (codes.CodeMistyped, examining.OtherAddress) as error:
            raise forms.ValidationError(str(error)) from error


class FileForm(forms.Form):
    """A certificate as PDF, or the credential as JSON."""

    file = forms.FileField(
        label="Certificate file",
        help_text="The PDF you were given, the badge, or the digital certificate (JSON).",
        # What an empty file is told, `examining` tells, as of every other.
        allow_empty_file=True,
    )

    def clean_file(self) -> bytes:
        """The bytes, one more at most than any certificate has."""
        return bytes(self.cleaned_data["file"].read(LARGEST + 1))


class RevokeForm(forms.Form):
    """Why a certificate is revoked, and what everyone may read of it."""

    reason = forms.ChoiceField(label="Reason", choices=list(FOR_GOOD.items()))
    wording = forms.CharField(
        label="What the public reads instead",
        required=False,
        max_length=300,
        help_text="Leave empty to use the reason’s own words. Nothing personal belongs here.",
    )


class ReviewForm(forms.Form):
    """What a second person decides about a request to revoke."""

    REVOKE, KEEP = "revoke", "keep"
    decision = forms.ChoiceField(
        label="Your decision",
        choices=[(REVOKE, "Revoke it for good"), (KEEP, "Keep it valid, and drop the request")],
        widget=forms.RadioSelect,
    )


class StatementForm(forms.Form):
    """The period of a statement of contact hours, and what goes on it besides."""

    since = forms.DateField(
        label="First day",
        help_text="For an educator’s license, the first day of its five-year cycle.",
        widget=forms.DateInput({"type": "date"}),
    )
    last_day = forms.DateField(label="Last day", widget=forms.DateInput({"type": "date"}))
    as_of = forms.DateField(
        label="As recorded on",
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text="Leave empty for today.",
    )
    split = forms.BooleanField(label="Say the competencies", required=False, initial=True)
    license_number = forms.CharField(
        label="License number",
        required=False,
        max_length=40,
        help_text="It is printed on the statement and kept nowhere.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    reasons = forms.BooleanField(
        label="Say why each exception was granted",
        required=False,
        help_text="Exceptions are listed with who allowed them and since when. The reason may be private.",
    )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        given: dict[str, Any] = super().clean() or {}
        since, last_day = given.get("since"), given.get("last_day")
        if since and last_day and last_day < since:
            self.add_error("last_day", "The last day is before the first.")
        return given


class MonthsForm(forms.Form):
    """How far ahead to look for certificates that end."""

    within = forms.IntegerField(label="Months ahead", min_value=0, max_value=60, initial=12)

    def months(self) -> int:
        """The months asked for; twelve unless others are asked for rightly."""
        return int(self.cleaned_data["within"]) if self.is_bound and self.is_valid() else 12
