"""Which remembered names to forget."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cecto.attendance.queries.names import RememberedName


class ForgetForm(forms.Form):
    """The names a class remembers, each to be ticked."""

    names = forms.MultipleChoiceField(
        label=gettext_lazy("Remembered names"),
        help_text=gettext_lazy("Tick what is wrong. The next file asks about it; what is imported stays."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick the names to forget.")},
    )

    def __init__(self, data: Any, *, remembered: Iterable[RememberedName]) -> None:
        super().__init__(data)
        self.remembered = {str(one.alias.pk): one for one in remembered}
        field = self.fields["names"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(number, _described(one)) for number, one in self.remembered.items()]

    def chosen(self) -> list[RememberedName]:
        """What was ticked."""
        return [self.remembered[number] for number in self.cleaned_data["names"]]


def _described(one: RememberedName) -> str:
    account = f" ({one.alias.email})" if one.alias.email else ""
    where = _("every system") if one.everywhere else one.alias.source
    return f"“{one.alias.name}”{account}, {where}: {one.who}"
