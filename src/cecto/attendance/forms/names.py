"""Who unsure names are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from cecto.attendance.actions import NameAnswer
from cecto.attendance.forms.single import SingleAnswers
from cecto.attendance.queries.names import UnsureName
from cecto.attendance.queries.sessions import Attendee

LATER, NOT_OURS = "", "-"


@dataclass(frozen=True)
class NameLine:
    """One unsure name and its fields."""

    name: UnsureName
    who: BoundField
    other: BoundField
    several: BoundField


class NamesForm(SingleAnswers):
    """Who each unsure name is."""

    rest_not_ours = forms.BooleanField(label=_("Everyone still on “Decide later” is not ours"), required=False)

    def __init__(self, data: Any, *, names: Iterable[UnsureName], people: Iterable[Attendee]) -> None:
        self.names, self.people = tuple(names), tuple(people)
        super().__init__(data)
        everyone = [(who.person.key, _described(who)) for who in self.people]
        for name in self.names:
            self.fields[f"who-{name.key}"] = forms.ChoiceField(
                label=_("Who is it?"),
                choices=_likely(name),
                widget=forms.RadioSelect,
                required=False,
                initial=LATER,
            )
            self.fields[f"other-{name.key}"] = forms.ChoiceField(
                label=_("Someone else"), choices=[("", _("Choose")), *everyone], required=False
            )
            self.fields[f"several-{name.key}"] = forms.MultipleChoiceField(
                label=_("Who was there"), choices=everyone, widget=forms.CheckboxSelectMultiple, required=False
            )

    def lines(self) -> Iterator[NameLine]:
        """The names in order, with their fields."""
        for name in self.names:
            yield NameLine(name, *(self[f"{field}-{name.key}"] for field in ("who", "other", "several")))

    def answers(self) -> list[NameAnswer]:
        """The answers given; names left for later have none."""
        found = (self._answer(name) for name in self.names)
        return [answer for answer in found if answer]

    def _answer(self, name: UnsureName) -> NameAnswer | None:
        who, other, several = (self.cleaned_data[f"{field}-{name.key}"] for field in ("who", "other", "several"))
        chosen = several or [key for key in (other or who,) if key not in (LATER, NOT_OURS)]
        if chosen:
            ids = {person.person.key: person.person.pk for person in self.people}
            return NameAnswer(name.report.pk, name.name, name.email, tuple(ids[key] for key in chosen))
        if who == NOT_OURS or self.cleaned_data["rest_not_ours"]:
            return NameAnswer(name.report.pk, name.name, name.email)
        return None


def _likely(name: UnsureName) -> list[tuple[str, Any]]:
    found = [(who.person.key, f"{_described(who)}: {why.reason}") for who, why in name.suggestions]
    return [*found, (NOT_OURS, _("Nobody of ours")), (LATER, _("Decide later"))]


def _described(attendee: Attendee) -> str:
    return f"{attendee.person.name} ({attendee.organization})" if attendee.organization else attendee.person.name
