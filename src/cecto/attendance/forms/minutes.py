"""What counts: which source is right, minutes set by hand, and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cecto.attendance.presence import Presence, SegmentMinutes
from cecto.attendance.queries.reconciliation import PersonRow
from cecto.attendance.whereabouts import Formats, in_words, merged
from cecto.classes.models import Modality

TOGETHER = "together"


@dataclass(frozen=True)
class ConflictLine:
    """One person whose sources disagree, and the fields of the answer."""

    row: PersonRow
    take: BoundField
    reason: BoundField


class ConflictsForm(forms.Form):
    """Which source is right for each person whose sources disagree, and why. One reason may do for several."""

    reason = forms.CharField(
        label=_("Why, for all who have no reason of their own"), max_length=300, required=False, widget=forms.TextInput
    )

    def __init__(self, data: Any, *, rows: Iterable[PersonRow]) -> None:
        self.rows = tuple(rows)
        super().__init__(data)
        for row in self.rows:
            key = row.attendee.person.key
            self.fields[f"take-{key}"] = forms.ChoiceField(
                label=_("What counts?"), choices=_takes(row), widget=forms.RadioSelect, required=False
            )
            self.fields[f"reason-{key}"] = forms.CharField(
                label=_("Why"), max_length=300, required=False, widget=forms.TextInput
            )

    def clean(self) -> dict[str, Any]:
        """An answer needs a reason."""
        for row in self.rows:
            key = row.attendee.person.key
            if self.cleaned_data.get(f"take-{key}") and not self._reason(key):
                problem = _("%(name)s: say why; it stays with the record.") % {"name": row.attendee.person.name}
                self.add_error(f"reason-{key}", problem)
        return self.cleaned_data

    def lines(self) -> Iterator[ConflictLine]:
        """The people in order, with their fields."""
        for row in self.rows:
            key = row.attendee.person.key
            yield ConflictLine(row, self[f"take-{key}"], self[f"reason-{key}"])

    def answers(self) -> list[tuple[PersonRow, str, str]]:
        """The people answered: row, source or TOGETHER, reason."""
        found = []
        for row in self.rows:
            key = row.attendee.person.key
            if take := self.cleaned_data[f"take-{key}"]:
                found.append((row, take, self._reason(key)))
        return found

    def _reason(self, key: str) -> str:
        return str(self.cleaned_data.get(f"reason-{key}") or self.cleaned_data.get("reason", "")).strip()


def _takes(row: PersonRow) -> list[tuple[str, str]]:
    presence: Presence = row.presence
    sources = [(s.source, _said(s.source.capitalize(), s.minutes, s.by_format)) for s in presence.sources]
    together = merged(segment.formats for segment in presence.segments)
    return [*sources, (TOGETHER, _said(gettext("Together"), presence.attended, together))]


def _said(what: str, minutes: int, formats: Formats) -> str:
    return f"{what}: {minutes} min" + (f", {in_words(formats)}" if formats else "")


class MinutesForm(forms.Form):
    """Minutes of one person set by hand, per segment and how many of them online, and why."""

    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("It stays with the record."))

    def __init__(self, data: Any, *, titles: dict[str, str], minutes: Iterable[SegmentMinutes]) -> None:
        self.segments = tuple(minutes)
        super().__init__(data)
        for segment in self.segments:
            self._add(segment, titles[segment.code])
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def _add(self, segment: SegmentMinutes, title: str) -> None:
        self.fields[f"minutes-{segment.code}"] = forms.IntegerField(
            label=title,
            help_text=_("of %(offered)s minutes") % {"offered": segment.offered},
            initial=segment.attended,
            min_value=0,
            max_value=segment.offered,
        )
        self.fields[f"online-{segment.code}"] = forms.IntegerField(
            label=_("Of these live online: %(title)s") % {"title": title},
            initial=dict(segment.formats).get(Modality.SYNC, 0),
            min_value=0,
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """No more online than there are."""
        for segment in self.segments:
            minutes, online = (self.cleaned_data.get(f"{name}-{segment.code}") for name in ("minutes", "online"))
            if minutes is not None and (online or 0) > minutes:
                self.add_error(f"online-{segment.code}", _("At most %(n)s of these minutes.") % {"n": minutes})
        return self.cleaned_data

    def minutes(self) -> dict[str, int]:
        """Minutes by segment code."""
        return {segment.code: self.cleaned_data[f"minutes-{segment.code}"] for segment in self.segments}

    def formats(self) -> dict[str, Formats]:
        """The same by format; a segment of which that was not said is left out."""
        found: dict[str, Formats] = {}
        for segment in self.segments:
            minutes, online = (self.cleaned_data[f"{name}-{segment.code}"] for name in ("minutes", "online"))
            if online is not None:
                rest = Modality.ASYNC if segment.planned == Modality.ASYNC else Modality.F2F
                found[segment.code] = ((rest, minutes - online), (Modality.SYNC, online))
        return found


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("It stays with the record."))
