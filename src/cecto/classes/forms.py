"""What staff say when a class begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cecto.programs.models import Definition, Program
from cecto.programs.queries import made_for


def day_field(label: Any) -> forms.DateField:
    """A date, chosen from the browser's calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ClassForm(forms.Form):
    """A class to begin: its program, days and tracks."""

    program = forms.ChoiceField(label=_("Program"))
    tracks = forms.MultipleChoiceField(label=_("Tracks"), widget=forms.CheckboxSelectMultiple)
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("What people call it, like “Class of 2017”."))
    code = forms.SlugField(label=_("Code"), max_length=60, help_text=_("Short, for files and commands: cecto-2017."))
    first_day = day_field(_("First day"))
    last_day = day_field(_("Last day"))

    def __init__(self, data: Any = None, *, programs: Mapping[Program, Sequence[Definition]]) -> None:
        super().__init__(data)
        self.programs = {program.code: program for program in programs}
        self.definitions = {one.key: one for found in programs.values() for one in found}
        self._offer("program", [(code, program.name) for code, program in self.programs.items()])
        self._offer(
            "tracks",
            [(key, f"{one.program.code}: {one.title}, {one.catalogue}") for key, one in self.definitions.items()],
        )

        self.fields["tracks"].help_text = " ".join(
            _t("%(title)s, %(catalogue)s: for %(classes)s.")
            % {"title": one.title, "catalogue": one.catalogue, "classes": classes}
            for one in self.definitions.values()
            if (classes := made_for(one))
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        if len(choices) == 1:
            field.initial = [choices[0][0]]

    def clean(self) -> dict[str, Any]:
        """Every track must be one of the program."""
        found: dict[str, Any] = super().clean() or {}
        chosen = [self.definitions[key] for key in found.get("tracks", [])]
        strange = [one.title for one in chosen if one.program.code != found.get("program")]
        if strange and "program" in found:
            said = _t("%(track)s is not a track of %(program)s. Tick tracks of one program.")
            program = self.programs[found["program"]]
            self.add_error("tracks", said % {"track": strange[0], "program": program.name})
        return found

    def facts(self) -> dict[str, Any]:
        """What the class is to be, once the form is valid."""
        found = self.cleaned_data
        held = [self.definitions[key] for key in found["tracks"]]
        return found | {
            "program": self.programs[found["program"]],
            "tracks": [(definition.title, definition) for definition in held],
        }
