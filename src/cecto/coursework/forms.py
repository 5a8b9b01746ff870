"""What staff say about the work of a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cecto.classes.forms import day_field
from cecto.classes.models import Cohort, Enrollment, Modality
from cecto.classes.schedule.word_forms import TagsForm
from cecto.coursework.models import Item
from cecto.coursework.plans import DATES, ItemPlan
from cecto.coursework.queries import State
from cecto.foundation.ui.durations import HoursField
from cecto.people.models import Person

OUTCOMES = [("pass", _("Pass")), ("revise", _("Revise and show again")), ("fail", _("Not passed"))]


@dataclass(frozen=True)
class Line:
    """One person on the acceptance form; without fields when it is accepted already, without minutes if worth none."""

    enrollment: Enrollment
    state: State
    accept: forms.BoundField | None
    minutes: forms.BoundField | None


class AcceptanceForm(forms.Form):
    """Accept one item of everyone except those unticked, each for minutes up to the item's."""

    on = day_field(_("Handed in on"))

    def __init__(
        self, data: Any = None, *, item: Item, people: Sequence[tuple[Enrollment, State]], today: date
    ) -> None:
        self.item, self.people = item, people
        last = item.accepted_until or item.due_on
        super().__init__(data, initial={"on": min(today, last) if last else today})
        for enrollment, state in people:
            if state.accepted is None:
                self._add(enrollment)

    def _add(self, enrollment: Enrollment) -> None:
        name, key = enrollment.person.name, enrollment.person.key
        self.fields[f"accept-{key}"] = forms.BooleanField(label=name, required=False, initial=True)
        if not self.item.minutes:
            return
        self.fields[f"minutes-{key}"] = HoursField(
            label=_("Time credited to %(name)s") % {"name": name},
            most=self.item.minutes,
            initial=self.item.minutes,
            required=False,
        )

    @property
    def lines(self) -> list[Line]:
        """Everyone who is to do the item, by name."""
        return [self._line(enrollment, state) for enrollment, state in self.people]

    def _line(self, enrollment: Enrollment, state: State) -> Line:
        if state.accepted is not None:
            return Line(enrollment, state, None, None)
        key = enrollment.person.key
        minutes = self[f"minutes-{key}"] if self.item.minutes else None
        return Line(enrollment, state, self[f"accept-{key}"], minutes)

    @property
    def waiting(self) -> int:
        """Of how many it is not accepted yet."""
        return sum(state.accepted is None for _enrollment, state in self.people)

    def by_minutes(self) -> dict[int, list[Person]]:
        """The ticked people by the minutes they are given; empty minutes mean all."""
        found: dict[int, list[Person]] = {}
        for enrollment, state in self.people:
            key = enrollment.person.key
            if state.accepted is None and self.cleaned_data[f"accept-{key}"]:
                minutes = self.cleaned_data.get(f"minutes-{key}")
                found.setdefault(self.item.minutes if minutes is None else minutes, []).append(enrollment.person)
        return found


class VerdictForm(forms.Form):
    """How a panel judged one person's work."""

    person = forms.ModelChoiceField(label=_("Whose work"), queryset=Person.objects.none(), to_field_name="key")
    outcome = forms.ChoiceField(label=_("Outcome"), choices=OUTCOMES, widget=forms.RadioSelect)
    judges = forms.ModelMultipleChoiceField(
        label=_("Judges"),
        queryset=Person.objects.none(),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those who work for the program or teach in this class."),
    )
    on = day_field(_("Judged on"))

    def __init__(
        self,
        data: Any = None,
        *,
        people: Sequence[Person],
        judges: Sequence[Person],
        today: date,
        prefix: str = "verdict",
    ) -> None:
        super().__init__(data, initial={"on": today}, prefix=prefix)
        for name, chosen in [("person", people), ("judges", judges)]:
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = Person.objects.filter(pk__in=[one.pk for one in chosen])


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Why it is taken back"), max_length=300)


class ItemForm(TagsForm):
    """A piece of work to give out."""

    field_order = ("title", "code", "kind", "minutes", "modality", "competency", "due_on", "accepted_until", "required")
    title = forms.CharField(label=_("Title"), max_length=300)
    code = forms.SlugField(label=_("Code"), max_length=60, help_text=_("Short, for files and commands: reading-1."))
    kind = forms.ChoiceField(label=_("Kind"), choices=Item.Kind.choices)
    minutes = HoursField(label=_("Worth at most"))
    modality = forms.ChoiceField(label=_("Format"), choices=Modality.choices, initial=Modality.ASYNC)
    competency = forms.ChoiceField(label=_("Competency"), required=False)
    due_on = day_field(_("Due"))
    accepted_until = day_field(_("Accepted until"))
    required = forms.BooleanField(label=_("Everyone must do it"), required=False)

    def __init__(self, data: Any = None, *, cohort: Cohort) -> None:
        super().__init__(data, cohort=cohort)
        self.fields["competency"] = self._competency()
        for name in DATES:
            self.fields[name].required = False
        self.fields["accepted_until"].help_text = _("The last day late work is taken; empty means the day it is due.")

    def plan(self) -> ItemPlan:
        """The work, once the form is valid."""
        found = self.cleaned_data
        kinds = {"kind": Item.Kind(found["kind"]), "modality": Modality(found["modality"])}
        return ItemPlan(**(found | kinds | {"tracks": tuple(found["tracks"])}))
