"""What a coordinator hands in: the file, then the word to go ahead."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class RosterFile(forms.Form):
    """The roster to preview."""

    file = forms.FileField(
        label=_("Roster"),
        help_text=_("CSV or XLSX, at most 10 MB, one person in a row."),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"}),
    )


class Acceptance(forms.Form):
    """The preview that is accepted, by its fingerprint."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
