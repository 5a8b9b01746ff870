"""What staff say when they change a class, or add a line for dates to come."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cecto.classes.changing.actions import ClassChange
from cecto.classes.forms import day_field
from cecto.classes.models import Cohort
from cecto.foundation.ui import words

PLANNING, COMPLETE = "planning", "complete"


class ChangeForm(forms.Form):
    """A class as it is to be: its name, its days, the titles of its tracks, and how far its schedule is."""

    name = forms.CharField(label=_("Name"), max_length=200)
    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))
    schedule = forms.ChoiceField(
        label=_("Schedule"),
        widget=forms.RadioSelect,
        choices=[(PLANNING, _("More dates are coming")), (COMPLETE, _("Complete: every date is set"))],
        help_text=_("While more dates are coming, no one is told that they can’t finish with what is scheduled."),
    )

    def __init__(self, data: Any = None, *, cohort: Cohort) -> None:
        said = COMPLETE if cohort.schedule_complete_at else PLANNING
        days = {"first_day": cohort.first_day, "last_day": cohort.last_day}
        super().__init__(data, initial={"name": cohort.name, "schedule": said, **days})
        self.tracks = list(cohort.tracks.all())
        for row in self.tracks:
            label = _t("People of the track “%(track)s” are called") % {"track": row.track}
            self.fields[f"title-{row.track}"] = forms.CharField(label=label, max_length=200, initial=row.title)

    def change(self) -> ClassChange:
        """What is asked for, once the form is valid."""
        found = self.cleaned_data
        return ClassChange(
            name=found["name"],
            first_day=found["first_day"],
            last_day=found["last_day"],
            titles={row.track: found[f"title-{row.track}"] for row in self.tracks},
            schedule_complete=found["schedule"] == COMPLETE,
        )


class LaterDateForm(forms.Form):
    """A line for dates of a month that are not set yet."""

    month = forms.ChoiceField(label=_("Month"))
    text = forms.CharField(label=_("What the schedule says"), max_length=200, initial=_("To be announced"))

    def __init__(self, data: Any = None, *, cohort: Cohort) -> None:
        super().__init__(data)
        field = self.fields["month"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(month.isoformat(), date_format(month, "F Y")) for month in months_of(cohort)]

    def clean_month(self) -> date:
        """The first day of the month."""
        return date.fromisoformat(self.cleaned_data["month"])


def months_of(cohort: Cohort) -> list[date]:
    """The first day of each month that a class has days in."""
    months, month = [], cohort.first_day.replace(day=1)
    while month <= cohort.last_day:
        months.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return months


class ExtendingForm(forms.Form):
    """A form with a `day` that should lie in a class. A day outside asks whether the class is to be extended to it.

    `extends` says that it is, once the form is valid.
    """

    extends = False

    def hold_day(self, cohort: Cohort) -> None:
        """Refuse the day when it is outside the class and the question is not answered for that very day."""
        day = self.cleaned_data.get("day")
        if day is None or cohort.first_day <= day <= cohort.last_day:
            return
        said = {"day": words.day(day), "class": cohort.name}
        label = _t("End the class on %(day)s") if day > cohort.last_day else _t("Begin the class on %(day)s")
        widget = forms.CheckboxSelectMultiple()
        self.fields["extend"] = forms.MultipleChoiceField(
            label=_t("Extend the class"), required=False, widget=widget, choices=[(day.isoformat(), label % said)]
        )
        answers = widget.value_from_datadict(self.data, self.files, self.add_prefix("extend")) or []
        self.extends = day.isoformat() in answers
        if not self.extends:
            said |= {"first": words.day(cohort.first_day), "last": words.day(cohort.last_day)}
            asked = _t(
                "%(class)s runs from %(first)s to %(last)s. Choose a date in between, or extend the class below."
            )
            self.add_error("day", asked % said)
