"""What counts: which source is right, minutes set by hand, and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cecto.attendance.actions import ByHand
from cecto.attendance.forms.single import SingleAnswers
from cecto.attendance.presence import Presence, SegmentMinutes
from cecto.attendance.queries.reconciliation import PersonRow
from cecto.attendance.whereabouts import Formats, in_words, merged
from cecto.classes.models import Modality
from cecto.foundation.ui import words
from cecto.foundation.ui.durations import HoursField

TOGETHER = "together"


@dataclass(frozen=True)
class ConflictLine:
    """One person whose sources disagree, and the fields of the answer."""

    row: PersonRow
    take: BoundField
    reason: BoundField
    shown: BoundField


class ConflictsForm(SingleAnswers):
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
            self.fields[f"shown-{key}"] = forms.CharField(
                required=False, widget=forms.HiddenInput(attrs={"value": row.shown})
            )

    def clean(self) -> dict[str, Any]:
        """An answer needs a reason, a question that is still asked, and the minutes that the page showed."""
        super().clean()
        for row in self.rows:
            key, told = row.attendee.person.key, {"name": row.attendee.person.name}
            if not self.cleaned_data.get(f"take-{key}"):
                continue
            if not self._reason(key):
                self.add_error(f"reason-{key}", _("%(name)s: say why; it stays with the record.") % told)
            if self.cleaned_data.get(f"shown-{key}") not in ("", row.shown):
                changed = _("%(name)s: what was seen has changed since this page was shown. Look again, then answer.")
                self.add_error(f"take-{key}", changed % told)
        if self._answered_elsewhere():
            self.add_error(None, _ASKED_NO_LONGER)
        return self.cleaned_data

    def lines(self) -> Iterator[ConflictLine]:
        """The people in order, with their fields."""
        for row in self.rows:
            yield ConflictLine(
                row, *(self[f"{name}-{row.attendee.person.key}"] for name in ("take", "reason", "shown"))
            )

    def answers(self) -> list[ByHand]:
        """What is to be recorded of each person who was answered about."""
        rows = ((row, self.cleaned_data[f"take-{row.attendee.person.key}"]) for row in self.rows)
        return [self._answer(row, take) for row, take in rows if take]

    def _answer(self, row: PersonRow, source: str) -> ByHand:
        chosen = row.minutes_by(source)
        minutes = {code: sum(share for _, share in shares) for code, shares in chosen.items()}
        return ByHand(row.attendee.person, minutes, chosen, self._reason(row.attendee.person.key))

    def _answered_elsewhere(self) -> bool:
        """Whether an answer came for somebody about whom nothing is asked any longer."""
        given = [name for name, value in self.data.items() if name.startswith("take-") and value]
        return any(name not in self.fields for name in given)

    def _reason(self, key: str) -> str:
        return str(self.cleaned_data.get(f"reason-{key}") or self.cleaned_data.get("reason", "")).strip()


_ASKED_NO_LONGER = _(
    "Someone you answered about is no longer asked about: they left the class, or somebody answered in the meantime. "
    "Nothing was saved. Look at who is left, and answer again."
)


def _takes(row: PersonRow) -> list[tuple[str, str]]:
    presence: Presence = row.presence
    sources = [(s.source, _said(s.source.capitalize(), s.minutes, s.by_format)) for s in presence.sources]
    together = merged(segment.formats for segment in presence.segments)
    return [*sources, (TOGETHER, _said(gettext("Together"), presence.attended, together))]


def _said(what: str, minutes: int, formats: Formats) -> str:
    return f"{what}: {words.hours(minutes)}" + (f", {in_words(formats)}" if formats else "")


class MinutesForm(SingleAnswers):
    """The time of one person set by hand, per segment and how much of it online, and why."""

    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("It stays with the record."))

    def __init__(self, data: Any, *, titles: dict[str, str], minutes: Iterable[SegmentMinutes]) -> None:
        self.segments = tuple(minutes)
        super().__init__(data)
        for segment in self.segments:
            self._add(segment, titles[segment.code])
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def _add(self, segment: SegmentMinutes, title: str) -> None:
        offered = {"offered": words.hours(segment.offered)}
        self.fields[f"minutes-{segment.code}"] = HoursField(
            label=title,
            help_text=_("Of %(offered)s, as it ran. Hours and minutes, like 6 h 30 min.") % offered,
            initial=segment.attended,
            most=segment.offered,
        )
        self.fields[f"online-{segment.code}"] = HoursField(
            label=_("Of these live online: %(title)s") % {"title": title},
            initial=dict(segment.formats).get(Modality.SYNC, 0),
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """No more online than there are, and every part that was sent is one of the session's."""
        super().clean()
        for segment in self.segments:
            minutes, online = (self.cleaned_data.get(f"{name}-{segment.code}") for name in ("minutes", "online"))
            if minutes is not None and (online or 0) > minutes:
                self.add_error(f"online-{segment.code}", _("At most %(n)s of it.") % {"n": words.hours(minutes)})
        if any(name.startswith(("minutes-", "online-")) and name not in self.fields for name in self.data):
            self.add_error(
                None, _("The parts of this session have changed. Nothing was saved. Look again, then set them.")
            )
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
