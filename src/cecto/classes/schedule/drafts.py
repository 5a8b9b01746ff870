"""A session as a file describes it, before anything is known of the sessions there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cecto.classes.models import Modality
from cecto.classes.plans import LinkPlan, MeetingPlan, SegmentPlan, Span


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
