"""A schedule as one viewer is shown it: a picture of the year, a table for each month, links where they may go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cecto.classes.models import Cohort, LaterDate, Modality
from cecto.classes.schedule.queries import Session, local_day
from cecto.foundation.tables import Column, Kind, Table, Value
from cecto.foundation.ui import words
from cecto.foundation.ui.pictures.year import Day, Year
from cecto.people.viewer import Permission, Viewer


@dataclass(frozen=True)
class Line:
    """One session in the list. `page` and `change` are where the viewer may go, or empty; `state` is a timeline's."""

    session: Session
    status: str
    state: str
    about: str
    page: str
    change: str
    words: str = ""


@dataclass(frozen=True)
class Month:
    """A month of the schedule: its sessions, and what stands in it for dates not set yet."""

    first: date
    lines: list[Line]
    later: list[LaterDate]


@dataclass(frozen=True)
class ShownSchedule:
    """The sessions of a class as of an instant. Reads `cohort.tracks`; prefetch them."""

    cohort: Cohort
    sessions: Sequence[Session]
    viewer: Viewer
    at: datetime

    def year(self) -> Year:
        """The picture of the year."""
        days = [Day(one.day, one.revision.title, self.status(one), self._page(one)) for one in self.sessions]
        today = local_day(self.at, self.cohort.program.time_zone)
        description = _("Each mark is a day with a session.")
        return Year(_("The year of the class"), description, self.cohort.first_day, self.cohort.end, today, days)

    def months(self, later: Iterable[LaterDate]) -> list[Month]:
        """The sessions of each month that has any, or has dates still to be announced."""
        months: dict[date, Month] = {}
        for found in self.sessions:
            first = found.day.replace(day=1)
            months.setdefault(first, Month(first, [], [])).lines.append(self._line(found))
        for line in later:
            months.setdefault(line.month, Month(line.month, [], [])).later.append(line)
        return [months[first] for first in sorted(months)]

    def status(self, found: Session) -> str:
        """canceled, today, scheduled or held."""
        if found.canceled:
            return "canceled"
        if local_day(self.at, found.zone) == found.day:
            return "today"
        return "held" if found.revision.ends_at <= self.at else "scheduled"

    def _line(self, found: Session) -> Line:
        status = self.status(found)
        state = {"held": "done", "today": "now"}.get(status, "coming")
        change = reverse("classes:revise", args=[found.key]) if self._runs(found) else ""
        return Line(found, status, state, self._about(found), self._page(found), change, self._words(found))

    def _words(self, found: Session) -> str:
        """Where it is said what the session counts as here, for those who run this class."""
        runs = self.viewer.may(Permission.RUN_CLASS, self.cohort.program.code)
        return reverse("classes:link-session", args=[self.cohort.key, found.key]) if runs else ""

    def _about(self, found: Session) -> str:
        """Format, place, length, for whom and by whom, in one line."""
        owner, where = found.meeting.owner, self._where(found)
        parts = [str(Modality(found.revision.modality).label), where, words.hours(found.minutes), self._tracks(found)]
        held_by = _("held by %(name)s") % {"name": owner.name} if owner.pk != self.cohort.pk else ""
        return " · ".join(filter(None, [*parts, held_by]))

    def _where(self, found: Session) -> str:
        return found.revision.place or (_("online") if found.revision.link else "")

    def table(self, title: str) -> Table:
        """All of it in one table, to take away."""
        columns = (
            Column(_("Session")),
            Column(_("When")),
            Column(_("Format")),
            Column(_("Where")),
            Column(_("Planned"), Kind.HOURS),
            Column(_("Held by")),
            Column(_("For")),
            Column(_("Status"), Kind.STATUS),
        )
        return Table(title, columns, [self._row(found) for found in self.sessions])

    def _row(self, found: Session) -> list[Value]:
        revision = found.revision
        return [
            revision.title,
            words.span(revision.starts_at, revision.ends_at, found.zone),
            str(Modality(revision.modality).label),
            self._where(found),
            found.minutes,
            found.meeting.owner.name,
            self._tracks(found),
            self.status(found),
        ]

    def _tracks(self, found: Session) -> str:
        link = found.link_of(self.cohort)
        titles = {row.track: row.title for row in self.cohort.tracks.all()}
        wanted = link.tracks if link else []
        return ", ".join(titles.get(track, track) for track in wanted) if wanted else _("Everyone")

    def _page(self, found: Session) -> str:
        """The session's own page, for those who may mark it."""
        return reverse("attendance:roster", args=[found.key]) if self._runs(found) else ""

    def _runs(self, found: Session) -> bool:
        return self.viewer.may(Permission.RUN_CLASS, found.meeting.owner.program.code)
