"""Moving a class to another version."""

from __future__ import annotations

from django import forms

from cecto.audits.models import VersionChange


class MoveForm(forms.Form):
    """From when on, what becomes of those under way, and why."""

    rule = forms.ChoiceField(label="For those under way", choices=VersionChange.Rule.choices, widget=forms.RadioSelect)
    start = forms.DateField(
        label="From",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Who enrolls on this day or later is held to the new version.",
    )
    reason = forms.CharField(label="Reason", max_length=300, widget=forms.Textarea({"rows": 3}))
