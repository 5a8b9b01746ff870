"""Forms that refuse two answers to one question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _


class SingleAnswers(forms.Form):
    """A form that refuses a field sent twice with different values: of two answers none may be dropped in silence."""

    def clean(self) -> dict[str, Any]:
        """One value for each field that takes one."""
        cleaned = super().clean() or self.cleaned_data
        if isinstance(self.data, QueryDict):
            for name in self.fields:
                if self._is_torn(name, self.data):
                    self.add_error(name, _("This was sent twice, with different answers. Give one."))
        return cleaned

    def _is_torn(self, name: str, data: QueryDict) -> bool:
        several = isinstance(self.fields[name], forms.MultipleChoiceField)
        return not several and len(set(data.getlist(self.add_prefix(name)))) > 1
