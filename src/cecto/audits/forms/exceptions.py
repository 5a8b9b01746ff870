"""The shape of an exception."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms

from cecto.audits.letter import Line
from cecto.audits.models import ExceptionGrant
from cecto.requirements.document import Node


class GrantForm(forms.Form):
    """An exception on one requirement."""

    kind = forms.ChoiceField(label="What is excepted", choices=ExceptionGrant.Kind.choices)
    hours = forms.DecimalField(
        label="Hours",
        required=False,
        min_value=0,
        max_value=1000,
        decimal_places=2,
        help_text="For a lower target or another value of an entry.",
    )
    entry = forms.ChoiceField(label="Entry", required=False, help_text="For one entry of the record.")
    until = forms.DateField(
        label="Extended until",
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text="For more time: the day after the last day that counts.",
    )
    office = forms.ChoiceField(label="In the name of")
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        help_text="What happened, and why the office allows it. It is kept with the certificate’s record.",
    )

    def __init__(self, *args: Any, node: Node, offices: Sequence[str], lines: Iterable[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = node.waivable
        allowed = set(may.kinds) if may and may.kinds else set(ExceptionGrant.Kind.values)
        by = [office for office in offices if may and office in may.by]
        self._choices("kind", [choice for choice in ExceptionGrant.Kind.choices if choice[0] in allowed - {"replace"}])
        self._choices("office", [(office, office) for office in by])
        self._choices("entry", [("", "None"), *((line.entry, _said(line)) for line in lines)])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    @property
    def minutes(self) -> int | None:
        """The hours given, as whole minutes."""
        given = self.cleaned_data["hours"]
        return None if given is None else round(given * 60)


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea({"rows": 3}), max_length=300)


def _said(line: Line) -> str:
    return f"{line.title}, {line.on:%b %-d, %Y}, {line.amount}" if line.on else line.title
