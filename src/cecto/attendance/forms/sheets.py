"""The scan of a signed sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cecto.foundation.papers import Paper


class SignedSheetForm(forms.Form):
    """A photo, which a phone takes at once, or a file; one of them is enough, and both are kept."""

    photo = forms.FileField(
        label=_("Photo of the signed sheet"),
        required=False,
        max_length=300,
        help_text=_("A phone opens its camera. Lay the sheet flat, with every signature in the picture."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
    scan = forms.FileField(
        label=_("Or a file"),
        required=False,
        max_length=300,
        help_text=_("PDF, PNG or JPEG, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def clean(self) -> dict[str, Any]:
        """At least one of them was sent."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(given.values()):
            raise forms.ValidationError(_("Take a photo or choose a file first."))
        return given

    def papers(self) -> list[Paper]:
        """What was sent."""
        files: list[UploadedFile[Any] | None] = [self.cleaned_data["photo"], self.cleaned_data["scan"]]
        return [Paper(file.read(), file.name or "sheet") for file in files if file]
