"""What a session is to be: plain values that become a revision and its segments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from cecto.classes.models import MeetingRevision, Modality, Segment
from cecto.foundation.ui.words import hours

Span = tuple[datetime, datetime]


class BadPlan(Exception):
    """A session that cannot be held as planned; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class SegmentPlan:
    """One part of a session. `minutes` are those planned, breaks not counted; instants are in UTC."""

    code: str
    title: str
    starts_at: datetime
    ends_at: datetime
    minutes: int
    modality: Modality


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """The schedule of one session, its segments in order. Instants are in UTC."""

    title: str
    starts_at: datetime
    ends_at: datetime
    modality: Modality
    segments: tuple[SegmentPlan, ...]
    place: str = ""
    link: str = ""
    breaks: tuple[Span, ...] = ()

    def check(self) -> None:
        """Raises BadPlan when it ends before it starts, or a part does not fit into it, or two overlap."""
        if self.ends_at <= self.starts_at:
            raise BadPlan(f"“{self.title}” must end after it starts.")
        if not self.segments:
            raise BadPlan(f"“{self.title}” has no segments; give it at least one.")
        if len({segment.code for segment in self.segments}) < len(self.segments):
            raise BadPlan(f"Two segments of “{self.title}” have one code.")
        for segment in self.segments:
            self._check_segment(segment)
        for earlier, later in pairwise(sorted(self.segments, key=lambda segment: segment.starts_at)):
            if later.starts_at < earlier.ends_at:
                raise BadPlan(
                    f"Segments “{earlier.title}” and “{later.title}” of “{self.title}” overlap: mend their times."
                )

    def _check_segment(self, segment: SegmentPlan) -> None:
        if not self.starts_at <= segment.starts_at < segment.ends_at <= self.ends_at:
            raise BadPlan(f"Segment “{segment.title}” does not lie within “{self.title}”.")
        room = minutes_without(segment.starts_at, segment.ends_at, self.breaks)
        if not 0 < segment.minutes <= room:
            raise BadPlan(
                f"Segment “{segment.title}” plans {hours(segment.minutes)} and has room for {hours(room)}: "
                "mend the minutes or the times."
            )


@dataclass(frozen=True, slots=True)
class LinkPlan:
    """What a session is to a class, in that class's own words.

    `competencies` are by segment code. No tracks means every track of the class.
    """

    slot: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    competencies: dict[str, str] = field(default_factory=dict)


def minutes_without(start: datetime, end: datetime, breaks: tuple[Span, ...]) -> int:
    """Whole minutes from start to end, less the breaks in between; breaks must not overlap each other."""
    lost = sum(max(0.0, (min(end, until) - max(start, since)).total_seconds()) for since, until in breaks)
    return int(((end - start).total_seconds() - lost) // 60)


def breaks_of(revision: MeetingRevision) -> tuple[Span, ...]:
    """The breaks of a session as instants in UTC, in order."""
    return tuple((datetime.fromisoformat(since), datetime.fromisoformat(until)) for since, until in revision.breaks)


def plan_of(revision: MeetingRevision) -> MeetingPlan:
    """The plan that a stored revision holds. Reads its segments."""
    return MeetingPlan(
        title=revision.title,
        starts_at=revision.starts_at,
        ends_at=revision.ends_at,
        modality=Modality(revision.modality),
        segments=tuple(_segment_plan(row) for row in revision.segments.all()),
        place=revision.place,
        link=revision.link,
        breaks=breaks_of(revision),
    )


def _segment_plan(row: Segment) -> SegmentPlan:
    return SegmentPlan(row.code, row.title, row.starts_at, row.ends_at, row.minutes, Modality(row.modality))
