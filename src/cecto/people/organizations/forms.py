"""What staff say about organizations."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cecto.people.models import Organization

_CHOICES = [(kind.value, kind.label) for kind in Organization.Kind]


class OrganizationSearch(forms.Form):
    """Which organizations to show."""

    q = forms.CharField(label=_("Name, LEA code or county"), required=False, max_length=100)


class NewOrganization(forms.Form):
    """A charter school, partner or other organization to add."""

    kind = forms.ChoiceField(label=_("Kind"), choices=_CHOICES, initial=Organization.Kind.CHARTER)
    name = forms.CharField(label=_("Name"), max_length=300)
    code = forms.CharField(
        label=_("LEA code"), required=False, max_length=12, help_text=_("Like 01A, for those that have one.")
    )
    county = forms.CharField(label=_("County"), required=False, max_length=80, help_text=_("Like Wake."))


class NewAlias(forms.Form):
    """Another name an organization goes by."""

    name = forms.CharField(label=_("Another name"), max_length=300)
    source = forms.CharField(
        label=_("Who says so"), max_length=200, help_text=_("Like “its website, 2024” or “roster of 2016”.")
    )
