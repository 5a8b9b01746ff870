"""A form's field for a length of time, told as people write it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cecto.foundation.ui import words

_HOURS, _MINUTES = r"(?P<hours>\d{1,4})", r"(?P<minutes>\d{1,5})"
_WRITTEN = (
    re.compile(rf"(?:{_HOURS}\s*h(?:ours?|rs?)?)?\s*(?:{_MINUTES}\s*m(?:in(?:ute)?s?)?)?", re.IGNORECASE),
    re.compile(rf"{_HOURS}:(?P<minutes>[0-5]\d)", re.ASCII),
    re.compile(_MINUTES, re.ASCII),
)


class HoursField(forms.Field):
    """Whole minutes, written as "6 h 30 min", "6:30" or "390"; shown as the first. None where nothing is written."""

    def __init__(self, *, least: int = 0, most: int | None = None, **options: Any) -> None:
        self.least, self.most = least, most
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        options.setdefault("help_text", gettext_lazy("Hours and minutes, like 6 h 30 min."))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """Minutes in words; what somebody typed as they typed it."""
        return words.hours(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        """Whole minutes. Raises ValidationError."""
        text = ("" if value is None else str(value)).replace("\N{NO-BREAK SPACE}", " ").strip()
        if not text:
            return None
        found = next((match for form in _WRITTEN if (match := form.fullmatch(text))), None)
        if found is None:
            raise ValidationError(_("Enter hours and minutes, like 6 h 30 min."))
        said = found.groupdict()
        return int(said.get("hours") or 0) * 60 + int(said["minutes"] or 0)

    def validate(self, value: int | None) -> None:
        """No less than `least`, no more than `most` minutes. Raises ValidationError."""
        super().validate(value)
        if value is not None and self.most is not None and value > self.most:
            raise ValidationError(_("Enter %(most)s or less.") % {"most": words.hours(self.most)})
        if value is not None and value < self.least:
            raise ValidationError(_("Enter %(least)s or more.") % {"least": words.hours(self.least)})
