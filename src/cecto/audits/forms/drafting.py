"""The questions of a first definition, and the first day of a class that next year's is for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cecto.requirements.drafting.questions import QUESTIONS, Answers, BadAnswer, read_answers

LONGEST_ANSWER = 500
_DAYS = ("first_day", "last_day")


class NewDefinitionForm(forms.Form):
    """A field for each question. `answers` are what was said, once valid."""

    answers: Answers

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for question in QUESTIONS:
            self.fields[question.key] = forms.CharField(
                label=question.asks,
                initial=question.default,
                required=not question.default and question.key not in {"unit", "competencies"},
                max_length=LONGEST_ANSWER,
                help_text=_("For example: %(example)s") % {"example": question.hint},
                widget=forms.TextInput(attrs={"type": "date"} if question.key in _DAYS else None),
            )

    def clean(self) -> dict[str, Any]:
        """Reads every answer; says what is wrong beside the question."""
        found: dict[str, Any] = super().clean() or {}
        for question in QUESTIONS:
            text = (found.get(question.key) or "").strip() or question.default
            if question.key not in found:
                continue
            try:
                question.read(text)
            except BadAnswer as error:
                self.add_error(question.key, str(error))
        if not self.errors:
            self._read(found)
        return found

    def _read(self, found: dict[str, Any]) -> None:
        try:
            self.answers = read_answers(found)
        except BadAnswer as error:
            self.add_error("last_day", str(error))


class NextYearForm(forms.Form):
    """When the next class begins."""

    first_day = forms.DateField(
        label=_lazy("First day of the next class"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
