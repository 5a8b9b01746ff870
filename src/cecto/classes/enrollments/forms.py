"""What staff say about an enrollment."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cecto.classes.days import EARLIEST
from cecto.classes.forms import day_field
from cecto.classes.models import Cohort, CohortTrack, EnrollmentStatus
from cecto.classes.roster.organizations import Directory, UnclearOrganization
from cecto.people.models import Organization, Person
from cecto.people.queries import organizations


class StatusForm(forms.Form):
    """From a date on, the enrollment is withdrawn, deferred or active again."""

    status = forms.ChoiceField(
        label=_("From then on"), choices=EnrollmentStatus.Status.choices, widget=forms.RadioSelect
    )
    start = day_field(_("From"))
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"start": today})


class PersonSearch(forms.Form):
    """Whom to look for."""

    q = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=100)


class EnrollForm(forms.Form):
    """In which track a person begins, when, and for whom they work."""

    track = forms.ModelChoiceField(
        label=_("Track"),
        queryset=CohortTrack.objects.none(),
        to_field_name="track",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    organization = forms.CharField(
        label=_("Organization"), max_length=300, required=False, help_text=_("A district's name or LEA code, like 920.")
    )
    title = forms.CharField(label=_("Job title"), max_length=200, required=False)
    on = day_field(_("From"))

    def __init__(self, data: Any = None, *, cohort: Cohort, today: date, person: Person | None) -> None:
        super().__init__(data, initial={"on": min(max(today, cohort.first_day), cohort.last_day)})
        self.cohort, self.person = cohort, person
        track = self.fields["track"]
        if isinstance(track, forms.ModelChoiceField):
            track.queryset = cohort.tracks.all()

    def clean_organization(self) -> Organization | None:
        """The organization that is meant; likeness only suggests."""
        text = self.cleaned_data["organization"].strip()
        try:
            return Directory.of(organizations()).find("", text) if text else None
        except UnclearOrganization as unclear:
            raise forms.ValidationError(str(unclear)) from unclear

    def clean_on(self) -> date:
        """Not after the class."""
        day: date = self.cleaned_data["on"]
        if not EARLIEST <= day <= self.cohort.last_day:
            said = _t("%(class)s ends on %(last)s. Choose a day before that.")
            raise forms.ValidationError(said % {"class": self.cohort.name, "last": self.cohort.last_day})
        return day

    def clean_track(self) -> CohortTrack:
        """One the person is not enrolled in."""
        track: CohortTrack = self.cleaned_data["track"]
        if self.person and track.enrollments.filter(person=self.person).exists():
            said = _t("%(name)s is enrolled in %(track)s already. Change the status on the page of people instead.")
            raise forms.ValidationError(said % {"name": self.person.name, "track": track.title})
        return track


class NewcomerForm(EnrollForm):
    """Someone new: also what they are called and where the sign-in code is sent."""

    name = forms.CharField(label=_("Name"), max_length=300, help_text=_("As the person writes it."))
    email = forms.CharField(label=_("E-mail address"), max_length=254, help_text=_("They sign in with it."))
    field_order = ("name", "email")
