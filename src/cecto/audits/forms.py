"""The shape of what people fill in about audits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms

from cecto.audits.letter import Line
from cecto.audits.models import ExceptionGrant
from cecto.requirements.document import Node


class DatesForm(forms.Form):
    """For which day, and by what was known on which day; both empty means now."""

    true_on = forms.DateField(label="Where they stood on", required=False, widget=forms.DateInput({"type": "date"}))
    known_on = forms.DateField(label="By what was known on", required=False, widget=forms.DateInput({"type": "date"}))

    def dates(self, *, now: datetime, zone: str) -> tuple[date, datetime]:
        """(true on, known at): the end of the day that was asked for, in the program's zone, or now."""
        here = ZoneInfo(zone)
        values = self.cleaned_data if self.is_valid() else {}
        known_on = values.get("known_on")
        known_at = datetime.combine(known_on, time.max, here) if known_on else now
        return values.get("true_on") or now.astimezone(here).date(), min(known_at, now)


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
