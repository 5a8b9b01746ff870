"""What a holder lets the registry list."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cecto.credentials.listing.actions import Asked
from cecto.credentials.listing.queries import FIELDS
from cecto.credentials.models import Listing
from cecto.foundation.papers import Paper


class ListingForm(forms.Form):
    """Name and program are listed with any yes; the rest is by choice."""

    listed = forms.BooleanField(
        label=_("List my name and the program"),
        required=False,
        help_text=_("With it goes whether the certificate holds or has expired."),
    )
    class_label = forms.BooleanField(label=_("and the class"), required=False)
    track = forms.BooleanField(label=_("and the track"), required=False)
    district = forms.BooleanField(label=_("and the district I worked for then"), required=False)
    year = forms.BooleanField(label=_("and the year"), required=False)
    verification = forms.BooleanField(
        label=_("and a link by which anyone can verify it"),
        required=False,
        help_text=_("That page shows everything the certificate shows."),
    )

    @property
    def chosen(self) -> frozenset[str]:
        """The fields to list besides name and program."""
        return frozenset(field for field in FIELDS if self.cleaned_data[field])

    @staticmethod
    def of(row: Listing | None) -> dict[str, bool]:
        """What the form shows of a listing."""
        return {"listed": row is not None} | {field: bool(row and getattr(row, field)) for field in FIELDS}


class RequestForm(ListingForm):
    """What a holder without an account wrote: who asked, when, the letter, and what may be listed from now on."""

    asked_by = forms.CharField(label=_("Who asked"), max_length=300, help_text=_("The name under the letter."))
    asked_on = forms.DateField(label=_("Date of the letter"), widget=forms.DateInput({"type": "date"}))
    letter = forms.FileField(
        label=_("The letter"),
        max_length=300,
        help_text=_("As PDF, PNG or JPEG, at most 10 MB. It is kept as evidence."),
    )
    field_order = ("asked_by", "asked_on", "letter")

    @property
    def asked(self) -> Asked:
        """The request."""
        told = self.cleaned_data
        return Asked(told["asked_by"], told["asked_on"], Paper(told["letter"].read(), told["letter"].name))
