"""A report to import."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cecto.attendance.reports.sheet import LARGEST_BYTES

COMMON_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "UTC",
)


class ReportForm(forms.Form):
    """A file to import and the zone of the times in it."""

    file = forms.FileField(
        label=_("Attendance report"),
        help_text=_(
            "The participants report of Zoom, Teams, Google Meet or Moodle, or a typed-up sign-in sheet (CSV or XLSX)."
        ),
        max_length=300,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"}),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone of its times"), help_text=_("Zoom uses the zone of the account that exported the report.")
    )

    def __init__(self, data: Any = None, files: Any = None, *, usual: str) -> None:
        super().__init__(data, files, initial={"time_zone": usual})
        zones = dict.fromkeys((usual, *COMMON_ZONES, *sorted(available_timezones())))
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker what is declared above
        field.choices = [(zone, zone.replace("_", " ")) for zone in zones]

    def clean_file(self) -> UploadedFile[Any]:
        """The file, unless it is larger than any report."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_BYTES:
            limit = LARGEST_BYTES // 1_000_000
            raise forms.ValidationError(
                _("The file has %(size)s MB; a report may have %(limit)s MB. Export the report of this session alone.")
                % {"size": (file.size or 0) // 1_000_000, "limit": limit}
            )
        return file
