"""What was mistaken about an enrollment."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MistakenForm(forms.Form):
    """Why an enrollment is taken back."""

    mistaken = forms.ChoiceField(
        label=_("What was wrong"),
        widget=forms.RadioSelect,
        choices=[("person", _("The person")), ("track", _("The track")), ("class", _("The class"))],
    )
