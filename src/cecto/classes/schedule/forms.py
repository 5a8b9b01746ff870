"""What staff say about a session and about a schedule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cecto.classes import words
from cecto.classes.changing.forms import ExtendingForm
from cecto.classes.forms import day_field
from cecto.classes.models import Modality
from cecto.classes.plans import BadPlan, MeetingPlan, SegmentPlan, Span, breaks_of
from cecto.classes.schedule.queries import Session
from cecto.foundation.sheets import Unreadable

T = TypeVar("T")
SEGMENT = ("title", "start", "end", "minutes")


class MeetingForm(ExtendingForm):
    """The schedule of one session: when, where and its parts. Times are those of the program's zone."""

    title = forms.CharField(label=_("Title"), max_length=300)
    day = day_field(_("Date"))
    modality = forms.ChoiceField(label=_("Format"), choices=Modality.choices)
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    link = forms.URLField(label=_("Link to join"), max_length=500, required=False, assume_scheme="https")
    breaks = forms.CharField(
        label=_("Breaks"), max_length=200, required=False, help_text=_("Like 12:00-13:00; several with a comma.")
    )

    def __init__(self, data: Any = None, *, session: Session) -> None:
        self.session = session
        super().__init__(data, initial=_initial(session))
        for part in session.segments:
            self._add_segment(part.code)

    def _add_segment(self, code: str) -> None:
        labels = {
            "title": _("Part"),
            "start": _("Start"),
            "end": _("End"),
            "minutes": _("Planned minutes"),
        }
        for name in SEGMENT:
            self.fields[f"{code}-{name}"] = forms.CharField(label=labels[name], max_length=300)

    @property
    def frame_fields(self) -> list[forms.BoundField]:
        """The fields of the session as a whole."""
        names = ("title", "day", "extend", "modality", "place", "link", "breaks")
        return [self[name] for name in names if name in self.fields]

    @property
    def segments(self) -> list[list[forms.BoundField]]:
        """The fields of each part."""
        return [[self[f"{part.code}-{name}"] for name in SEGMENT] for part in self.session.segments]

    def clean(self) -> dict[str, Any]:
        """Puts the plan under `plan` when every part can be read and fits."""
        found: dict[str, Any] = super().clean() or {}
        self.hold_day(self.session.meeting.owner)
        if self.errors or "day" not in found:
            return found
        plan = self._plan(found)
        if plan is not None and not self.errors:
            try:
                plan.check()
            except BadPlan as error:
                self.add_error(None, str(error))
            found["plan"] = plan
        return found

    def _plan(self, found: dict[str, Any]) -> MeetingPlan | None:
        breaks = self._breaks(found["day"])
        parts = [self._segment(part.code, part.modality, found["day"]) for part in self.session.segments]
        known = sorted((part for part in parts if part is not None), key=lambda part: part.starts_at)
        if len(known) < len(parts):
            return None
        return MeetingPlan(
            title=found["title"],
            starts_at=known[0].starts_at,
            ends_at=max(part.ends_at for part in known),
            modality=Modality(found["modality"]),
            segments=tuple(known),
            place=found["place"],
            link=found["link"],
            breaks=breaks,
        )

    def _segment(self, code: str, modality: str, day: date) -> SegmentPlan | None:
        start, end = self._instant(f"{code}-start", day), self._instant(f"{code}-end", day)
        minutes = self._read(f"{code}-minutes", words.minutes)
        if start is None or end is None or minutes is None:
            return None
        chosen = self.cleaned_data["modality"] if modality == self.session.revision.modality else modality
        title = self.cleaned_data[f"{code}-title"]
        return SegmentPlan(code, title, start, end, minutes, Modality(chosen))

    def _breaks(self, day: date) -> tuple[Span, ...]:
        if not self.cleaned_data["breaks"]:
            return ()
        return tuple(self._read("breaks", lambda text: words.breaks(text, day, self._zone)) or ())

    def _instant(self, field: str, day: date) -> datetime | None:
        return self._read(field, lambda text: words.instant(day, words.clock_time(text), self._zone))

    def _read(self, field: str, reader: Callable[[str], T]) -> T | None:
        try:
            return reader(self.cleaned_data[field])
        except Unreadable as error:
            self.add_error(field, str(error))
            return None

    @property
    def _zone(self) -> str:
        return self.session.zone


def _initial(session: Session) -> dict[str, object]:
    revision = session.revision
    found: dict[str, object] = {
        "title": revision.title,
        "day": session.day,
        "modality": revision.modality,
        "place": revision.place,
        "link": revision.link,
        "breaks": ", ".join(
            f"{words.said(since, session.zone)}-{words.said(until, session.zone)}"
            for since, until in breaks_of(revision)
        ),
    }
    for part in session.segments:
        found |= {
            f"{part.code}-title": part.title,
            f"{part.code}-start": words.said(part.starts_at, session.zone),
            f"{part.code}-end": words.said(part.ends_at, session.zone),
            f"{part.code}-minutes": part.minutes,
        }
    return found
