"""What staff say about a past award."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cecto.credentials.models import Statement
from cecto.credentials.recorded.said import Said
from cecto.people.models import Organization
from cecto.people.queries import NoSuchOrganization, NoSuchPerson, organization_called, person_called


class AwardForm(forms.Form):
    """One award, as its source states it."""

    name = forms.CharField(label=_("Name, as the source writes it"), max_length=300)
    class_label = forms.CharField(label=_("Class"), max_length=60, help_text=_("As the source calls it, like 2014-15."))
    track = forms.CharField(label=_("Track"), max_length=60, help_text=_("Like Technology directors."))
    district = forms.CharField(
        label=_("District"), required=False, max_length=300, help_text=_("Its name or LEA code, if the source says it.")
    )
    awarded = forms.CharField(
        label=_("Awarded"), max_length=10, help_text=_("As exactly as the source says it: 2010, 2010-11 or 2010-11-09.")
    )
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Where this is stated: a list, a program, an address.")
    )

    another = forms.BooleanField(
        label=_("It is another award than the one recorded already"), required=False, widget=forms.HiddenInput
    )

    def ask_whether_another(self) -> None:
        """Show the box by which somebody says that it is another award than one like it."""
        self.fields["another"].widget = forms.CheckboxInput()

    def clean_district(self) -> Organization | None:
        """The organization that is meant."""
        try:
            return organization_called(self.cleaned_data["district"]) if self.cleaned_data["district"] else None
        except NoSuchOrganization as error:
            raise forms.ValidationError(str(error)) from error

    @property
    def said(self) -> Said:
        """What the form says."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "another"}
        return Said(organization=told.pop("district"), **told)

    @staticmethod
    def of(row: Statement) -> dict[str, Any]:
        """What the form shows of a statement."""
        district = (row.organization.code or row.organization.name) if row.organization else ""
        fields = ("name", "class_label", "track", "awarded", "source")
        return {field: getattr(row, field) for field in fields} | {"district": district}


class HolderForm(forms.Form):
    """Whose award it is."""

    person = forms.CharField(
        label=_("Person"),
        required=False,
        max_length=300,
        help_text=_("E-mail address or full name of someone known here; empty when nobody is."),
    )

    def clean_person(self) -> Any:
        """The person that is meant, or None."""
        try:
            return person_called(self.cleaned_data["person"]) if self.cleaned_data["person"] else None
        except NoSuchPerson as error:
            raise forms.ValidationError(str(error)) from error


class ErasureForm(forms.Form):
    """The person's request to be erased."""

    asked = forms.BooleanField(
        label=_("The person asked for it in writing, and I know that the name cannot be brought back"),
    )


class RetractionForm(forms.Form):
    """Why an award is listed no more, in words for the public."""

    wording = forms.CharField(label=_("Reason, as the public reads it"), max_length=300)
