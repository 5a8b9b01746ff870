"""What a holder lets the registry list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cecto.credentials.listing.queries import FIELDS
from cecto.credentials.models import Listing


class ListingForm(forms.Form):
    """Name and program are listed with any yes; the rest is by choice. Staff name the holder's written request."""

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
    request = forms.CharField(
        label=_("The holder’s written request"),
        max_length=300,
        help_text=_("What it is and of which day, like “letter of May 2, 2016”."),
    )

    def __init__(self, *args: Any, staff: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not staff:
            del self.fields["request"]

    @property
    def chosen(self) -> frozenset[str]:
        """The fields to list besides name and program."""
        return frozenset(field for field in FIELDS if self.cleaned_data[field])

    @staticmethod
    def of(row: Listing | None) -> dict[str, bool]:
        """What the form shows of a listing."""
        return {"listed": row is not None} | {field: bool(row and getattr(row, field)) for field in FIELDS}
