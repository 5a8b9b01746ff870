"""Absences, appeals and answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cecto.attendance.actions.notices import OUTCOMES
from cecto.attendance.forms.single import SingleAnswers
from cecto.attendance.models import Notice
from cecto.attendance.queries.makeups import MakeupOffer
from cecto.foundation.ui.durations import HoursField


class NoticeForm(forms.Form):
    """What a participant says: an absence, with a document where there is one, or an appeal."""

    text = forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    document = forms.FileField(
        label=_("Document"), required=False, max_length=300, help_text=_("A letter or certificate, at most 10 MB.")
    )

    def __init__(self, data: Any = None, files: Any = None, *, appeals: bool) -> None:
        super().__init__(data, files)
        self.fields["text"].label = _("What should be looked at again?") if appeals else _("Why you will not be there")
        if appeals:
            del self.fields["document"]

    def document_sent(self) -> dict[str, Any]:
        """The document and its name, where there is one."""
        return _file(self)


class MakeupForm(forms.Form):
    """How a participant made up what they missed."""

    way = forms.ChoiceField(label=_("By"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("What you did"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    document = forms.FileField(
        label=_("Your work"), required=False, max_length=300, help_text=_("A file, at most 10 MB.")
    )

    def __init__(self, data: Any = None, files: Any = None, *, offer: MakeupOffer) -> None:
        super().__init__(data, files, prefix="makeup")
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker what is declared above
        field.choices = [(way.value, way.label) for way in offer.ways]

    def document_sent(self) -> dict[str, Any]:
        """The work and its name, where it is a file."""
        return _file(self)


class AnswerForm(SingleAnswers):
    """The answer to a notice and its reason; for a make-up, the minutes to credit."""

    outcome = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    minutes = HoursField(label=_("Time credited"), required=False, least=1)
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("The person sees it."))

    def __init__(self, data: Any = None, *, notice: Notice, offer: MakeupOffer | None = None) -> None:
        super().__init__(data, prefix=notice.key)
        if notice.kind == Notice.Kind.MAKEUP:
            self.fields["minutes"].initial = offer.minutes if offer else None
        else:
            del self.fields["minutes"]
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker what is declared above
        field.choices = [(outcome.value, outcome.label) for outcome in OUTCOMES[Notice.Kind(notice.kind)]]


def _file(form: forms.Form) -> dict[str, Any]:
    file = form.cleaned_data.get("document")
    return {"document": file.read(), "document_name": file.name} if file else {}
