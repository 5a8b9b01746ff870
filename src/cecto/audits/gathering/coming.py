"""What a class still has ahead: sessions not settled and work not accepted, as known at an instant.

What a session or an item offers is worked out once for the words it is told in, and remembered by those words, all of
them: a word that changes makes another. Nothing about a person is in it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Q

from cecto.attendance.models import Settlement
from cecto.audits.gathering.entries import plain_activity
from cecto.classes.models import Meeting, MeetingLink, MeetingRevision, Segment, held_at
from cecto.coursework.activities import work_activity
from cecto.coursework.models import Item
from cecto.foundation.rows import Row, instant, select
from cecto.ledger.sessions import part_activity
from cecto.requirements.facts import Coming, Entry

Status = MeetingRevision.Status

_PARTS = """
SELECT revision.meeting_id, revision.title, meeting.key, meeting.series, meeting.provider, program.code,
       program.time_zone, segment.code, segment.title, segment.modality, segment.minutes, segment.starts_at
FROM classes_meetingrevision revision
JOIN classes_meeting meeting ON meeting.id = revision.meeting_id
JOIN classes_cohort owner ON owner.id = meeting.owner_id
JOIN programs_program program ON program.id = owner.program_id
JOIN classes_segment segment ON segment.revision_id = revision.id
WHERE revision.status = 'scheduled'
  AND revision.recorded_at <= %(at)s AND (revision.superseded_at IS NULL OR revision.superseded_at > %(at)s)
  AND revision.meeting_id IN (
    SELECT link.meeting_id FROM classes_meetinglink link
    WHERE link.cohort_id IN (ids)
      AND link.recorded_at <= %(at)s AND (link.superseded_at IS NULL OR link.superseded_at > %(at)s))
  AND NOT EXISTS (
    SELECT 1 FROM attendance_settlement settlement
    LEFT JOIN attendance_reopening reopening ON reopening.settlement_id = settlement.id
    WHERE settlement.meeting_id = revision.meeting_id AND settlement.settled_at <= %(at)s
      AND (reopening.id IS NULL OR reopening.reopened_at > %(at)s))
ORDER BY revision.starts_at, revision.id, segment.starts_at, segment.id
"""
_LINKS = """
SELECT link.meeting_id, link.cohort_id, link.tracks, program.code, link.category, link.slot, link.tags,
       link.competencies
FROM classes_meetinglink link
JOIN classes_cohort cohort ON cohort.id = link.cohort_id
JOIN programs_program program ON program.id = cohort.program_id
WHERE link.meeting_id IN (ids)
  AND link.recorded_at <= %(at)s AND (link.superseded_at IS NULL OR link.superseded_at > %(at)s)
ORDER BY link.id
"""
_ITEMS = """
SELECT item.cohort_id, item.tracks, program.code, cohort.last_day,
       item.key, item.code, item.kind, item.title, item.modality, item.competency, item.category, item.tags,
       item.required, item.minutes, item.due_on, item.accepted_until
FROM coursework_item item
JOIN classes_cohort cohort ON cohort.id = item.cohort_id
JOIN programs_program program ON program.id = cohort.program_id
WHERE item.cohort_id IN (ids)
  AND item.recorded_at <= %(at)s AND (item.withdrawn_at IS NULL OR item.withdrawn_at > %(at)s)
ORDER BY item.due_on, item.code
"""
_ITEM = ["key", "code", "kind", "title", "modality", "competency", "category", "tags"]
_ITEM += ["required", "minutes", "due_on", "accepted_until"]


@dataclass(slots=True)
class Offered:
    """What classes offer, by class: for which tracks (none named: for all), and the parts, in order of time."""

    of_class: dict[int, list[tuple[frozenset[str], tuple[Coming, ...]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _known: dict[tuple[int, str], tuple[Coming, ...]] = field(default_factory=dict)

    def to(self, cohort: int, track: str) -> tuple[Coming, ...]:
        """What one track of a class is offered."""
        key = cohort, track
        if key not in self._known:
            offered = self.of_class.get(cohort, ())
            self._known[key] = tuple(one for tracks, parts in offered if not tracks or track in tracks for one in parts)
        return self._known[key]


def sessions_to_come(cohort_ids: Iterable[int], *, known_at: datetime, status: Status = Status.SCHEDULED) -> Offered:
    """The parts of the sessions of these classes that were not settled by an instant. Two queries.

    With `status`, those that were canceled, as they would have been.
    """
    sessions: dict[int, list[Row]] = defaultdict(list)
    for row in select(_PARTS.replace("'scheduled'", f"'{status.value}'"), cohort_ids, at=known_at):
        sessions[row[0]].append(row[1:])
    links: dict[int, list[Row]] = defaultdict(list)
    for row in select(_LINKS, sessions, at=known_at):
        links[row[0]].append(row[1:])
    found = Offered()
    for meeting, parts in sessions.items():
        # Of two classes of one program linked to a session, the later words hold.
        words = {program: (program, *told) for _, _, program, *told in links[meeting]}
        coming = _parts(tuple(parts), tuple(words.values()))
        for cohort, tracks, *_ in links[meeting]:
            found.of_class[cohort].append((_tracks(tracks), coming))
    return found


def ended_sessions(*, since: datetime, until: datetime) -> frozenset[str]:
    """The sessions (their keys) that ended in that time, as scheduled at its end. One query."""
    rows = MeetingRevision.objects.filter(held_at(until), ends_at__gt=since, ends_at__lte=until)
    return frozenset(rows.values_list("meeting__key", flat=True))


def settled_meetings(known_at: datetime) -> set[int]:
    """The sessions (their row ids) whose settlement stood at an instant. One query."""
    standing = Q(reopening__isnull=True) | Q(reopening__reopened_at__gt=known_at)
    return set(Settlement.objects.filter(standing, settled_at__lte=known_at).values_list("meeting_id", flat=True))


def work_to_come(cohort_ids: Iterable[int], *, known_at: datetime) -> Offered:
    """The work of these classes given out by an instant and not withdrawn. One query."""
    found = Offered()
    for cohort, tracks, *item in select(_ITEMS, cohort_ids, at=known_at):
        found.of_class[cohort].append((_tracks(tracks), (_work(*item),)))
    return found


def without_accepted(work: Iterable[Coming], entries: Iterable[Entry]) -> list[Coming]:
    """The work that is not accepted of a person yet."""
    taken = {entry.reverses for entry in entries if entry.reverses}
    standing = [entry for entry in entries if not entry.reverses and entry.id not in taken]
    done = {entry.activity.key for entry in standing if entry.kind == "accepted"}
    return [coming for coming in work if coming.activity.key not in done]


@lru_cache(maxsize=256)
def _tracks(listed: str) -> frozenset[str]:
    return frozenset(json.loads(listed))


@lru_cache(maxsize=2048)
def _parts(rows: tuple[Row, ...], words: tuple[Row, ...]) -> tuple[Coming, ...]:
    """The parts of one session, from its rows of _PARTS and the words of its _LINKS."""
    links = {program: _link(*rest) for program, *rest in words}
    found = []
    for session, key, series, provider, held_by, zone, code, title, modality, minutes, starts_at in rows:
        meeting = Meeting(key=key, series=series, provider=provider)
        segment = Segment(code=code, title=title, modality=modality)
        activity = part_activity(meeting, segment, held_by=held_by, links=links)
        day = instant(starts_at).astimezone(ZoneInfo(zone)).date()
        found.append(Coming(plain_activity(activity, session=session), day, minutes))
    return tuple(found)


def _link(category: str, slot: str, tags: str, competencies: str) -> MeetingLink:
    return MeetingLink(category=category, slot=slot, tags=json.loads(tags), competencies=json.loads(competencies))


@lru_cache(maxsize=2048)
def _work(program: str, last_day: date, *row: str | int | bool | date | None) -> Coming:
    """One piece of work, from its row of _ITEMS."""
    item = Item(**dict(zip(_ITEM, row, strict=True)))
    item.tags = json.loads(item.tags)
    return Coming(
        plain_activity(work_activity(item, program=program)),
        on=item.due_on or last_day,
        minutes=item.minutes,
        until=item.accepted_until,
    )
