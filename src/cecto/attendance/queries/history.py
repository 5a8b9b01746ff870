"""How a person's minutes at one session came about: what was seen, who said what, what was posted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from cecto.attendance.models import CheckIn, GuestLink, Mark, Match, Report, ReportRow, Tap, TapAnswer
from cecto.attendance.queries.names import counts
from cecto.attendance.queries.reconciliation import said
from cecto.attendance.queries.sessions import Attendee
from cecto.attendance.whereabouts import Formats, in_words, merged
from cecto.classes.models import Modality
from cecto.classes.schedule.queries import Session
from cecto.ledger.models import Entry
from cecto.people.models import Person
from cecto.requirements.english.amounts import hours


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One row of a report that was taken for this person, and the answer that says so."""

    report: Report
    row: ReportRow
    match: Match

    @property
    def counts(self) -> bool:
        """Whether the row says that they were there."""
        return counts(self.row)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when, who did it, and what in words."""

    at: datetime
    who: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class History:
    """What was seen of a person, what people said, what was posted."""

    seen: tuple[SeenRow, ...]
    events: tuple[Event, ...]


def history(session: Session, attendee: Attendee, reports: tuple[Report, ...]) -> History:
    """Everything behind a person's minutes at a session, oldest first. Six queries beside the reports."""
    person = attendee.person
    marks = list(Mark.objects.filter(meeting=session.meeting, person=person).order_by("id"))
    entries = list(
        Entry.objects.filter(Q(activity__meeting_key=session.key) | Q(replaces_meeting=session.key), person=person)
        .select_related("activity")
        .order_by("id")
    )
    taps = list(CheckIn.objects.filter(meeting=session.meeting, person=person))
    tapped = list(Tap.objects.filter(kiosk__meeting=session.meeting, person=person).select_related("kiosk", "answer"))
    answers = [tap.answer for tap in tapped if hasattr(tap, "answer")]
    acted = {mark.recorded_by for mark in marks} | {entry.recorded_by for entry in entries}
    names = names_of(acted | {answer.answered_by for answer in answers})
    events = [Event(m.recorded_at, names.get(m.recorded_by, m.recorded_by), _said(m), m.reason) for m in marks]
    events += [Event(e.recorded_at, names.get(e.recorded_by, e.recorded_by), _posted(e), e.reason) for e in entries]
    events += [Event(one.at, person.name, f"Checked {one.kind} by phone", "") for one in taps]
    events += [Event(tap.at, person.name, f"Checked {tap.kind} at the kiosk “{tap.kiosk.door}”", "") for tap in tapped]
    events += [Event(a.answered_at, names.get(a.answered_by, a.answered_by), _answered(a), "") for a in answers]
    return History(_seen(person, reports), tuple(sorted(events, key=lambda event: event.at)))


def names_of(keys: set[str]) -> dict[str, str]:
    """The names of persons and guests by the keys under which they write. Two queries."""
    people = dict(Person.objects.filter(key__in=keys).values_list("key", "name"))
    guests = GuestLink.objects.filter(key__in=keys - people.keys()).values_list("key", "name")
    return people | {key: f"{name} (guest)" for key, name in guests}


def _seen(person: Person, reports: tuple[Report, ...]) -> tuple[SeenRow, ...]:
    found = []
    for report in reports:
        mine = {(m.name, m.email): m for m in report.matches.all() if m.person_id == person.pk}
        rows = [row for row in report.rows.all() if (row.name, row.email) in mine]
        found += [SeenRow(report, row, mine[(row.name, row.email)]) for row in rows]
    return tuple(found)


def _answered(answer: TapAnswer) -> str:
    return "The tap at the kiosk counts" if answer.counts else "The tap at the kiosk does not count"


def _said(mark: Mark) -> str:
    if mark.state == Mark.State.MINUTES:
        where = in_words(merged(_formats(mark)))
        return f"Time set by hand: {hours(sum(mark.segment_minutes.values()))}{f', {where}' if where else ''}"
    return f"Marked: {said(mark.state, mark.modality).lower()}"


def _formats(mark: Mark) -> Iterator[Formats]:
    """Where the minutes set by hand were, part by part, as far as the mark says it."""
    for shares in mark.segment_formats.values():
        yield tuple((Modality(where), int(minutes)) for where, minutes in shares.items())


def _posted(entry: Entry) -> str:
    verb = "Reversed" if entry.reverses_id else "Posted"
    where = f" ({Modality(entry.activity.modality).label.lower()})" if entry.activity.modality else ""
    return f"{verb}: {hours(entry.attended)} of {hours(entry.offered)}, {entry.activity.title}{where}"
