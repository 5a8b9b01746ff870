"""From what was seen of one person to minutes attended and offered, per segment of one session.

Pure: no database, no clock. Nothing here decides a conflict; it names it, and a person settles it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations, pairwise, permutations

from cecto.attendance.intervals import (
    Interval,
    Intervals,
    between,
    clip,
    earliest,
    intersect,
    latest,
    length,
    subtract,
    union,
    whole_minutes,
)
from cecto.attendance.whereabouts import (
    ORDER,
    Clash,
    Formats,
    Places,
    formats_in,
    in_one_format,
    in_words,
    merged,
    once,
    resolved,
)
from cecto.classes.models import Modality

TOLERANCE_MINUTES = 10


class OverlappingSegments(ValueError):
    """Two segments of a session claim the same time."""


class Remark(StrEnum):
    """What a person who reconciles should know about how the minutes came about."""

    NO_CHECK_OUT = "no check-out: counted until the end"
    LATE = "marked late without minutes: set them by hand"
    TIMES_UNKNOWN = "the report gives a length without times: spread over the segments"
    AWAY = "away for a part of the time between first join and last leave: only what is certain counts"
    UNREAD = "a row of theirs cannot be read"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One thing that one source says of one person.

    With `start` and `end`: was there in between; with `seconds` too, for so long only, at unknown times in between.
    With `start` only: came, and no departure was seen. With `seconds` only: was there that long, at unknown times of
    the `block` in which the source watched; 0 seconds says was not there. `late` says that they came late and nobody
    wrote down when, `unread` that something of theirs cannot be read. `format` says where they were; without one, where
    each part was to be held.
    """

    source: str
    start: datetime | None = None
    end: datetime | None = None
    seconds: int | None = None
    late: bool = False
    format: Modality | None = None
    block: Interval | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class PlannedSegment:
    """A segment as the schedule has it: its code, its place in time, its minutes of instruction and its format.

    `minutes` may be fewer than its place has room for: the rest are pauses whose times nobody wrote down.
    """

    code: str
    planned: Interval
    minutes: int | None = None
    format: Modality = Modality.F2F


@dataclass(frozen=True, slots=True)
class Timetable:
    """A session as it was run: when it really began and ended, its segments and its breaks."""

    effective: Interval
    segments: tuple[PlannedSegment, ...]
    breaks: Intervals = ()

    def __post_init__(self) -> None:
        ordered = sorted(self.segments, key=lambda segment: segment.planned)
        object.__setattr__(self, "segments", tuple(ordered))
        for earlier, later in pairwise(ordered):
            if later.planned.start < earlier.planned.end:
                raise OverlappingSegments(f"Segments {earlier.code} and {later.code} overlap.")

    def offered(self) -> tuple[Offer, ...]:
        """Instruction of each segment: as run, less breaks.

        A session that ran short offers less; one that began early or ran long adds to its first or last segment.
        """
        return tuple(self._offer(place) for place in range(len(self.segments)))

    def instruction(self) -> Intervals:
        """All time in which instruction took place."""
        return union(interval for offer in self.offered() for interval in offer.intervals)

    def _offer(self, place: int) -> Offer:
        segment = self.segments[place]
        intervals = self._as_run(segment.planned, place)
        room = whole_minutes(subtract((segment.planned,), self.breaks))
        unwritten_pauses = room - min(room, room if segment.minutes is None else segment.minutes)
        return Offer(segment.code, intervals, max(0, whole_minutes(intervals) - unwritten_pauses), segment.format)

    def _as_run(self, planned: Interval, place: int) -> Intervals:
        first, last = place == 0, place == len(self.segments) - 1
        start = min(planned.start, self.effective.start) if first else planned.start
        end = max(planned.end, self.effective.end) if last else planned.end
        return subtract(clip((Interval(start, end),), self.effective), self.breaks)


@dataclass(frozen=True, slots=True)
class Offer:
    """What one segment offered: when instruction took place, how many minutes of it, and where it was to be."""

    code: str
    intervals: Intervals
    minutes: int
    format: Modality = Modality.F2F


@dataclass(frozen=True, slots=True)
class SegmentMinutes:
    """Minutes attended and offered in one segment; zeros are said, not left out.

    `formats` divides those attended by where the person was; `planned` is where the segment was to be held.
    """

    code: str
    attended: int
    offered: int
    planned: Modality = Modality.F2F
    formats: Formats = ()

    @property
    def shares(self) -> tuple[tuple[Modality, int, int], ...]:
        """What settling posts: format, minutes attended and offered; the shares add up to the segment's.

        One for each format the person was there in, at least one. What they missed goes with the format they were in
        longest, or the planned one when they were never there.
        """
        if not self.formats:
            return ((self.planned, self.attended, self.offered),)
        missed = self.offered - self.attended
        longest = max(self.formats, key=lambda pair: pair[1])[0]
        return tuple((f, minutes, minutes + (missed if f == longest else 0)) for f, minutes in self.formats)


@dataclass(frozen=True, slots=True)
class SourceMinutes:
    """What one source alone would credit, in all and per segment in order, and where it says that they were.

    `places` is empty when it gives a length only, or nothing.
    """

    source: str
    segments: tuple[int, ...]
    places: Places
    formats: tuple[Formats, ...] = ()

    @property
    def intervals(self) -> Intervals:
        """When they were there, wherever."""
        return union(interval for intervals in self.places.values() for interval in intervals)

    @property
    def minutes(self) -> int:
        """Minutes in all segments."""
        return sum(self.segments)

    @property
    def by_format(self) -> Formats:
        """Minutes in all segments by format."""
        return merged(self.formats)

    @property
    def where(self) -> str:
        """Where those minutes were, in words."""
        return in_words(self.by_format)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two sources whose minutes for one person are further apart than the tolerance."""

    first: str
    second: str
    minutes_apart: int


@dataclass(frozen=True, slots=True)
class Presence:
    """One person's attendance at one session, as the sources together propose it.

    `places` says when they were where; a minute is in one place, in the room before online.
    """

    segments: tuple[SegmentMinutes, ...]
    sources: tuple[SourceMinutes, ...]
    present: Intervals
    places: Places
    disagreements: tuple[Disagreement, ...]
    clashes: tuple[Clash, ...]
    late_minutes: int
    left_early_minutes: int
    remarks: tuple[Remark, ...]

    @property
    def attended(self) -> int:
        """Minutes attended in all segments."""
        return sum(segment.attended for segment in self.segments)

    @property
    def offered(self) -> int:
        """Minutes offered in all segments."""
        return sum(segment.offered for segment in self.segments)


def presence(
    sightings: Iterable[Sighting],
    timetable: Timetable,
    *,
    complete: Collection[str] = (),
    tolerance_minutes: int = TOLERANCE_MINUTES,
) -> Presence:
    """Minutes of one person at one session.

    Sources are united, clipped to the session as run and freed of breaks, so rejoins and second devices never count
    twice. Who is seen in the room and online at once was in the room. `complete` names sources that would list
    everyone who came: not to be in them says zero minutes.
    """
    seen = tuple(sightings)
    offers, instruction = timetable.offered(), timetable.instruction()
    sources = _by_source(seen, timetable, offers, complete)
    present = union(i for source in sources for i in source.intervals)
    places = once([source.places for source in sources])
    return Presence(
        segments=_per_segment(offers, present, places, sources),
        sources=sources,
        present=present,
        places=places,
        clashes=tuple(_clashes(sources, tolerance_minutes)),
        disagreements=(
            *_disagreements(sources, tolerance_minutes),
            *_longer(seen, timetable, tolerance_minutes),
            *_open(seen, timetable, tolerance_minutes),
        ),
        late_minutes=_missed_before(present, instruction),
        left_early_minutes=_missed_after(present, instruction),
        remarks=_remarks(seen, present, sources),
    )


def spread(minutes: int, offered: Sequence[int]) -> tuple[int, ...]:
    """Divide minutes over segments in proportion to what each offers, the parts adding up to the whole.

    Never gives a segment more than it offers; minutes beyond all that is offered are dropped.
    """
    return _in_proportion(max(0, min(minutes, sum(offered))), offered)


def _in_proportion(minutes: int, offered: Sequence[int]) -> tuple[int, ...]:
    total = sum(offered)
    ends = [sum(offered[: place + 1]) for place in range(len(offered))]
    shares = [minutes * end // total if total else 0 for end in ends]
    return tuple(share - (shares[place - 1] if place else 0) for place, share in enumerate(shares))


def _by_source(
    seen: tuple[Sighting, ...], timetable: Timetable, offers: tuple[Offer, ...], complete: Collection[str]
) -> tuple[SourceMinutes, ...]:
    names = sorted({sighting.source for sighting in seen} | (set(complete) if seen else set()))
    return tuple(_of_source(name, [s for s in seen if s.source == name], timetable, offers) for name in names)


def _of_source(name: str, seen: list[Sighting], timetable: Timetable, offers: tuple[Offer, ...]) -> SourceMinutes:
    planned = [(offer.format, offer.intervals) for offer in offers]
    spans = [(s.format, i) for s in seen for i in _certain(s, timetable)]
    places = resolved(spans, planned)
    if places:
        intervals = union(i for found in places.values() for i in found)
        minutes = _attended(intervals, offers)
        return SourceMinutes(name, minutes, places, _formats(offers, minutes, once([places])))
    return _by_length(name, seen, offers)


def _by_length(name: str, seen: list[Sighting], offers: tuple[Offer, ...]) -> SourceMinutes:
    """Lengths without times cannot be united: of one block only the longest counts, so two devices never add up.

    Blocks that do not overlap are parts of a meeting that was restarted, and both count.
    """
    lengths = [sighting for sighting in seen if sighting.start is None]
    blocks = _blocks(lengths)
    shares = [_spread_in(block, longest, offers) for block, longest in blocks]
    sums = (sum(share[place] for share in shares) for place in range(len(offers)))
    minutes = tuple(min(total, offer.minutes) for total, offer in zip(sums, offers, strict=True))
    where = blocks[0][1].format if blocks else None
    formats = (in_one_format(where or o.format, share) for o, share in zip(offers, minutes, strict=True))
    return SourceMinutes(name, minutes, {}, tuple(formats))


def _blocks(lengths: list[Sighting]) -> list[tuple[Interval | None, Sighting]]:
    """The blocks of a source with the longest length in each; a length without a block may be of any of them."""
    found: list[tuple[Interval | None, Sighting]] = []
    known = [sighting for sighting in lengths if sighting.block]
    for together in union(sighting.block for sighting in known if sighting.block):
        inside = [s for s in known if s.block and intersect((s.block,), (together,))]
        found.append((together, max(inside, key=lambda s: s.seconds or 0)))
    longest = max((s for s in lengths if not s.block), key=lambda s: s.seconds or 0, default=None)
    if longest and (longest.seconds or 0) > sum(sighting.seconds or 0 for _, sighting in found):
        return [(None, longest)]
    return found


def _spread_in(block: Interval | None, sighting: Sighting, offers: tuple[Offer, ...]) -> tuple[int, ...]:
    """Minutes per segment of one length: over all that is offered, or over what is offered in its block."""
    minutes = ((sighting.seconds or 0) + 30) // 60
    if block is None:
        return spread(minutes, [offer.minutes for offer in offers])
    instruction = union(interval for offer in offers for interval in offer.intervals)
    session = between(instruction[0].start, instruction[-1].end) if instruction else ()
    minutes = min(minutes, whole_minutes(intersect((block,), session)))
    weights = [whole_minutes(intersect(offer.intervals, (block,))) for offer in offers]
    return _in_proportion(minutes, weights)


def _formats(offers: tuple[Offer, ...], minutes: tuple[int, ...], places: Places) -> tuple[Formats, ...]:
    return tuple(formats_in(places, o.intervals, share) for o, share in zip(offers, minutes, strict=True))


def _longer(seen: tuple[Sighting, ...], timetable: Timetable, tolerance_minutes: int) -> Iterator[Disagreement]:
    """Where a source's times come to less than a length it also gives, breaks included: a human says which is right."""
    for name in sorted({sighting.source for sighting in seen}):
        own = [sighting for sighting in seen if sighting.source == name]
        timed = whole_minutes(union(i for sighting in own for i in _interval(sighting, timetable.effective.end)))
        longest = max((sighting.seconds or 0 for sighting in own if sighting.start is None), default=0)
        apart = (longest + 30) // 60 - timed
        if timed and apart > tolerance_minutes:
            yield Disagreement(name, f"{name}, by length", apart)


def _open(seen: tuple[Sighting, ...], timetable: Timetable, tolerance_minutes: int) -> Iterator[Disagreement]:
    """What a source leaves open, for a human to say: a row that cannot be read, by how much they came late where no
    source has times, and how long they were away.
    """
    timed = any(sighting.start for sighting in seen)
    for name in sorted({one.source for one in seen if one.unread or (one.late and not timed) or _away(one)}):
        own = [sighting for sighting in seen if sighting.source == name]
        certain = union(i for sighting in own for i in _certain(sighting, timetable))
        possible = union((*certain, *(i for sighting in own for i in _possible(sighting, timetable))))
        apart = whole_minutes(possible) - whole_minutes(certain)
        if any(sighting.unread for sighting in own):
            yield Disagreement(name, f"{name}, a row that cannot be read", whole_minutes(timetable.instruction()))
        elif any(sighting.late for sighting in own):
            yield Disagreement(name, f"{name}, late without minutes", whole_minutes(timetable.instruction()))
        elif apart > tolerance_minutes:
            yield Disagreement(name, f"{name}, at most", apart)


def _certain(sighting: Sighting, timetable: Timetable) -> Intervals:
    """When they were there for certain. Who was away at unknown times is taken to have been away from instruction.

    Where that was nobody knows: it is taken out of the middle, so that they are said neither to have come late nor to
    have left early.
    """
    whole = _interval(sighting, timetable.effective.end)
    away = _away(sighting)
    if not away:
        return whole
    held = intersect(whole, timetable.instruction())
    there = max(timedelta(), length(held) - away)
    return union((*earliest(held, there / 2), *latest(held, there / 2)))


def _possible(sighting: Sighting, timetable: Timetable) -> Intervals:
    """As much of the instruction as they may have been there for, if they were away from it as little as can be."""
    held = intersect(_interval(sighting, timetable.effective.end), timetable.instruction())
    return (
        earliest(held, timedelta(seconds=sighting.seconds))
        if _away(sighting) and sighting.seconds is not None
        else held
    )


def _away(sighting: Sighting) -> timedelta:
    if sighting.start is None or sighting.end is None or sighting.seconds is None:
        return timedelta()
    return max(timedelta(), sighting.end - sighting.start - timedelta(seconds=sighting.seconds))


def _attended(present: Intervals, offers: tuple[Offer, ...]) -> tuple[int, ...]:
    return tuple(min(whole_minutes(intersect(present, offer.intervals)), offer.minutes) for offer in offers)


def _interval(sighting: Sighting, session_end: datetime) -> Intervals:
    if sighting.start is None:
        return ()
    return between(sighting.start, sighting.end or session_end)


def _per_segment(
    offers: tuple[Offer, ...], present: Intervals, places: Places, sources: tuple[SourceMinutes, ...]
) -> tuple[SegmentMinutes, ...]:
    if present:
        attended = _attended(present, offers)
        formats = _formats(offers, attended, places)
    else:
        longest = max(sources, key=lambda source: source.minutes, default=SourceMinutes("", (), {}))
        attended = longest.segments or (0,) * len(offers)
        formats = longest.formats or ((),) * len(offers)
    found = zip(offers, attended, formats, strict=True)
    return tuple(SegmentMinutes(o.code, minutes, o.minutes, o.format, where) for o, minutes, where in found)


def _clashes(sources: tuple[SourceMinutes, ...], tolerance_minutes: int) -> Iterator[Clash]:
    """Where one source sees a person in the room and another online; less than the tolerance is the way between."""
    for one, other in permutations(sources, 2):
        for wins, loses in combinations(ORDER, 2):
            minutes = whole_minutes(intersect(one.places.get(wins, ()), other.places.get(loses, ())))
            if minutes > tolerance_minutes:
                yield Clash(one.source, wins, other.source, loses, minutes)


def _disagreements(sources: tuple[SourceMinutes, ...], tolerance_minutes: int) -> tuple[Disagreement, ...]:
    pairs = (
        Disagreement(a.source, b.source, _apart(a, b, tolerance_minutes=tolerance_minutes))
        for a, b in combinations(sources, 2)
    )
    return tuple(pair for pair in pairs if pair.minutes_apart > tolerance_minutes)


def _apart(one: SourceMinutes, other: SourceMinutes, *, tolerance_minutes: int) -> int:
    """Minutes that two sources differ by: of the formats that both see, for a scan in the morning and a video report
    of the afternoon say nothing about each other. Of all minutes where they see a person in two places at once, or
    one of them nowhere.
    """
    if not (one.minutes and other.minutes) or any(_clashes((one, other), tolerance_minutes)):
        return abs(one.minutes - other.minutes)
    first, second = dict(one.by_format), dict(other.by_format)
    return abs(sum(first[where] - second[where] for where in first.keys() & second.keys()))


def _missed_before(present: Intervals, instruction: Intervals) -> int:
    if not present or not instruction:
        return 0
    return whole_minutes(intersect(instruction, between(instruction[0].start, present[0].start)))


def _missed_after(present: Intervals, instruction: Intervals) -> int:
    if not present or not instruction:
        return 0
    return whole_minutes(intersect(instruction, between(present[-1].end, instruction[-1].end)))


def _remarks(seen: tuple[Sighting, ...], present: Intervals, sources: tuple[SourceMinutes, ...]) -> tuple[Remark, ...]:
    found = []
    if any(s.start is not None and s.end is None for s in seen):
        found.append(Remark.NO_CHECK_OUT)
    if any(s.late for s in seen):
        found.append(Remark.LATE)
    if any(map(_away, seen)):
        found.append(Remark.AWAY)
    if any(s.unread for s in seen):
        found.append(Remark.UNREAD)
    if not present and any(source.minutes for source in sources):
        found.append(Remark.TIMES_UNKNOWN)
    return tuple(found)
