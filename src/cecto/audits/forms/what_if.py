"""A session still to come, and what might be done to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms

from cecto.audits.supposing import SessionChange
from cecto.classes.models import Modality
from cecto.classes.schedule.queries import Session
from cecto.foundation.ui import words

CANCEL, SHORTEN, MOVE, FORMAT = "cancel", "shorten", "move", "format"
CHANGES = [
    (CANCEL, "It is canceled"),
    (SHORTEN, "It has fewer hours"),
    (MOVE, "It is on another day"),
    (FORMAT, "It is held in another format"),
]
_NEEDED = {
    SHORTEN: ("hours", "Say how many hours the session would have."),
    MOVE: ("day", "Say on which day the session would be."),
    FORMAT: ("modality", "Say in which format the session would be held."),
}


class WhatIfForm(forms.Form):
    """Which session, and what would happen to it; asks for what that change needs and nothing else."""

    session = forms.ChoiceField(
        label="Session", error_messages={"invalid_choice": "Choose a session of this class that is still to come."}
    )
    change = forms.ChoiceField(label="What if", choices=CHANGES, widget=forms.RadioSelect, initial=CANCEL)
    hours = forms.DecimalField(
        label="Hours it would have", required=False, min_value=0, max_value=100, decimal_places=2
    )
    day = forms.DateField(
        label="Day it would be on", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    modality = forms.ChoiceField(
        label="Format it would have", required=False, choices=[("", "As it is"), *Modality.choices]
    )

    def __init__(self, *args: Any, sessions: Sequence[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, f"{words.day(one.day)}: {one.revision.title}") for one in sessions]
        cast(forms.ChoiceField, self.fields["session"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """Asks for the value that the chosen change is about."""
        found: dict[str, Any] = super().clean() or {}
        field, question = _NEEDED.get(found.get("change", ""), ("", ""))
        if field and not self.errors and found.get(field) in {None, ""}:
            self.add_error(field, question)
        return found

    @property
    def supposed(self) -> SessionChange:
        """The change that is asked about. Only of a valid form."""
        found, change = self.cleaned_data, self.cleaned_data["change"]
        return SessionChange(
            canceled=change == CANCEL,
            minutes=round(found["hours"] * 60) if change == SHORTEN else None,
            on=cast(date, found["day"]) if change == MOVE else None,
            modality=found["modality"] if change == FORMAT else None,
        )
