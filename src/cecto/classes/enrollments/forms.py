"""What staff say about an enrollment."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cecto.classes.models import EnrollmentStatus


class StatusForm(forms.Form):
    """From a date on, the enrollment is withdrawn, deferred or active again."""

    status = forms.ChoiceField(
        label=_("From then on"), choices=EnrollmentStatus.Status.choices, widget=forms.RadioSelect
    )
    start = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"start": today})
