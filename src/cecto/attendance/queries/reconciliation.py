"""The one screen to settle from: each person's sources side by side, and what they come to."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from cecto.attendance.models import Mark, Notice, Report, ReportRow, Settlement, Tap
from cecto.attendance.presence import Presence, SegmentMinutes, Sighting, Timetable, presence
from cecto.attendance.queries.checkins import Arrival, arrivals, check_ins_of, loose_outs, moves_of, sightings_of
from cecto.attendance.queries.kiosks import WaitingTap, taps_of, waiting_taps
from cecto.attendance.queries.names import counts, unanswered
from cecto.attendance.queries.notices import EXCUSING, latest_answer, notices_of
from cecto.attendance.queries.sessions import Attendee, attendees, is_online, room_of, timetable_of
from cecto.attendance.reports import VIDEO
from cecto.attendance.sightings import sighting_of
from cecto.attendance.whereabouts import ORDER, Clash, Formats, at_most, in_one_format, in_words, merged
from cecto.classes.models import Modality
from cecto.classes.schedule.queries import Session

ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person at one session.

    `mark` is the latest; `on_roster` the roster's mark that stands; `by_hand` the one that sets minutes, while it does.
    """

    attendee: Attendee
    presence: Presence
    mark: Mark | None
    on_roster: Mark | None
    by_hand: Mark | None
    answered: bool
    notices: tuple[Notice, ...] = ()
    shared_phone_with: tuple[str, ...] = ()
    taps: tuple[Tap, ...] = ()

    @property
    def status(self) -> str:
        """One word: conflict, present, partial, absent, or unknown while nothing was seen."""
        if self.conflict:
            return "conflict"
        if self.mark is None and not self.presence.sources:
            return "unknown"
        if self.attended == 0:
            return "absent"
        return "present" if self.attended == self.offered else "partial"

    def minutes_by(self, source: str) -> dict[str, Formats]:
        """What one source alone would credit, per segment and format; every source together for any other word."""
        only = next((s for s in self.presence.sources if s.source == source), None)
        formats = only.formats if only else [segment.formats for segment in self.presence.segments]
        return dict(zip((s.code for s in self.presence.segments), formats, strict=True))

    @property
    def posts(self) -> tuple[tuple[str, str, int, int], ...]:
        """What settling would post: segment, format, minutes attended and offered."""
        return tuple((segment.code, *share) for segment in self.minutes for share in segment.shares)

    @property
    def shown(self) -> str:
        """A mark of what a page shows of them: what each source says, and what would be posted."""
        said = [(source.source, source.segments, source.formats) for source in self.presence.sources]
        return _mark_of(self.attendee.person.key, said, self.posts)

    @property
    def cut(self) -> int:
        """Minutes set by hand that do not count, because a part offered less as it ran."""
        by_hand = sum(self.by_hand.segment_minutes.values()) if self.by_hand else self.attended
        return max(0, by_hand - self.attended)

    @property
    def conflict(self) -> bool:
        """True when sources disagree and nobody has said which is right."""
        return bool(self.presence.disagreements) and not self.answered

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """Where sources see them in the room and online at once and nobody has said otherwise: in the room counts."""
        return () if self.answered else self.presence.clashes

    @property
    def outdated(self) -> bool:
        """True when minutes were set by hand for other parts than the session has now."""
        codes = {segment.code for segment in self.presence.segments}
        return self.by_hand is not None and set(self.by_hand.segment_minutes) != codes

    @property
    def announced(self) -> bool:
        """True when their absence was told."""
        return any(notice.kind == Notice.Kind.ABSENCE for notice in self.notices)

    @property
    def excused(self) -> bool:
        """True when an absence of theirs was told and excused."""
        answers = (latest_answer(notice) for notice in self.notices if notice.kind == Notice.Kind.ABSENCE)
        return any(answer.outcome in EXCUSING for answer in answers if answer)

    @property
    def minutes(self) -> tuple[SegmentMinutes, ...]:
        """The minutes that settling would post: those set by hand, else those the sources give."""
        if self.by_hand is None:
            return self.presence.segments
        return tuple(_by_hand(segment, self.by_hand) for segment in self.presence.segments)

    @property
    def formats(self) -> Formats:
        """Minutes attended in all segments by format."""
        return merged(segment.formats for segment in self.minutes)

    @property
    def where(self) -> str:
        """Where those minutes were, in words."""
        return in_words(self.formats)

    @property
    def elsewhere(self) -> bool:
        """Whether any of their minutes were not where the segment was to be held."""
        return any(where != segment.planned for segment in self.minutes for where, _ in segment.formats)

    @property
    def attended(self) -> int:
        """Minutes attended in all segments."""
        return sum(segment.attended for segment in self.minutes)

    @property
    def offered(self) -> int:
        """Minutes offered in all segments."""
        return sum(segment.offered for segment in self.minutes)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Everything there is to settle of a session, or what was settled."""

    session: Session
    timetable: Timetable
    people: tuple[PersonRow, ...]
    reports: tuple[Report, ...]
    unsure: int
    settlement: Settlement | None
    waiting_taps: tuple[WaitingTap, ...] = ()

    @property
    def conflicts(self) -> tuple[PersonRow, ...]:
        """The people whose sources disagree without an answer."""
        return tuple(row for row in self.people if row.conflict)

    @property
    def questions(self) -> tuple[PersonRow, ...]:
        """The people about whom a human may say what counts: those of the conflicts must be answered."""
        return tuple(row for row in self.people if row.conflict or row.clashes)

    @property
    def shown(self) -> str:
        """A mark of everything that settling now would post."""
        return _mark_of(*((row.attendee.person.key, row.posts) for row in self.people))

    @property
    def observed(self) -> bool:
        """True when anything at all was seen: a mark, a report or a check-in."""
        return bool(self.reports) or any(row.mark or row.presence.sources for row in self.people)

    def of(self, person_key: str) -> PersonRow | None:
        """The row of one person, or None."""
        return next((row for row in self.people if row.attendee.person.key == person_key), None)


def _mark_of(*shown: object) -> str:
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:22]


def standing_settlement(session: Session) -> Settlement | None:
    """The settlement that holds: the last one, unless it was reopened. One query."""
    return _standing(_last_settlement(session))


def _standing(last: Settlement | None) -> Settlement | None:
    return last if last and not hasattr(last, "reopening") else None


def timetable_as_run(session: Session, began: datetime | None, ended: datetime | None) -> Timetable:
    """The session as it ran: as settled; else as told, and where nothing is told as last settled or planned.

    Raises RunsBackwards. One query.
    """
    return _as_run(session, _last_settlement(session), began, ended)


def reports_of(session: Session) -> tuple[Report, ...]:
    """The reports that count for a session, with their rows and answers. Three queries."""
    return tuple(Report.objects.filter(withdrawn_at=None, meeting=session.meeting).prefetch_related("rows", "matches"))


def _last_settlement(session: Session) -> Settlement | None:
    settlements = Settlement.objects.filter(meeting=session.meeting).select_related("reopening")
    return settlements.order_by("-number").first()


def reconcile(session: Session, *, began: datetime | None = None, ended: datetime | None = None) -> Reconciliation:
    """The state of a session's attendance, computed from what was seen. Ten queries at most, whatever the size.

    Without times of its own it uses those of the latest settlement, else the planned ones. Raises RunsBackwards.
    """
    last = _last_settlement(session)
    timetable = _as_run(session, last, began, ended)
    reports = reports_of(session)
    marks = tuple(Mark.objects.filter(meeting=session.meeting).order_by("id"))
    taps = taps_of(session.meeting)
    arrived = arrivals(moves_of(check_ins_of(session), taps))
    seen = _Seen.gathered(reports, marks, notices_of(session), arrived, taps)
    complete, room = _complete(session, reports), room_of(session)
    rows = [
        _person_row(attendee, seen, timetable, complete, room)
        for attendee in attendees(session)
        if attendee.expected or seen.has(attendee.person.pk)
    ]
    unsure = sum(len(unanswered(report.rows.all(), report.matches.all())) for report in reports)
    waiting = waiting_taps(taps, (tap for arrival in arrived for tap in loose_outs(arrival.moves)))
    return Reconciliation(session, timetable, tuple(rows), reports, unsure, _standing(last), waiting)


def _as_run(session: Session, last: Settlement | None, began: datetime | None, ended: datetime | None) -> Timetable:
    if last is None:
        return timetable_of(session, began, ended)
    if _standing(last):
        return timetable_of(session, last.starts_at, last.ends_at)
    return timetable_of(session, began or last.starts_at, ended or last.ends_at)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was seen, by person."""

    rows: dict[int, list[tuple[Report, ReportRow]]]
    marks: dict[int, list[Mark]]
    notices: dict[int, list[Notice]]
    arrivals: dict[int, Arrival]
    taps: dict[int, list[Tap]]

    @classmethod
    def gathered(
        cls,
        reports: Iterable[Report],
        marks: Iterable[Mark],
        notices: Iterable[Notice],
        arrived: Iterable[Arrival],
        taps: Iterable[Tap],
    ) -> _Seen:
        rows: dict[int, list[tuple[Report, ReportRow]]] = defaultdict(list)
        by_person: dict[int, list[Mark]] = defaultdict(list)
        for report in reports:
            known = _people_by_name(report)
            for row in filter(counts, report.rows.all()):
                for person_id in known.get((row.name, row.email), ()):
                    rows[person_id].append((report, row))
        told: dict[int, list[Notice]] = defaultdict(list)
        for mark in marks:
            by_person[mark.person_id].append(mark)
        for notice in notices:
            told[notice.person_id].append(notice)
        tapped: dict[int, list[Tap]] = defaultdict(list)
        for tap in taps:
            tapped[tap.person_id].append(tap)
        return cls(rows, by_person, told, {one.person.pk: one for one in arrived}, tapped)

    def has(self, person_id: int) -> bool:
        """True when anything was seen of this person."""
        return any(person_id in seen for seen in (self.rows, self.marks, self.arrivals, self.taps))


def _people_by_name(report: Report) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for match in report.matches.all():
        if match.person_id:
            found[(match.name, match.email)].append(match.person_id)
    return found


def _complete(session: Session, reports: Iterable[Report]) -> frozenset[str]:
    """The sources that would list everyone: the video system's report of a session that is all online."""
    return VIDEO & {report.source for report in reports} if is_online(session) else frozenset()


def _by_hand(segment: SegmentMinutes, mark: Mark) -> SegmentMinutes:
    """A segment with the minutes set by hand, no more than it offers now."""
    attended = min(int(mark.segment_minutes.get(segment.code, 0)), segment.offered)
    chosen = mark.segment_formats.get(segment.code)
    told = ((where, int(chosen[where])) for where in ORDER if where in chosen) if chosen else ()
    formats = at_most(tuple(told), attended) or in_one_format(segment.planned, attended)
    return replace(segment, attended=attended, formats=formats)


def _person_row(
    attendee: Attendee, seen: _Seen, timetable: Timetable, complete: frozenset[str], room: Modality | None
) -> PersonRow:
    person_id = attendee.person.pk
    rows, marks = seen.rows.get(person_id, []), seen.marks.get(person_id, [])
    on_roster = standing_mark(marks)
    sightings = [_of_row(report, row, timetable) for report, row in rows]
    sightings += [_of_mark(on_roster, timetable)] if on_roster else []
    arrival = seen.arrivals.get(person_id)
    sightings += sightings_of(arrival.moves, timetable.effective.start, room) if arrival else []
    taps = seen.taps.get(person_id, [])
    by_hand = marks[-1] if marks and marks[-1].state == Mark.State.MINUTES else None
    heard = [report.recorded_at for report, _ in rows] + [tap.received_at for tap in taps]
    return PersonRow(
        attendee=attendee,
        presence=presence(sightings, timetable, complete=complete),
        mark=marks[-1] if marks else None,
        on_roster=on_roster,
        by_hand=by_hand,
        notices=tuple(seen.notices.get(person_id, ())),
        shared_phone_with=arrival.shared_with if arrival else (),
        answered=by_hand is not None and by_hand.recorded_at >= max(heard, default=by_hand.recorded_at),
        taps=tuple(taps),
    )


def standing_mark(marks: list[Mark]) -> Mark | None:
    """Of a person's marks, the roster's latest, unless it was taken back. Minutes set by hand do not end it."""
    on_roster = [mark for mark in marks if mark.state != Mark.State.MINUTES]
    return on_roster[-1] if on_roster and on_roster[-1].state != Mark.State.CLEARED else None


def said(state: str, modality: str) -> str:
    """A mark in words, with where they were if it says so."""
    where = f", {Modality(modality).label.lower()}" if modality else ""
    return f"{Mark.State(state).label}{where}"


def _of_row(report: Report, row: ReportRow, timetable: Timetable) -> Sighting:
    where = Modality(row.modality) if row.modality else None
    return sighting_of(
        report.source,
        row.flags,
        joined=row.joined_at,
        left=row.left_at,
        seconds=row.seconds,
        where=where,
        timetable=timetable,
    )


def _of_mark(mark: Mark, timetable: Timetable) -> Sighting:
    if mark.state == Mark.State.ABSENT:
        return Sighting(ROSTER, seconds=0)
    effective = timetable.effective
    where = Modality(mark.modality) if mark.modality else None
    return Sighting(ROSTER, mark.came_at or effective.start, mark.left_at or effective.end, format=where)
