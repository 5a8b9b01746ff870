"""What staff say about make-ups, study recognized and credentials held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cecto.classes.forms import day_field
from cecto.classes.models import Modality
from cecto.classes.vocabulary import Vocabulary
from cecto.coursework.credit.asked import Document, Exam
from cecto.foundation.sheets import Unreadable
from cecto.foundation.ui import words
from cecto.foundation.ui.durations import HoursField
from cecto.ledger.models import Background
from cecto.people.models import Person

MAKEUPS = [
    ("recording", _("Watched the recording and reflected on it")),
    ("assignment", _("Did an assignment")),
    ("next-class", _("Attended the same session of another class")),
]


ATTESTED_BY = {"self": _("The person themselves"), "supervisor": _("Their supervisor")}


class _Evidence(forms.FileField):
    """A file that proves it."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuses what is too large."""
        found = super().clean(data, initial)
        if found and found.size > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB. Hand in a smaller one."))
        return found


class WhoForm(forms.Form):
    """Whose missed sessions to look at."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none(), to_field_name="key")

    def __init__(self, data: Any = None, *, people: Sequence[Person]) -> None:
        super().__init__(data)
        _choose(self, people)


class MakeupForm(forms.Form):
    """How much of one session a person made up, and how."""

    minutes = HoursField(label=_("Time made up"), least=1)
    kind = forms.ChoiceField(label=_("How"), choices=MAKEUPS)
    on = day_field(_("Done on"))

    def __init__(self, data: Any = None, *, left: int, today: date, prefix: str) -> None:
        super().__init__(data, initial={"minutes": left, "on": today}, prefix=prefix)
        self.fields["minutes"].help_text = _("At most %(left)s.") % {"left": words.hours(left)}


class StudyForm(forms.Form):
    """Study done elsewhere, in the words of the class's program."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none(), to_field_name="key")
    title = forms.CharField(label=_("What it was"), max_length=300)
    minutes = HoursField(label=_("Time recognized"), least=1, most=60 * 240)
    modality = forms.ChoiceField(label=_("Format"), choices=Modality.choices)
    competency = forms.ChoiceField(label=_("Core competency"), required=False)
    held_by = forms.SlugField(
        label=_("Program that held it"), required=False, help_text=_("Its code, like cgcio, if it is one we know.")
    )
    provider = forms.SlugField(label=_("Provider"), required=False, help_text=_("A short word, like unc-sog."))
    category = forms.CharField(
        label=_("Category"),
        max_length=60,
        required=False,
        help_text=_("The definition’s word, if it has one."),
    )
    on = day_field(_("Done on"))
    evidence = _Evidence(label=_("Proof"), required=False, help_text=_("A letter or certificate, at most 10 MB."))

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        people: Sequence[Person],
        vocabulary: Vocabulary,
        today: date,
    ) -> None:
        super().__init__(data, files, initial={"on": today})
        _choose(self, people)
        field = self.fields["competency"]
        if isinstance(field, forms.ChoiceField):
            known = vocabulary.known.get("competency", {})
            field.choices = [("", _("None in particular")), *known.items()]
        self.vocabulary = vocabulary

    def clean_category(self) -> str:
        """A category that the program rules read."""
        text = self.cleaned_data["category"]
        try:
            return self.vocabulary.category(text) if text else ""
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error


class HeldForm(forms.Form):
    """A credential someone holds."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none(), to_field_name="key")
    credential = forms.SlugField(label=_("Credential"), help_text=_("The definition’s word for it, like cgcio."))
    title = forms.CharField(label=_("Its name"), max_length=300)
    on = day_field(_("Held since"))
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day on which it is valid; empty when it does not expire."),
    )
    verified = forms.BooleanField(label=_("I have seen proof of it"), required=False, initial=True)
    evidence = _Evidence(label=_("Proof"), required=False, help_text=_("A letter or certificate, at most 10 MB."))

    def __init__(self, data: Any = None, files: Any = None, *, people: Sequence[Person], today: date) -> None:
        super().__init__(data, files, initial={"on": today})
        _choose(self, people)

    def clean_valid_until(self) -> date | None:
        """The first day on which it is no longer valid."""
        last: date | None = self.cleaned_data["valid_until"]
        return last if last is None or last == date.max else last + timedelta(days=1)


class ScoreForm(forms.Form):
    """The points that someone scored in an exam of the class's rules."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none(), to_field_name="key")
    exam = forms.ChoiceField(label=_("Exam"))
    score = forms.IntegerField(label=_("Points"))
    on = day_field(_("Taken on"))
    evidence = _Evidence(label=_("Proof"), required=False, help_text=_("The report of the score, at most 10 MB."))

    def __init__(
        self, data: Any = None, files: Any = None, *, people: Sequence[Person], exams: Sequence[Exam], today: date
    ) -> None:
        super().__init__(data, files, initial={"on": today})
        _choose(self, people)
        _offer(self, "exam", [(exam.word, exam.title) for exam in exams])
        self._exams = {exam.word: exam for exam in exams}
        ranges = {(exam.least, exam.most) for exam in exams}
        if len(ranges) == 1:
            least, most = ranges.pop()
            self.fields["score"].help_text = _("From %(least)d to %(most)d.") % {"least": least, "most": most}

    def clean(self) -> dict[str, Any]:
        """Refuses points that the exam does not give."""
        given = super().clean() or {}
        exam, score = self._exams.get(given.get("exam", "")), given.get("score")
        if exam and score is not None and not exam.least <= score <= exam.most:
            said = {"exam": exam.title, "least": exam.least, "most": exam.most}
            self.add_error("score", _("“%(exam)s” gives %(least)d to %(most)d points.") % said)
        return given

    @property
    def title(self) -> str:
        """What the exam that was chosen is called."""
        return self._exams[self.cleaned_data["exam"]].title


class AttestationForm(forms.Form):
    """A document of the class's rules about someone, and who attested it."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none(), to_field_name="key")
    document = forms.ChoiceField(label=_("Document"))
    attested_by = forms.ChoiceField(label=_("Attested by"))
    on = day_field(_("Attested on"))
    evidence = _Evidence(label=_("Proof"), required=False, help_text=_("The signed document, at most 10 MB."))

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        people: Sequence[Person],
        documents: Sequence[Document],
        today: date,
    ) -> None:
        super().__init__(data, files, initial={"on": today})
        _choose(self, people)
        _offer(self, "document", [(one.word, one.title) for one in documents])
        words = dict.fromkeys(word for one in documents for word in one.by)
        _offer(self, "attested_by", [(word, ATTESTED_BY.get(word, word)) for word in words])
        self._documents = {one.word: one for one in documents}

    def clean(self) -> dict[str, Any]:
        """Refuses who does not count for this document."""
        given = super().clean() or {}
        document, by = self._documents.get(given.get("document", "")), given.get("attested_by")
        if document and by and by not in document.by:
            said = {"title": document.title, "who": ", ".join(str(ATTESTED_BY.get(word, word)) for word in document.by)}
            self.add_error("attested_by", _("“%(title)s” counts when attested by: %(who)s.") % said)
        return given

    @property
    def title(self) -> str:
        """What the document that was chosen is called."""
        return self._documents[self.cleaned_data["document"]].title


class BackgroundForm(forms.Form):
    """What someone brings, in the words of the definition."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none(), to_field_name="key")
    kind = forms.ChoiceField(label=_("Kind"), choices=Background.Kind.choices)
    of = forms.SlugField(
        label=_("Of what"),
        help_text=_("The definition’s word, like bachelor, fee or chapter."),
    )
    given = forms.CharField(
        label=_("How much, or which"),
        required=False,
        max_length=80,
        help_text=_(
            "Years of experience, whole dollars paid, or the word of a trait, like florida; nothing for what is held."
        ),
    )
    on = day_field(_("So since"))
    evidence = _Evidence(label=_("Proof"), required=False, help_text=_("A letter or certificate, at most 10 MB."))

    def __init__(self, data: Any = None, files: Any = None, *, people: Sequence[Person], today: date) -> None:
        super().__init__(data, files, initial={"on": today})
        _choose(self, people)


class TakeBackForm(forms.Form):
    """Why something recorded is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=300)


def _offer(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    """Let one be chosen; the only one is chosen already."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices if len(choices) == 1 else [("", _("Choose one")), *choices]


def _choose(form: forms.Form, people: Sequence[Person]) -> None:
    field = form.fields["person"]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = Person.objects.filter(pk__in=[one.pk for one in people]).order_by("sort_name", "id")
