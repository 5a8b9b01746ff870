"""What importing a file would do, before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cecto.attendance.devices import is_room
from cecto.attendance.intervals import between, clip
from cecto.attendance.matching import How, Matched, Named, Roster, fold
from cecto.attendance.models import Report
from cecto.attendance.presence import Presence, Timetable, presence
from cecto.attendance.queries.names import roster_of
from cecto.attendance.queries.sessions import Attendee, attendees_with_addresses, clock_time, room_of, timetable_of
from cecto.attendance.reports import (
    SIGN_IN,
    UNCOUNTED,
    VIDEO,
    Flag,
    ParsedReport,
    ReportRow,
    Setting,
    read_report,
    refusal,
)
from cecto.attendance.sightings import sighting_of
from cecto.classes.models import Modality
from cecto.classes.schedule.queries import Session
from cecto.foundation.sheets import SheetRefused
from cecto.people.models import PersonEmail


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the file and who it is. `inside` tells whether it falls into the session at all."""

    row: ReportRow
    matched: Matched
    attendee: Attendee | None
    inside: bool

    @property
    def waits(self) -> bool:
        """True when a human will have to say who this is."""
        return self.matched.how is How.QUEUE and self.counts

    @property
    def counts(self) -> bool:
        """True when the row says something of when they were there."""
        return not UNCOUNTED & self.row.flags


@dataclass(frozen=True, slots=True)
class PreviewPerson:
    """Someone whom the file names for certain: their rows, and the minutes that these alone come to."""

    attendee: Attendee
    rows: tuple[PreviewRow, ...]
    presence: Presence

    @property
    def open(self) -> str:
        """What a human must say before these minutes can be final; nothing when they are certain."""
        unread = next((line.row.note for line in self.rows if Flag.UNREADABLE in line.row.flags), "")
        if unread:
            return unread
        if any(Flag.LATE in line.row.flags for line in self.rows):
            return "Marked late without minutes. Set them by hand."
        apart = max((found.minutes_apart for found in self.presence.disagreements), default=0)
        least, most = self.presence.attended, self.presence.attended + apart
        return f"The file does not say when they were away: {least} to {most} min." if apart else ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A file read for a session. `already` is the report that the same file was imported as before.

    `people` are those it names for certain; `rosters` suggests who the others may be.
    """

    file_name: str
    time_zone: str
    sha256: str
    parsed: ParsedReport
    rows: tuple[PreviewRow, ...]
    already: Report | None
    people: tuple[PreviewPerson, ...]
    roster: Roster
    names: Mapping[str, str]

    @property
    def credited(self) -> int:
        """How many people the file names for certain."""
        return len(self.people)

    @property
    def waiting(self) -> int:
        """How many names wait for an answer."""
        return len({(row.row.raw_name, row.row.email) for row in self.rows if row.waits})

    @property
    def outside(self) -> int:
        """How many rows fall outside the session and so count nothing."""
        return sum(not row.inside for row in self.rows)


def preview(session: Session, content: bytes, *, file_name: str, time_zone: str) -> Preview:
    """Read a file for a session and match its names. Writes nothing.

    Raises SheetRefused when the file cannot be read, or no row of it falls into the session.
    """
    name = PurePath(file_name.replace("\\", "/")).name[:300] or "report"
    zone = _zone(time_zone, name)
    begins, ends = (at.astimezone(zone).time() for at in (session.revision.starts_at, session.revision.ends_at))
    parsed = read_report(content, Setting(name, zone, session.day, begins, ends))
    people = attendees_with_addresses(session)
    roster, staff = roster_of(session, people, parsed.source), _staff(session, people)
    by_key = {attendee.person.key: attendee for attendee in people}
    timetable = timetable_of(session)
    answers = {name: _match(name, roster, staff) for name in {named_as(row) for row in parsed.rows}}
    rows = tuple(_row(row, answers[named_as(row)], by_key, timetable) for row in parsed.rows)
    if not any(row.inside for row in rows):
        raise _outside(session, parsed, name)
    sha256 = hashlib.sha256(content).hexdigest()
    already = Report.objects.filter(withdrawn_at=None, meeting=session.meeting, sha256=sha256).first()
    credited = _people(rows, parsed.source, timetable, where_of(session, parsed.source))
    names = {attendee.person.key: attendee.person.name for attendee in people}
    return Preview(name, time_zone, sha256, parsed, rows, already, credited, roster, names)


def _people(
    rows: tuple[PreviewRow, ...], source: str, timetable: Timetable, where: Modality | None
) -> tuple[PreviewPerson, ...]:
    found: dict[str, list[PreviewRow]] = {}
    for line in rows:
        if line.attendee and line.counts:
            found.setdefault(line.attendee.person.key, []).append(line)
    return tuple(_person(tuple(lines), source, timetable, where) for lines in found.values())


def _person(lines: tuple[PreviewRow, ...], source: str, timetable: Timetable, where: Modality | None) -> PreviewPerson:
    sightings = [
        sighting_of(
            source,
            line.row.flags,
            joined=line.row.joined,
            left=line.row.left,
            seconds=line.row.seconds,
            where=where,
            timetable=timetable,
        )
        for line in lines
    ]
    attendee = lines[0].attendee
    assert attendee is not None  # noqa: S101 - grouped by it
    return PreviewPerson(attendee, lines, presence(sightings, timetable))


def where_of(session: Session, source: str) -> Modality | None:
    """Where a source sees people: a video system online, a signed sheet in the room; None where it does not know."""
    if source in VIDEO:
        return Modality.SYNC
    return room_of(session) if source == SIGN_IN else None


def usual_time_zone(session: Session) -> str:
    """The zone that times without one are read in unless another is chosen for this file: the program's.

    A zone once chosen holds for its file alone; `other_zone` tells of it.
    """
    return session.zone


def other_zone(session: Session) -> str:
    """The zone that the last report of this class was read in, where that was not the program's; else nothing."""
    last = Report.objects.filter(withdrawn_at=None, meeting__owner_id=session.meeting.owner_id).order_by("-id").first()
    return last.time_zone if last and last.time_zone != session.zone else ""


def _zone(time_zone: str, file: str) -> ZoneInfo:
    try:
        return ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refusal(file, f"“{time_zone}” is not a time zone.", "Give one like America/New_York.") from None


def _staff(session: Session, people: tuple[Attendee, ...]) -> frozenset[str]:
    """The folded names and the addresses of those who teach the session and do not attend it. One query."""
    attending = {attendee.person.pk for attendee in people}
    teaching = [person for person in session.instructors if person.pk not in attending]
    addresses = PersonEmail.objects.filter(person__in=teaching).values_list("address", flat=True)
    return frozenset({fold(person.name) for person in teaching} | {address.casefold() for address in addresses})


def named_as(row: ReportRow) -> Named:
    """The name of a row, as the matching reads it."""
    return Named(row.name, row.raw_name, row.original_name, row.email)


def _match(name: Named, roster: Roster, staff: frozenset[str]) -> Matched:
    matched = roster.match(name)
    if matched.how is How.QUEUE and {fold(name.name), name.email.casefold()} & staff - {""}:
        return Matched(How.STAFF, None, "Host or instructor")
    if matched.how in (How.NAME, How.ALIAS) and fold(name.name) in staff:
        return Matched(How.QUEUE, None, "Somebody on the roster and an instructor of this session have this name.")
    return matched


def _row(row: ReportRow, matched: Matched, people: dict[str, Attendee], timetable: Timetable) -> PreviewRow:
    if matched.how is How.QUEUE and Flag.HOST in row.flags:
        matched = _host(row)
    return PreviewRow(row, matched, people.get(matched.key or ""), _inside(row, timetable))


def _host(row: ReportRow) -> Matched:
    """The host is no participant; but behind the account of a room a group may have sat, and a human says who."""
    if is_room(row.name):
        return Matched(How.QUEUE, None, "This is the host's room. Say who sat there, or that nobody of ours did.")
    return Matched(How.STAFF, None, "Host or instructor")


def _inside(row: ReportRow, timetable: Timetable) -> bool:
    if row.joined is None:
        return True
    return bool(clip(between(row.joined, row.left or timetable.effective.end), timetable.effective))


def _outside(session: Session, parsed: ParsedReport, file: str) -> SheetRefused:
    first = min(row.joined for row in parsed.rows if row.joined)
    held = f"{clock_time(session, session.revision.starts_at)} to {clock_time(session, session.revision.ends_at)}"
    return refusal(
        file,
        f"No row falls into the session ({held}); the first is of {clock_time(session, first)}.",
        "Check that this is the report of this session, and the time zone its times are in.",
    )
