"""The two dates of an audit: when it was true, and when it was known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms


class DatesForm(forms.Form):
    """For which day, and by what was known on which day; both empty means now."""

    true_on = forms.DateField(label="Where they stood on", required=False, widget=forms.DateInput({"type": "date"}))
    known_on = forms.DateField(label="By what was known on", required=False, widget=forms.DateInput({"type": "date"}))

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> DatesForm:
        """The form of a page's query: bound when it asks for a date."""
        return cls(asked if set(cls.base_fields) & set(asked) else None)

    @property
    def asked(self) -> dict[str, str]:
        """The dates asked for, as a page's query holds them; none when they are not understood."""
        values = self.cleaned_data if self.is_valid() else {}
        return {name: value.isoformat() for name, value in values.items() if value}

    def dates(self, *, now: datetime, zone: str) -> tuple[date, datetime]:
        """(true on, known at): the end of the day that was asked for, in the program's zone, or now."""
        here = ZoneInfo(zone)
        values = self.cleaned_data if self.is_valid() else {}
        known_on = values.get("known_on")
        known_at = datetime.combine(known_on, time.max, here) if known_on else now
        return values.get("true_on") or now.astimezone(here).date(), min(known_at, now)
