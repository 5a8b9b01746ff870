"""A session as a file describes it, before anything is known of the sessions there are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cecto.classes.models import Modality
from cecto.classes.plans import LinkPlan, MeetingPlan, SegmentPlan, Span, minutes_without
from cecto.foundation.sheets import Unreadable
from cecto.foundation.ui.words import hours


@dataclass(frozen=True, slots=True)
class SegmentDraft:
    """One row: a part of a session, with the class's word for its competency. Instants are in UTC."""

    row: int
    title: str
    competency: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    minutes: int = 0
    modality: Modality = Modality.F2F


@dataclass(frozen=True, slots=True)
class SessionDraft:
    """All rows with one session code. Without a time it can only be a session that another class owns.

    `people` are the instructors as written.
    """

    code: str
    title: str
    day: date | None
    segments: tuple[SegmentDraft, ...]
    slot: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    series: str = ""
    provider: str = ""
    place: str = ""
    link: str = ""
    breaks: tuple[Span, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def row(self) -> int:
        """The first row of the session in the file."""
        return self.segments[0].row

    @property
    def codes(self) -> list[str]:
        """The codes its segments get in a new session: s1, s2, …"""
        return [f"s{number}" for number, _ in enumerate(self.segments, start=1)]

    @property
    def timed(self) -> bool:
        """Whether every part has a start and an end."""
        return all(part.starts_at and part.ends_at for part in self.segments)

    def plan(self, codes: list[str]) -> MeetingPlan:
        """The schedule, its segments with these codes. Only for a session that is `timed`."""
        parts = [_segment_plan(code, part) for code, part in zip(codes, self.segments, strict=True)]
        parts.sort(key=lambda part: part.starts_at)
        return MeetingPlan(
            title=self.title,
            starts_at=parts[0].starts_at,
            ends_at=max(part.ends_at for part in parts),
            modality=self.segments[0].modality,
            segments=tuple(parts),
            place=self.place,
            link=self.link,
            breaks=self.breaks,
        )

    def words(self, codes: list[str]) -> LinkPlan:
        """What the session is to the class, when its segments have these codes."""
        competencies = {
            code: part.competency for code, part in zip(codes, self.segments, strict=True) if part.competency
        }
        return LinkPlan(self.slot, self.category, self.tags, self.tracks, competencies)


def _segment_plan(code: str, part: SegmentDraft) -> SegmentPlan:
    if part.starts_at is None or part.ends_at is None:
        raise ValueError(f"Segment “{part.title}” has no times.")
    return SegmentPlan(code, part.title, part.starts_at, part.ends_at, part.minutes, part.modality)


def in_turn(segments: list[SegmentDraft], breaks: tuple[Span, ...]) -> list[SegmentDraft]:
    """The segments as they follow each other.

    Those that all give the session's own start and end are laid out one after another by their minutes. Raises
    Unreadable when they plan more minutes than the session has.
    """
    start, end = segments[0].starts_at, segments[0].ends_at
    if len(segments) == 1 or start is None or end is None or len({(p.starts_at, p.ends_at) for p in segments}) > 1:
        return segments
    total, room = sum(part.minutes for part in segments), minutes_without(start, end, breaks)
    if total > room:
        raise Unreadable(
            f"The parts of this session plan {hours(total)}, and it has {hours(room)} without its breaks.",
            "Mend the minutes, or give each part its own start and end.",
        )
    return _laid_out(segments, start, breaks)


def _laid_out(segments: list[SegmentDraft], start: datetime, breaks: tuple[Span, ...]) -> list[SegmentDraft]:
    found = []
    for part in segments:
        start = next((until for since, until in breaks if since <= start < until), start)
        until = _after(start, part.minutes, breaks)
        found.append(replace(part, starts_at=start, ends_at=until))
        start = until
    return found


def _after(start: datetime, length: int, breaks: tuple[Span, ...]) -> datetime:
    """The end of a part that lasts so many minutes, breaks not counted."""
    end = start + timedelta(minutes=length)
    for since, until in breaks:
        if start <= since < end:
            end += until - since
    return end
