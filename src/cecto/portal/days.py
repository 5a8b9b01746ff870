"""The sessions of the person who looks: what was, and what is to come, each with what it means for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cecto.audits.headline import day as said_day
from cecto.audits.queries import EnrollmentAudit, facts_of
from cecto.classes.models import MeetingRevision
from cecto.classes.schedule.queries import Session, local_day
from cecto.foundation.ui.words import clock, hours
from cecto.programs.queries import ruleset
from cecto.requirements.crediting import Had, had_of
from cecto.requirements.situations import Prospects, Situation


@dataclass(frozen=True, slots=True)
class Attended:
    """A session that is over: minutes credited by the definition, made up and offered; nothing while it is not final.

    A session that counts in two programs is told as the one that credits more of it.
    """

    session: Session
    had: Had | None

    @property
    def status(self) -> str:
        """A word of `ui.statuses`."""
        if self.session.canceled:
            return "canceled"
        if self.had is None:
            return "waiting"
        if not self.had.missed:
            return "made-up" if self.had.made_up else "counted"
        return "counted-in-part" if self.had.credited + self.had.made_up else "missed"

    @property
    def words(self) -> str:
        """What became of it, in a sentence."""
        had = self.had
        if had is None:
            return _("%(h)s is added when attendance is final.") % {"h": hours(self.session.minutes)}
        if not had.missed:
            return _("%(h)s, counted in full") % {"h": hours(had.offered)}
        said = {"h": hours(had.credited + had.made_up), "of": hours(had.offered), "missed": hours(had.missed)}
        if had.credited + had.made_up == 0:
            return _("You missed this session (%(of)s).") % said
        return _("%(h)s of %(of)s; missed %(missed)s") % said

    @property
    def missed(self) -> int:
        """Minutes missed and not made up."""
        return self.had.missed if self.had else 0


@dataclass(frozen=True, slots=True)
class ToCome:
    """A session still to come: whether it is needed, when it was before it was moved, what its being canceled means."""

    session: Session
    needed: bool
    moved_from: str
    canceled: str


def past_of(audits: Sequence[EnrollmentAudit], held: Sequence[Session]) -> Iterator[Attended]:
    """The sessions that are over, the latest first; canceled ones are told with those to come."""
    had: dict[str, Had] = {}
    for seen in audits:
        found = had_of(
            ruleset(seen.definition), facts_of(seen), true_on=seen.audit.true_on, known_at=seen.audit.known_at
        )
        for unit, one in found.items():
            if unit not in had or had[unit].missed > one.missed:
                had[unit] = one
    for session in reversed(held):
        if not session.canceled:
            yield Attended(session, had.get(session.key))


def to_come(ahead: Sequence[Session], found: Iterable[Prospects], before: Mapping[int, datetime]) -> list[ToCome]:
    """The sessions still to come, with what each means. `before` says from when the moved ones were moved."""
    everyone = list(found)
    needed = {one.unit for each in everyone for one in each.room.needed}
    return [
        ToCome(one, one.key in needed, _moved(one, before.get(one.meeting.pk)), _canceled(one, everyone))
        for one in ahead
    ]


def moved_from(meetings: Collection[int]) -> dict[int, datetime]:
    """When the sessions among these (by row id) that were moved began before, by what was scheduled last. One query."""
    rows = MeetingRevision.objects.filter(meeting__in=meetings).order_by("number")
    starts: dict[int, list[datetime]] = {}
    for meeting, start in rows.values_list("meeting_id", "starts_at"):
        known = starts.setdefault(meeting, [])
        if not known or known[-1] != start:
            known.append(start)
    return {meeting: known[-2] for meeting, known in starts.items() if len(known) > 1}


def _moved(session: Session, before: datetime | None) -> str:
    if before is None:
        return ""
    time, on = clock(before, session.zone), local_day(before, session.zone)
    if on == session.day:
        return _("New time. It was %(time)s.") % {"time": time}
    return _("New date. It was %(day)s, %(time)s.") % {"day": said_day(on), "time": time}


def _canceled(session: Session, found: Sequence[Prospects]) -> str:
    if not session.canceled:
        return ""
    short = any(one.situation is Situation.CANCELED for one in found)
    if short:
        return _("Canceled. You need this time: a new date is coming.")
    if all(one.on_course or one.done for one in found):
        return _("Canceled. You don’t need it to finish.")
    return _("Canceled. It counts for no one.")
