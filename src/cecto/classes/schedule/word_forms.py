"""What a session is to a class, in that class's own words; and a session added by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cecto.classes import words
from cecto.classes.changing.forms import ExtendingForm
from cecto.classes.forms import day_field
from cecto.classes.models import Cohort, MeetingLink, Modality
from cecto.classes.plans import BadPlan, LinkPlan, minutes_without
from cecto.classes.schedule.drafts import SegmentDraft, SessionDraft, in_turn
from cecto.classes.schedule.queries import Session, free_code
from cecto.classes.vocabulary import vocabulary_of
from cecto.foundation.sheets import Unreadable

T = TypeVar("T")
NO_COMPETENCY = ("", _("None"))


class TagsForm(forms.Form):
    """Category, tags and tracks of a session or a piece of work, in the words of one class."""

    tracks = forms.MultipleChoiceField(
        label=_("For"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None ticked means everyone.")
    )
    category = forms.CharField(label=_("Category"), max_length=60, required=False)
    tags = forms.CharField(
        label=_("Tags"), max_length=200, required=False, help_text=_("Words of the definition, with commas.")
    )

    def __init__(self, data: Any = None, *, cohort: Cohort, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.cohort = cohort
        self.vocabulary = vocabulary_of(cohort)
        self.competencies = list(self.vocabulary.known.get("competency", {}).items())
        tracks = self.fields["tracks"]
        if isinstance(tracks, forms.MultipleChoiceField):
            tracks.choices = [(row.track, row.title) for row in cohort.tracks.all()]
        for name in ("category", "tags", "slot"):
            if name in self.fields:
                self._name_words(name)

    def _name_words(self, name: str) -> None:
        known = self.vocabulary.of("tag" if name == "tags" else name)
        if known:
            self.fields[name].help_text = _t("The program rules read: %(words)s.") % {"words": ", ".join(known)}

    def clean_category(self) -> str:
        """A word of the definition."""
        return self._read("category", self.vocabulary.category) or ""

    def clean_tags(self) -> tuple[str, ...]:
        """Words of the definition."""
        return tuple(self._read("tags", self.vocabulary.tags) or ())

    def _read(self, field: str, reader: Callable[[str], T]) -> T | None:
        """What a reader makes of a field; None when it is empty or refused, which is noted at the field."""
        text = self.cleaned_data.get(field)
        try:
            return reader(text) if text else None
        except Unreadable as error:
            self.add_error(field, str(error))
            return None

    def _competency(self, known: str = "") -> forms.ChoiceField:
        """A choice of the definitions' competencies, and of the word that is known already."""
        others = [(known, known)] if known and known not in dict(self.competencies) else []
        choices = [NO_COMPETENCY, *self.competencies, *others]
        return forms.ChoiceField(label=_("Competency"), choices=choices, required=False)


class WordsForm(TagsForm):
    """Also the slot, which only sessions have."""

    slot = forms.CharField(
        label=_("Slot"), max_length=60, required=False, help_text=_("A word of the definition, like joint-day.")
    )

    def clean_slot(self) -> str:
        """A word of the definition."""
        return self._read("slot", self.vocabulary.slot) or ""


class LinkForm(WordsForm):
    """What a session of any class is to this one, with the competency of each of its parts."""

    def __init__(self, data: Any = None, *, cohort: Cohort, session: Session) -> None:
        link = session.link_of(cohort)
        super().__init__(data, cohort=cohort, initial=_said(link) if link else None)
        self.codes = [part.code for part in session.segments]
        for part in session.segments:
            field = self._competency(link.competencies.get(part.code, "") if link else "")
            field.label = _t("Competency of “%(part)s”") % {"part": part.title}
            self.fields[f"competency-{part.code}"] = field

    def plan(self) -> LinkPlan:
        """The words, once the form is valid."""
        found = self.cleaned_data
        competencies = {code: found[f"competency-{code}"] for code in self.codes if found[f"competency-{code}"]}
        return LinkPlan(found["slot"], found["category"], found["tags"], tuple(found["tracks"]), competencies)


def _said(link: MeetingLink) -> dict[str, object]:
    return {
        "slot": link.slot,
        "category": link.category,
        "tags": ", ".join(link.tags),
        "tracks": link.tracks,
        **{f"competency-{code}": word for code, word in link.competencies.items()},
    }


class SessionForm(WordsForm, ExtendingForm):
    """A session to add: when, where, its parts one after another, and what it is to the class.

    Times are those of the program's zone. Parts without a title are left out; without any, the session is one part.
    """

    field_order = ("title", "day", "start", "end", "modality", "place", "link", "breaks", "tracks")
    title = forms.CharField(label=_("Title"), max_length=300)
    day = day_field(_("Date"))
    start = forms.CharField(label=_("Start"), max_length=20, help_text=_("Like 9:00 AM."))
    end = forms.CharField(label=_("End"), max_length=20, help_text=_("Like 4:30 PM."))
    modality = forms.ChoiceField(label=_("Format"), choices=Modality.choices)
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    link = forms.URLField(label=_("Link to join"), max_length=500, required=False, assume_scheme="https")
    breaks = forms.CharField(
        label=_("Breaks"), max_length=200, required=False, help_text=_("Like 12:00-13:00; several with a comma.")
    )

    def __init__(self, data: Any = None, *, cohort: Cohort, parts: int) -> None:
        super().__init__(data, cohort=cohort)
        self.numbers = range(1, parts + 1)
        self.draft: SessionDraft | None = None
        for number in self.numbers:
            self.fields[f"part-{number}-title"] = forms.CharField(label=_("Title"), max_length=300, required=False)
            self.fields[f"part-{number}-competency"] = self._competency()
            self.fields[f"part-{number}-minutes"] = forms.CharField(label=_("Minutes"), max_length=20, required=False)

    @property
    def frame_fields(self) -> list[forms.BoundField]:
        """The fields of the session as a whole."""
        names = ("title", "day", "extend", "start", "end", "modality", "place", "link", "breaks")
        return [self[name] for name in names if name in self.fields]

    @property
    def word_fields(self) -> list[forms.BoundField]:
        """What it is to the class."""
        return [self[name] for name in ("tracks", "slot", "category", "tags")]

    @property
    def parts(self) -> list[list[forms.BoundField]]:
        """The fields of each part."""
        names = ("title", "competency", "minutes")
        return [[self[f"part-{number}-{name}"] for name in names] for number in self.numbers]

    def clean(self) -> dict[str, Any]:
        """Keeps the session as `draft` when all of it can be read and fits."""
        found: dict[str, Any] = super().clean() or {}
        self.hold_day(self.cohort)
        if not self.errors:
            try:
                self.draft = self._draft(found)
            except Unreadable as error:
                self.add_error(None, str(error))
        return found

    def _draft(self, found: dict[str, Any]) -> SessionDraft | None:
        day, zone = found["day"], self.cohort.program.time_zone
        start, end = (self._instant(field, day, zone) for field in ("start", "end"))
        breaks = tuple(self._read("breaks", lambda text: words.breaks(text, day, zone)) or ())
        minutes = {number: self._read(f"part-{number}-minutes", words.minutes) for number in self.numbers}
        if self.errors or start is None or end is None:
            return None
        room = minutes_without(start, end, breaks)
        chosen = [number for number in self.numbers if self._is_said(number)] or [1]
        segments = [self._segment(number, start, end, minutes[number] or room) for number in chosen]
        draft = SessionDraft(
            code=free_code(self.cohort, day),
            title=found["title"],
            day=day,
            segments=tuple(in_turn(segments, breaks)),
            slot=found["slot"],
            category=found["category"],
            tags=found["tags"],
            tracks=tuple(found["tracks"]),
            place=found["place"],
            link=found["link"],
            breaks=breaks,
        )
        return self._checked(draft)

    def _checked(self, draft: SessionDraft) -> SessionDraft | None:
        try:
            draft.plan(draft.codes).check()
        except BadPlan as error:
            self.add_error(None, str(error))
            return None
        return draft

    def _instant(self, field: str, day: date, zone: str) -> datetime | None:
        return self._read(field, lambda text: words.instant(day, words.clock_time(text), zone))

    def _is_said(self, number: int) -> bool:
        return any(self.cleaned_data[f"part-{number}-{name}"] for name in ("title", "competency", "minutes"))

    def _segment(self, number: int, start: datetime, end: datetime, minutes: int) -> SegmentDraft:
        found = self.cleaned_data
        return SegmentDraft(
            row=number,
            title=found[f"part-{number}-title"] or found["title"],
            competency=found[f"part-{number}-competency"],
            starts_at=start,
            ends_at=end,
            minutes=minutes,
            modality=Modality(found["modality"]),
        )
