"""What importing a schedule would change: shown first, then done exactly so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cecto.classes.importing.kinds import Changes
from cecto.classes.models import Cohort, Meeting, MeetingLink, MeetingRevision, Segment
from cecto.classes.plans import BadPlan, LinkPlan, MeetingPlan, plan_of
from cecto.classes.schedule.drafts import SessionDraft
from cecto.classes.schedule.instructors import Teacher, find_teachers
from cecto.classes.schedule.queries import local_day, meetings_with_codes, sessions_of
from cecto.classes.schedule.reading import read_schedule
from cecto.foundation.sheets import Problems
from cecto.foundation.ui.words import instant


class What(StrEnum):
    """What importing does to one session."""

    ADDED = "added"
    REVISED = "revised"
    LINKED = "linked"
    REWORDED = "reworded"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """One session of the file: what would happen to it, and in which words.

    `plan` is None for a session that another class owns. `differences` are sentences for people.
    """

    draft: SessionDraft
    what: What
    words: LinkPlan
    meeting: Meeting | None = None
    plan: MeetingPlan | None = None
    teachers: tuple[Teacher, ...] = ()
    differences: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What people call the session: as in the file, or as the class that owns it says."""
        owned_elsewhere = self.meeting is not None and self.plan is None
        return _current(self.meeting).title if owned_elsewhere and self.meeting else self.draft.title


@dataclass(frozen=True)
class Preview(Changes[Change]):
    """All changes, and the sessions of the class that the file does not mention."""

    untouched: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Equal for equal previews: accepting names the one that was seen."""
        seen = [(change.draft, change.what, change.differences) for change in self.changes]
        return hashlib.sha256(repr(seen).encode()).hexdigest()


def preview_schedule(content: bytes, *, file: str, cohort: Cohort, known_at: datetime) -> Preview:
    """What importing this file into this class would change. Nothing is written; a constant number of queries.

    Raises SheetRefused with every problem, each with row, column and what to do.
    """
    read = read_schedule(content, file=file, cohort=cohort)
    problems = Problems(file, read.titles)
    meetings = meetings_with_codes(draft.code for draft in read.sessions)
    teachers = find_teachers(read.sessions, problems)
    changes = [_change(draft, meetings.get(draft.code), cohort, teachers, problems) for draft in read.sessions]
    problems.refuse()
    mentioned = {draft.code for draft in read.sessions}
    others = [found for found in sessions_of(cohort, known_at=known_at) if found.meeting.code not in mentioned]
    return Preview(tuple(changes), read.unread, tuple(found.revision.title for found in others if not found.canceled))


def _change(
    draft: SessionDraft, meeting: Meeting | None, cohort: Cohort, known: Mapping[str, Teacher], problems: Problems
) -> Change:
    teachers = tuple(known[name] for name in draft.people if name in known)
    if meeting is not None and meeting.owner_id != cohort.pk:
        return _linked(draft, meeting, cohort, teachers, problems)
    return _owned(draft, meeting, cohort, teachers, problems)


def _owned(
    draft: SessionDraft, meeting: Meeting | None, cohort: Cohort, teachers: tuple[Teacher, ...], problems: Problems
) -> Change:
    codes = segment_codes([part.title for part in draft.segments], _segments(meeting))
    plan = _plan(draft, codes, problems)
    words = draft.words(codes)
    if meeting is None:
        return Change(draft, What.ADDED, words, None, plan, teachers)
    old = _current(meeting)
    revised = _plan_differences(old, plan, cohort.program.time_zone) if plan else []
    reworded = _word_differences(meeting, cohort, draft, words, teachers)
    what = What.REVISED if revised else What.REWORDED if reworded else What.UNCHANGED
    return Change(draft, what, words, meeting, plan, teachers, (*revised, *reworded))


def _linked(
    draft: SessionDraft, meeting: Meeting, cohort: Cohort, teachers: tuple[Teacher, ...], problems: Problems
) -> Change:
    old = _current(meeting)
    held_on = local_day(old.starts_at, meeting.owner.program.time_zone)
    if draft.day is not None and draft.day != held_on:
        problems.say(
            draft.row,
            "date",
            f"Session “{draft.code}” belongs to {meeting.owner.name}, which holds it on {held_on}.",
            "Write that date to count the session for this class too, or choose another code.",
        )
    if len(draft.segments) not in {1, len(_segments(meeting))}:
        problems.say(
            draft.row,
            "segment",
            f"Session “{draft.code}” of {meeting.owner.name} has {len(_segments(meeting))} parts.",
            "Give it one row for all of them, or one row for each.",
        )
        return Change(draft, What.UNCHANGED, LinkPlan(), meeting)
    words = _words_for_owner(draft, _segments(meeting))
    reworded = _word_differences(meeting, cohort, draft, words, teachers)
    linked = any(link.cohort_id == cohort.pk for link in meeting.links.all())
    what = What.LINKED if not linked else What.REWORDED if reworded else What.UNCHANGED
    return Change(draft, what, words, meeting, None, teachers, tuple(reworded) if linked else ())


def _words_for_owner(draft: SessionDraft, segments: list[Segment]) -> LinkPlan:
    """The class's words for the owner's segments: by title, else by place; a single row speaks for all."""
    if len(draft.segments) == 1:
        competency = draft.segments[0].competency
        words = draft.words(["s1"])
        competencies = {segment.code: competency for segment in segments if competency}
        return LinkPlan(words.slot, words.category, words.tags, words.tracks, competencies)
    return draft.words(segment_codes([part.title for part in draft.segments], segments))


def segment_codes(titles: list[str], before: list[Segment]) -> list[str]:
    """A code for each title: that of the segment that had this title before, else by place, else a new one.

    Codes by place are only for a session that still has as many parts as before.
    """
    unclaimed = list(before)
    kept = [_claimed(title, unclaimed) for title in titles]
    free = [segment.code for segment in unclaimed] if len(titles) == len(before) else []
    numbers = iter(range(1, len(before) + len(titles) + 1))
    taken = {segment.code for segment in before}
    fresh = (code for code in (f"s{number}" for number in numbers) if code not in taken)
    return [code or (free.pop(0) if free else next(fresh)) for code in kept]


def _claimed(title: str, unclaimed: list[Segment]) -> str:
    """The code of the first segment left with this title, which is taken out; nothing when there is none."""
    found = next((segment for segment in unclaimed if segment.title == title), None)
    if found is None:
        return ""
    unclaimed.remove(found)
    return found.code


def _plan(draft: SessionDraft, codes: list[str], problems: Problems) -> MeetingPlan | None:
    if not draft.timed or draft.day is None:
        problems.say(
            draft.row,
            "start",
            f"Session “{draft.code}” has no date, start or end.",
            "Only a session that another class holds may leave them out; give all three.",
        )
        return None
    plan = draft.plan(codes)
    try:
        plan.check()
    except BadPlan as error:
        problems.say(draft.row, "minutes", str(error))
    return plan


def _plan_differences(old: MeetingRevision, plan: MeetingPlan, zone: str) -> list[str]:
    before = plan_of(old)
    called_off = ["It was called off and would be held again."] if old.status == MeetingRevision.Status.CANCELED else []
    if before == plan:
        return called_off
    told = [
        f"{name}: {_said(getattr(before, field), zone)} → {_said(getattr(plan, field), zone)}"
        for field, name in _FIELDS.items()
        if getattr(before, field) != getattr(plan, field)
    ]
    parts = ["The parts of the session change."] if before.segments != plan.segments else []
    return [*called_off, *told, *parts]


_FIELDS = {
    "title": "Title",
    "starts_at": "Start",
    "ends_at": "End",
    "modality": "Format",
    "place": "Place",
    "link": "Link",
    "breaks": "Breaks",
}


def _said(value: object, zone: str) -> str:
    if isinstance(value, datetime):
        return instant(value, zone)
    if isinstance(value, tuple):
        return f"{len(value)}" if value else "none"
    return str(getattr(value, "label", value)) or "none"


def _word_differences(
    meeting: Meeting, cohort: Cohort, draft: SessionDraft, words: LinkPlan, teachers: Iterable[Teacher]
) -> list[str]:
    link = next((link for link in meeting.links.all() if link.cohort_id == cohort.pk), None)
    told = [] if link is not None and _link_plan(link) == words else ["Slot, tags, tracks or competencies change."]
    if meeting.owner_id == cohort.pk and (meeting.series, meeting.provider) != (draft.series, draft.provider):
        told.append("Series or provider change.")
    assigned = {row.person_id for row in meeting.instructors.all()}
    new = [teacher.name for teacher in teachers if teacher.person is None or teacher.person.pk not in assigned]
    return told + ([f"Instructor: {', '.join(new)}."] if new else [])


def _link_plan(link: MeetingLink) -> LinkPlan:
    return LinkPlan(link.slot, link.category, tuple(link.tags), tuple(link.tracks), dict(link.competencies))


def _current(meeting: Meeting) -> MeetingRevision:
    (found,) = meeting.current  # type: ignore[attr-defined]
    return found  # type: ignore[no-any-return]


def _segments(meeting: Meeting | None) -> list[Segment]:
    return list(_current(meeting).segments.all()) if meeting else []
