"""The roster: everyone present, except; and who may mark it as a guest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cecto.attendance.actions import Marking
from cecto.attendance.forms.clock import ClockTime, at_clock
from cecto.attendance.forms.single import SingleAnswers
from cecto.attendance.models import Mark
from cecto.attendance.queries.reconciliation import PersonRow
from cecto.attendance.queries.sessions import room_of
from cecto.classes.models import Modality
from cecto.classes.schedule.queries import Session

State = Mark.State
FIELDS = ("absent", "apart", "unmarked", "came", "left")


@dataclass(frozen=True)
class RosterLine:
    """One person on the roster form and their fields. `elsewhere` is where a tick there says that they were."""

    row: PersonRow
    absent: BoundField
    apart: BoundField
    unmarked: BoundField
    came: BoundField
    left: BoundField
    said: str = ""
    elsewhere: str = ""

    @property
    def seen(self) -> int:
        """The person's latest mark, by its id; 0 for none."""
        return self.row.mark.pk if self.row.mark else 0

    @property
    def is_special(self) -> bool:
        """Whether the person has a time, is left to the report, or their answer is refused."""
        fields = (self.unmarked, self.came, self.left)
        return any(field.value() or field.errors for field in fields)


class RosterForm(SingleAnswers):
    """Everyone present, except: who was absent, who was elsewhere, late or gone early, who is left to the reports.

    `elsewhere` is online when the session has a room, in the room when it has none.
    """

    def __init__(self, data: Any, *, session: Session, rows: Iterable[PersonRow]) -> None:
        self.session, self.rows = session, tuple(rows)
        self.elsewhere = Modality.SYNC if room_of(session) else Modality.F2F
        super().__init__(data, initial=self._initial())
        for row in self.rows:
            self._add(row)

    def _add(self, row: PersonRow) -> None:
        key, name = row.attendee.person.key, row.attendee.person.name
        self.fields[f"absent-{key}"] = self._tick(gettext("Absent"), name)
        self.fields[f"apart-{key}"] = self._tick(self.elsewhere_word, name)
        self.fields[f"unmarked-{key}"] = forms.BooleanField(label=_("Count by the report alone"), required=False)
        self.fields[f"came-{key}"] = ClockTime(label=_("Came at"))
        self.fields[f"left-{key}"] = ClockTime(label=_("Left at"))

    @property
    def elsewhere_word(self) -> str:
        """The heading of the ticks that say so."""
        return gettext("Online") if self.elsewhere == Modality.SYNC else gettext("In the room")

    def _tick(self, label: str, name: str) -> forms.BooleanField:
        spoken = forms.CheckboxInput(attrs={"aria-label": f"{label}: {name}"})
        return forms.BooleanField(label=label, required=False, widget=spoken)

    def _initial(self) -> dict[str, object]:
        return {name: value for row in self.rows for name, value in self._initial_of(row).items()}

    def _initial_of(self, row: PersonRow) -> dict[str, object]:
        key, mark = row.attendee.person.key, row.on_roster
        if mark is None:
            return {f"unmarked-{key}": self._marked_before and not row.announced, f"absent-{key}": row.announced}
        return {
            f"absent-{key}": mark.state == State.ABSENT,
            f"apart-{key}": mark.modality == self.elsewhere,
            f"came-{key}": self._clock(mark.came_at),
            f"left-{key}": self._clock(mark.left_at),
        }

    @property
    def _marked_before(self) -> bool:
        return any(row.on_roster for row in self.rows)

    def _clock(self, instant: datetime | None) -> time | None:
        return instant.astimezone(ZoneInfo(self.session.zone)).time() if instant else None

    def _said(self, mark: Mark | None) -> str:
        """What stands, as the page's script compares it with what is asked for: state|came|left|where."""
        if mark is None:
            return f"{State.CLEARED}|||"
        times = (self._clock(mark.came_at), self._clock(mark.left_at))
        return "|".join([mark.state, *(f"{at:%H:%M}" if at else "" for at in times), mark.modality])

    def lines(self) -> Iterator[RosterLine]:
        """The people in order, with their fields."""
        for row in self.rows:
            key = row.attendee.person.key
            absent, apart, unmarked, came, left = (self[f"{name}-{key}"] for name in FIELDS)
            said = self._said(row.on_roster)
            yield RosterLine(row, absent, apart, unmarked, came, left, said, self.elsewhere)

    def clean(self) -> dict[str, Any]:
        """One answer a person: absent, left to the reports, or there, with times and where."""
        super().clean()
        for row in self.rows:
            key = row.attendee.person.key
            said = [name for name in ("absent", "unmarked") if self.cleaned_data.get(f"{name}-{key}")]
            there = any(self.cleaned_data.get(f"{name}-{key}") for name in ("apart", "came", "left"))
            if len(said) + there > 1:
                told = {"name": row.attendee.person.name, "elsewhere": self.elsewhere_word.lower()}
                problem = _("%(name)s: choose one: absent, by report, or there (%(elsewhere)s, with times).") % told
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
        planned = self.session.revision
        came = at_clock(self.session, self.cleaned_data[f"came-{key}"], near=planned.starts_at)
        left = at_clock(self.session, self.cleaned_data[f"left-{key}"], near=planned.ends_at)
        where = self.elsewhere if self.cleaned_data[f"apart-{key}"] else ""
        return Marking(person_id, State.PARTLY if came or left else State.PRESENT, came, left, modality=where)


class GuestForm(forms.Form):
    """Who is given a link."""

    name = forms.CharField(label=_("Guest’s name"), max_length=200)
