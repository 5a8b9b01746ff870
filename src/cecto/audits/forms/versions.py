"""Another version for a class: a draft to look at, a published one to move to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from cecto import requirements
from cecto.audits.models import VersionChange
from cecto.classes.models import Enrollment

LARGEST_BYTES = 1024 * 1024


class MoveForm(forms.Form):
    """Who moves, from when on, what becomes of those under way, and why."""

    person = forms.ChoiceField(
        label="Who",
        required=False,
        help_text="A later change for everyone is for this person too.",
    )
    rule = forms.ChoiceField(
        label="For those under way",
        choices=[(one.value, one.label) for one in VersionChange.CHOSEN],
        widget=forms.RadioSelect,
    )
    start = forms.DateField(
        label="From",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Who enrolls on this day or later is held to the new version.",
    )
    reason = forms.CharField(label="Reason", max_length=300, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, people: Sequence[Enrollment], everyone: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {one.key: one for one in people}
        each = [(one.key, one.person.name) for one in people]
        first = ("", "Everyone in the track" if everyone else "Choose a person")
        self.fields["person"].choices = [first, *each]  # type: ignore[attr-defined]
        self.fields["person"].required = not everyone

    @property
    def enrollment(self) -> Enrollment | None:
        """The one who moves alone; None for everyone."""
        return self.people.get(self.cleaned_data["person"])


class DraftForm(forms.Form):
    """A definition that is not published yet."""

    file = forms.FileField(
        label="Definition",
        max_length=200,
        help_text="A YAML file, at most 1 MB. Nothing is published or kept.",
        widget=forms.FileInput({"accept": ".yaml,.yml"}),
    )

    def clean(self) -> dict[str, Any]:
        """Puts what the file says under `parsed`; problems are told with line and column."""
        found: dict[str, Any] = super().clean() or {}
        file = found.get("file")
        if file is None:
            return found
        if file.size > LARGEST_BYTES:
            self.add_error("file", "The file is larger than 1 MB; a definition is a short text.")
            return found
        try:
            text = file.read().decode()
        except UnicodeDecodeError:
            self.add_error("file", "The file is not UTF-8 text. Save it as UTF-8 and try again.")
            return found
        problems = requirements.lint(text, name=file.name)
        for problem in problems:
            self.add_error("file", str(problem))
        if not problems:
            found["parsed"] = requirements.parse(text, name=file.name)
        return found
