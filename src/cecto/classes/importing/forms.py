"""What a coordinator hands in: the file, then the word to go ahead."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class FileForm(forms.Form):
    """The file to preview."""

    file = forms.FileField(max_length=200, widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"}))

    def __init__(self, *args: Any, label: str, row: str) -> None:
        super().__init__(*args)
        self.fields["file"].label = label
        self.fields["file"].help_text = _("CSV or XLSX, at most 10 MB, %(row)s.") % {"row": row}


class Acceptance(forms.Form):
    """The preview that is accepted, by its fingerprint."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
