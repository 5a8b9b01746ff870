"""The shape of what officers fill in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms


class ReasonForm(forms.Form):
    """Why a decision is withdrawn."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea({"rows": 3}), max_length=300)


class AheadForm(forms.Form):
    """Which session decisions are proposed ahead of; empty for none."""

    ahead = forms.ChoiceField(
        label="Propose ahead of a session",
        required=False,
        help_text="For graduation day: it takes effect once that session is settled with the person credited.",
    )

    def __init__(self, *args: Any, sessions: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["ahead"])
        field.choices = [("", "No session: eligible today"), *sessions.items()]


class ProposeForm(forms.Form):
    """Whom to propose: each choice is an enrollment's key and the hash of the audit that was on the page."""

    chosen = forms.MultipleChoiceField(error_messages={"required": "Choose at least one person to propose."})

    def __init__(self, *args: Any, offered: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["chosen"]).choices = [(one, one) for one in offered]


class SignForm(forms.Form):
    """What to sign: each choice is a decision's key and an office."""

    chosen = forms.MultipleChoiceField(error_messages={"required": "Choose at least one decision to sign."})

    def __init__(self, *args: Any, offered: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["chosen"]).choices = [(one, one) for one in offered]
