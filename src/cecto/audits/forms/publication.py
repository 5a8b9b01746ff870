"""A definition and its example persons, handed in; then the word to publish them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cecto.programs.drafts import Draft

LARGEST_BYTES = 1024 * 1024
_YAML = {"accept": ".yaml,.yml"}
_PASTED = {"rows": 12, "spellcheck": "false", "class": "app-code"}


class HandInForm(forms.Form):
    """The definition and its example persons, each as a file or pasted. `drafted` is both, once valid."""

    definition = forms.FileField(
        label=_lazy("Definition"),
        max_length=200,
        error_messages={"required": _lazy("Choose the definition’s file, or paste its text.")},
        help_text=_lazy("A YAML file, at most 1 MB."),
        widget=forms.FileInput(_YAML),
    )
    examples = forms.FileField(
        label=_lazy("Example persons"),
        required=False,
        max_length=200,
        help_text=_lazy(
            "A YAML file with at least one person who meets everything and one who does not. Without it you see the "
            "preview, but cannot publish."
        ),
        widget=forms.FileInput(_YAML),
    )
    definition_text = forms.CharField(
        label=_lazy("Definition, as text"), required=False, strip=False, widget=forms.Textarea(_PASTED)
    )
    examples_text = forms.CharField(
        label=_lazy("Example persons, as text"), required=False, strip=False, widget=forms.Textarea(_PASTED)
    )
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    drafted: Draft

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        text = self.data.get("definition_text") if self.is_bound else self.initial.get("definition_text")
        self.fields["definition"].required = not text
        self.fields["definition_text"].required = bool(text)

    @property
    def pasted(self) -> bool:
        """Whether something was handed in as text, so that the text should be in sight."""
        return self.is_bound and any(self.data.get(name) for name in ("definition_text", "examples_text"))

    def clean(self) -> dict[str, Any]:
        """Reads both; says what is wrong beside the field it is in."""
        found: dict[str, Any] = super().clean() or {}
        definition, examples = self._content("definition"), self._content("examples")
        if not self.errors:
            file = found.get("definition")
            name = (file.name if file else found.get("name")) or "definition.yaml"
            self.drafted = Draft.read(name, definition, examples)
        return found

    def _content(self, name: str) -> bytes:
        """What was handed in as file or text; nothing when it is refused."""
        file, text = self.cleaned_data.get(name), self.cleaned_data.get(f"{name}_text") or ""
        if file and text.strip():
            self.add_error(name, _("Choose a file or paste the text, not both."))
        elif file and file.size > LARGEST_BYTES:
            self.add_error(name, _("The file is larger than 1 MB; a definition is a short text."))
        elif file:
            return self._readable(name, file.read())
        return text.encode() if text.strip() else b""

    def _readable(self, name: str, content: bytes) -> bytes:
        try:
            content.decode()
        except UnicodeDecodeError:
            self.add_error(name, _("The file is not UTF-8 text. Save it as UTF-8 and try again."))
        return content


class PublishForm(forms.Form):
    """Why it is published and, for a program that is not known here yet, what the program is called."""

    program_name = forms.CharField(label=_lazy("Name of the program"), max_length=200)
    time_zone = forms.CharField(
        label=_lazy("Time zone of the program"),
        max_length=40,
        initial="America/New_York",
        help_text=_lazy("An IANA name, like America/New_York."),
    )
    reason = forms.CharField(
        label=_lazy("Reason"),
        max_length=300,
        help_text=_lazy("Why these rules, and who decided them. Everyone can read it with the definition."),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None, *, introduces: bool) -> None:
        super().__init__(data)
        if not introduces:
            del self.fields["program_name"], self.fields["time_zone"]
