"""The shape of what people say about attendance. Nothing here saves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from cecto.attendance.actions import Marking, NameAnswer
from cecto.attendance.models import Mark
from cecto.attendance.presence import Presence, SegmentMinutes
from cecto.attendance.queries.names import UnsureName
from cecto.attendance.queries.reconciliation import PersonRow
from cecto.attendance.queries.sessions import Attendee
from cecto.attendance.reports.sheet import LARGEST_BYTES
from cecto.classes.schedule.queries import Session

COMMON_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "UTC",
)
State = Mark.State


class ClockTime(forms.TimeField):
    """A time of day in the program's time zone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(required=False, widget=widget, **options)


@dataclass(frozen=True)
class RosterLine:
    """One person on the roster form and their three fields."""

    row: PersonRow
    absent: BoundField
    unmarked: BoundField
    came: BoundField
    left: BoundField

    @property
    def is_special(self) -> bool:
        """Whether the person has a time, is left to the report, or their answer is refused."""
        fields = (self.unmarked, self.came, self.left)
        return any(field.value() or field.errors for field in fields)


class RosterForm(forms.Form):
    """Everyone present, except: who was absent, who came late or left early, who is left to the reports."""

    def __init__(self, data: Any, *, session: Session, rows: Iterable[PersonRow]) -> None:
        self.session, self.rows = session, tuple(rows)
        super().__init__(data, initial=self._initial())
        for row in self.rows:
            self._add(row)

    def _add(self, row: PersonRow) -> None:
        key, name = row.attendee.person.key, row.attendee.person.name
        spoken = forms.CheckboxInput(attrs={"aria-label": _("Absent: %(name)s") % {"name": name}})
        self.fields[f"absent-{key}"] = forms.BooleanField(label=_("Absent"), required=False, widget=spoken)
        self.fields[f"unmarked-{key}"] = forms.BooleanField(label=_("Online: count by the report"), required=False)
        self.fields[f"came-{key}"] = ClockTime(label=_("Came at"))
        self.fields[f"left-{key}"] = ClockTime(label=_("Left at"))

    def _initial(self) -> dict[str, object]:
        return {name: value for row in self.rows for name, value in self._initial_of(row).items()}

    def _initial_of(self, row: PersonRow) -> dict[str, object]:
        key, mark = row.attendee.person.key, row.on_roster
        if mark is None:
            return {f"unmarked-{key}": self._marked_before}
        return {
            f"absent-{key}": mark.state == State.ABSENT,
            f"came-{key}": self._clock(mark.came_at),
            f"left-{key}": self._clock(mark.left_at),
        }

    @property
    def _marked_before(self) -> bool:
        return any(row.on_roster for row in self.rows)

    def _clock(self, instant: datetime | None) -> time | None:
        return instant.astimezone(ZoneInfo(self.session.zone)).time() if instant else None

    def lines(self) -> Iterator[RosterLine]:
        """The people in order, with their fields."""
        for row in self.rows:
            key = row.attendee.person.key
            yield RosterLine(
                row, self[f"absent-{key}"], self[f"unmarked-{key}"], self[f"came-{key}"], self[f"left-{key}"]
            )

    def clean(self) -> dict[str, Any]:
        """One answer a person: absent, left to the reports, or times."""
        for row in self.rows:
            key = row.attendee.person.key
            said = [name for name in ("absent", "unmarked") if self.cleaned_data.get(f"{name}-{key}")]
            times = any(self.cleaned_data.get(f"{name}-{key}") for name in ("came", "left"))
            if len(said) + times > 1:
                problem = _("%(name)s: choose one of absent, by report, or times.") % {"name": row.attendee.person.name}
                self.add_error(f"absent-{key}", problem)
        return self.cleaned_data

    def markings(self) -> list[Marking]:
        """What the form says of each person."""
        return [self._marking(row) for row in self.rows]

    def _marking(self, row: PersonRow) -> Marking:
        key, person_id = row.attendee.person.key, row.attendee.person.pk
        if self.cleaned_data[f"absent-{key}"]:
            return Marking(person_id, State.ABSENT)
        if self.cleaned_data[f"unmarked-{key}"]:
            return Marking(person_id, State.CLEARED)
        came, left = (on_day(self.session, self.cleaned_data[f"{name}-{key}"]) for name in ("came", "left"))
        return Marking(person_id, State.PARTLY if came or left else State.PRESENT, came, left)


def on_day(session: Session, clock: time | None) -> datetime | None:
    """A time of day on the day of the session, in its time zone."""
    return datetime.combine(session.day, clock, ZoneInfo(session.zone)) if clock else None


class ReportForm(forms.Form):
    """A file to import and the zone of the times in it."""

    file = forms.FileField(
        label=_("Attendance report"),
        help_text=_("A Zoom participants report or a typed-up sign-in sheet, as CSV or XLSX."),
        max_length=300,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"}),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone of its times"), help_text=_("Zoom uses the zone of the account that exported the report.")
    )

    def __init__(self, data: Any = None, files: Any = None, *, usual: str) -> None:
        super().__init__(data, files, initial={"time_zone": usual})
        zones = dict.fromkeys((usual, *COMMON_ZONES, *sorted(available_timezones())))
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker what is declared above
        field.choices = [(zone, zone.replace("_", " ")) for zone in zones]

    def clean_file(self) -> UploadedFile[Any]:
        """The file, unless it is larger than any report."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_BYTES:
            limit = LARGEST_BYTES // 1_000_000
            raise forms.ValidationError(
                _("The file has %(size)s MB; a report may have %(limit)s MB. Export the report of this session alone.")
                % {"size": (file.size or 0) // 1_000_000, "limit": limit}
            )
        return file


LATER, NOT_OURS = "", "-"


@dataclass(frozen=True)
class NameLine:
    """One unsure name and its fields."""

    name: UnsureName
    who: BoundField
    other: BoundField
    several: BoundField


class NamesForm(forms.Form):
    """Who each unsure name is."""

    rest_not_ours = forms.BooleanField(label=_("Everyone still on “Decide later” is not ours"), required=False)

    def __init__(self, data: Any, *, names: Iterable[UnsureName], people: Iterable[Attendee]) -> None:
        self.names, self.people = tuple(names), tuple(people)
        super().__init__(data)
        everyone = [(who.person.key, _described(who)) for who in self.people]
        for name in self.names:
            self.fields[f"who-{name.key}"] = forms.ChoiceField(
                label=_("Who is it?"),
                choices=_likely(name),
                widget=forms.RadioSelect,
                required=False,
                initial=LATER,
            )
            self.fields[f"other-{name.key}"] = forms.ChoiceField(
                label=_("Someone else"), choices=[("", _("Choose")), *everyone], required=False
            )
            self.fields[f"several-{name.key}"] = forms.MultipleChoiceField(
                label=_("Who was there"), choices=everyone, widget=forms.CheckboxSelectMultiple, required=False
            )

    def lines(self) -> Iterator[NameLine]:
        """The names in order, with their fields."""
        for name in self.names:
            yield NameLine(name, *(self[f"{field}-{name.key}"] for field in ("who", "other", "several")))

    def answers(self) -> list[NameAnswer]:
        """The answers given; names left for later have none."""
        found = (self._answer(name) for name in self.names)
        return [answer for answer in found if answer]

    def _answer(self, name: UnsureName) -> NameAnswer | None:
        who, other, several = (self.cleaned_data[f"{field}-{name.key}"] for field in ("who", "other", "several"))
        chosen = several or [key for key in (other or who,) if key not in (LATER, NOT_OURS)]
        if chosen:
            ids = {person.person.key: person.person.pk for person in self.people}
            return NameAnswer(name.report.pk, name.name, name.email, tuple(ids[key] for key in chosen))
        if who == NOT_OURS or self.cleaned_data["rest_not_ours"]:
            return NameAnswer(name.report.pk, name.name, name.email)
        return None


def _likely(name: UnsureName) -> list[tuple[str, Any]]:
    found = [(who.person.key, f"{_described(who)}: {why.reason}") for who, why in name.suggestions]
    return [*found, (NOT_OURS, _("Nobody of ours")), (LATER, _("Decide later"))]


def _described(attendee: Attendee) -> str:
    return f"{attendee.person.name} ({attendee.organization})" if attendee.organization else attendee.person.name


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
    sources = [(s.source, f"{s.source.capitalize()}: {s.minutes} min") for s in presence.sources]
    return [*sources, (TOGETHER, f"Together: {presence.attended} min")]


class TimesForm(forms.Form):
    """When the session really ran."""

    began = ClockTime(label=_("Really began at"))
    ended = ClockTime(label=_("Really ended at"))


class MinutesForm(forms.Form):
    """Minutes of one person set by hand, per segment, and why."""

    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("It stays with the record."))

    def __init__(self, data: Any, *, titles: dict[str, str], minutes: Iterable[SegmentMinutes]) -> None:
        self.codes = [segment.code for segment in minutes]
        super().__init__(data)
        for segment in minutes:
            self.fields[f"minutes-{segment.code}"] = forms.IntegerField(
                label=titles[segment.code],
                help_text=_("of %(offered)s minutes") % {"offered": segment.offered},
                initial=segment.attended,
                min_value=0,
                max_value=segment.offered,
            )
        self.order_fields([*(f"minutes-{code}" for code in self.codes), "reason"])

    def minutes(self) -> dict[str, int]:
        """Minutes by segment code."""
        return {code: self.cleaned_data[f"minutes-{code}"] for code in self.codes}


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("It stays with the record."))


class GuestForm(forms.Form):
    """Who is given a link."""

    name = forms.CharField(label=_("Guest’s name"), max_length=200)
