"""What administrators say about people."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cecto.people.models import Affiliation, OfficeSeat, Person, Role, RoleGrant

_DAY = {"type": "date"}


def _date(label: object, **words: object) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"), **words)  # type: ignore[arg-type]


class PersonSearch(forms.Form):
    """Which people to show."""

    q = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=100)


class NewPerson(forms.Form):
    """Someone to add."""

    name = forms.CharField(label=_("Name"), max_length=300, help_text=_("The whole name, as the person writes it."))
    preferred_name = forms.CharField(label=_("Preferred name"), required=False, max_length=300)
    email = forms.EmailField(label=_("E-mail address"), required=False)


class NameNow(forms.Form):
    """A person's name as it is now."""

    name = forms.CharField(label=_("Name"), max_length=300, help_text=_("The whole name, as the person writes it."))
    preferred_name = forms.CharField(label=_("Preferred name"), required=False, max_length=300)


class NewAddress(forms.Form):
    """One more address of a person."""

    address = forms.EmailField(label=_("E-mail address"))


class NewRole(forms.Form):
    """A role to grant."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    program_code = forms.ChoiceField(
        label=_("Program"), required=False, help_text=_("None for an administrator; one for every other role.")
    )

    def __init__(self, *args: object, programs: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["program_code"].choices = [("", _("No program")), *programs]  # type: ignore[attr-defined]


class RoleEnd(forms.Form):
    """Which role ends."""

    grant = forms.ModelChoiceField(
        label=_("Which role ends now?"), queryset=RoleGrant.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: object, grants: Iterable[RoleGrant], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["grant"].queryset = grants  # type: ignore[attr-defined]


class NewSeat(forms.Form):
    """An office to fill."""

    office = forms.ChoiceField(label=_("Office"), help_text=_("The offices that published definitions name."))
    start = _date(_("First day"))
    until = _date(_("Day after the last"), required=False, help_text=_("Leave empty while it has no end."))
    acting = forms.BooleanField(label=_("Acting, while the seat is vacant or its holder away"), required=False)

    def __init__(self, *args: object, offices: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["office"].choices = list(offices)  # type: ignore[attr-defined]


class SeatEnd(forms.Form):
    """Which seat ends, and when."""

    seat = forms.ModelChoiceField(
        label=_("Which seat ends?"), queryset=OfficeSeat.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    until = _date(_("Day after the last"))
    successor = forms.ModelChoiceField(
        label=_("Who follows?"),
        queryset=Person.objects.none(),
        to_field_name="key",
        required=False,
        help_text=_("They get the position from that day, and the role to act for it."),
    )
    empty = forms.BooleanField(label=_("It stays empty, and what waits for it goes on waiting"), required=False)

    def __init__(self, *args: object, seats: Iterable[OfficeSeat], others: QuerySet[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["seat"].queryset = seats  # type: ignore[attr-defined]
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]


class NewWork(forms.Form):
    """Where someone works."""

    organization = forms.CharField(
        label=_("Organization"), max_length=300, help_text=_("A district's name or LEA code, or another organization.")
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    start = _date(_("First day"))


class WorkEnd(forms.Form):
    """Where someone no longer works, and since when."""

    affiliation = forms.ModelChoiceField(
        label=_("Where do they no longer work?"),
        queryset=Affiliation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    until = _date(_("Day after the last"))

    def __init__(self, *args: object, jobs: Iterable[Affiliation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["affiliation"].queryset = jobs  # type: ignore[attr-defined]
