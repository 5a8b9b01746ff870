"""The file, the day, and what its columns and names are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from cecto.attendance.gradebook.actions import ColumnAnswer, StudentAnswer
from cecto.attendance.gradebook.preview import Mapped, Preview, Waiting, likely_item

LATER, NOT_OURS = "", "-"


class GradebookForm(forms.Form):
    """The file to preview."""

    file = forms.FileField(
        label=_("Gradebook"),
        help_text=_("The CSV file that Canvas exports, at most 20 MB."),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
    )


class DayForm(forms.Form):
    """The day the work counts as handed in."""

    on = forms.DateField(label=_("Handed in by"), widget=forms.DateInput(attrs={"type": "date"}))


class AcceptForm(DayForm):
    """The preview that is accepted, by its fingerprint."""

    on = forms.DateField(widget=forms.HiddenInput)
    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)


@dataclass(frozen=True)
class ColumnLine:
    """One column and its fields."""

    mapped: Mapped
    item: BoundField
    percent: BoundField


@dataclass(frozen=True)
class StudentLine:
    """One student who waits and the field that says who it is."""

    waiting: Waiting
    who: BoundField


class AnswersForm(forms.Form):
    """Which work each column is, how much of its points is enough, and who the unsure students are."""

    def __init__(self, data: Any, *, preview: Preview) -> None:
        self.preview = preview
        super().__init__(data)
        work: list[tuple[str, Any]] = [(LATER, _("Decide later")), (NOT_OURS, _("Not work of this class"))]
        work += [(item.key, item.title) for item in preview.work]
        for one in preview.columns:
            self._add_column(one, work)
        everyone = [(person.key, person.name) for person in preview.people]
        for waiting in preview.waiting:
            self.fields[f"who-{waiting.student.number}"] = forms.ChoiceField(
                label=_("Who is it?"), choices=[*_likely(waiting), *everyone], required=False
            )

    def _add_column(self, one: Mapped, work: list[tuple[str, Any]]) -> None:
        likely = one.item or (None if one.dismissed else likely_item(one.column, self.preview.work))
        self.fields[f"item-{one.column.id}"] = forms.ChoiceField(
            label=_("Work"),
            choices=work,
            required=False,
            initial=NOT_OURS if one.dismissed else likely.key if likely else LATER,
        )
        self.fields[f"percent-{one.column.id}"] = forms.IntegerField(
            label=_("Enough, in percent"), min_value=1, max_value=100, required=False, initial=one.percent
        )

    def column_lines(self) -> Iterator[ColumnLine]:
        """The columns in order, with their fields."""
        for one in self.preview.columns:
            yield ColumnLine(one, self[f"item-{one.column.id}"], self[f"percent-{one.column.id}"])

    def student_lines(self) -> Iterator[StudentLine]:
        """The students who wait, with their fields."""
        for one in self.preview.waiting:
            yield StudentLine(one, self[f"who-{one.student.number}"])

    def clean(self) -> dict[str, Any]:
        """Work needs the percent that is enough."""
        for one in self.preview.columns:
            chosen = self.cleaned_data.get(f"item-{one.column.id}")
            field = f"percent-{one.column.id}"
            if chosen not in (LATER, NOT_OURS, None) and field not in self.errors and not self.cleaned_data.get(field):
                problem = _("%(title)s: say how much of the points is enough.") % {"title": one.column.title}
                self.add_error(field, problem)
        return self.cleaned_data

    def columns(self) -> list[ColumnAnswer]:
        """The columns answered."""
        work = {item.key: item for item in self.preview.work}
        found = []
        for one in self.preview.columns:
            chosen = self.cleaned_data[f"item-{one.column.id}"]
            if chosen == NOT_OURS:
                found.append(ColumnAnswer(one.column))
            elif chosen:
                found.append(ColumnAnswer(one.column, work[chosen], self.cleaned_data[f"percent-{one.column.id}"]))
        return found

    def students(self) -> list[StudentAnswer]:
        """The students answered."""
        people = {person.key: person for person in self.preview.people}
        chosen = ((one.student, self.cleaned_data[f"who-{one.student.number}"]) for one in self.preview.waiting)
        return [StudentAnswer(student.named, people.get(who)) for student, who in chosen if who]


def _likely(waiting: Waiting) -> list[tuple[str, Any]]:
    found = [(person.key, f"{person.name}: {why.reason}") for person, why in waiting.suggestions]
    return [(LATER, _("Decide later")), (NOT_OURS, _("Nobody of ours")), *found]
