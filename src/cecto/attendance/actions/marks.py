"""What people with the right to do so say about who was there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from cecto.attendance.markings import Marking, MarkRefused, again, check, says_the_same
from cecto.attendance.models import Mark
from cecto.attendance.openness import open_session
from cecto.attendance.queries.reconciliation import standing_mark, timetable_as_run
from cecto.attendance.queries.sessions import RunsBackwards, attendees, is_attendee
from cecto.attendance.whereabouts import Formats
from cecto.classes.models import Meeting
from cecto.classes.schedule.queries import Session
from cecto.foundation.journal.actions import record
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Person
from cecto.requirements.english.amounts import hours


@transaction.atomic
def record_marks(
    *, meeting: Meeting, markings: Sequence[Marking], rest_present: bool = False, by: Actor, at: datetime
) -> list[Mark]:
    """Mark the roster; with `rest_present`, everyone expected who is not named was present: one action for a class.

    Returns the marks that are new: what says the same as the person's standing mark is not written again.
    Raises SettledAlready, NotHeld, and MarkRefused for someone who is not of the session's classes or for odd times.
    """
    session = open_session(meeting, at=at)
    people = {attendee.person.pk: attendee for attendee in attendees(session)}
    wanted = {marking.person_id: marking for marking in markings}
    for marking in wanted.values():
        check(marking, session, people)
    if rest_present:
        rest = (pk for pk, attendee in people.items() if attendee.expected and pk not in wanted)
        wanted |= {pk: Marking(pk, Mark.State.PRESENT) for pk in rest}
    return _write(meeting, wanted.values(), by=by, at=at)


@transaction.atomic
def override_minutes(
    *,
    meeting: Meeting,
    person: Person,
    minutes: Mapping[str, int],
    formats: Mapping[str, Formats] = MappingProxyType({}),
    reason: str,
    began: datetime | None = None,
    ended: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Mark:
    """Set a person's minutes per segment by hand, with a reason; this also answers a disagreement of sources.

    `minutes` is {segment code: minutes attended}, every segment of the session; `formats` divides them by where the
    person was, and those of a segment that it leaves out were where it was to be held. `began` and `ended` (UTC) say
    when it really ran; else as last settled or planned. Raises SettledAlready, NotHeld, and MarkRefused without a
    reason, for an unknown segment, for more than the segment offered as it ran, or a sum that differs.
    """
    session = open_session(meeting, at=at)
    if not reason.strip():
        raise MarkRefused("Say why the minutes are set by hand: it stays with the record.")
    if not is_attendee(session, person):
        raise MarkRefused("This person is not of the session's classes. Enroll them first.")
    _check_minutes(session, minutes, began, ended)
    _check_formats(session, minutes, formats)
    mark = Mark.objects.create(
        meeting=meeting,
        person=person,
        state=Mark.State.MINUTES,
        segment_minutes=dict(minutes),
        segment_formats={code: dict(shares) for code, shares in formats.items()},
        reason=reason.strip()[:300],
        recorded_at=at,
        recorded_by=by.key,
    )
    record(
        "attendance.override",
        by=by,
        at=at,
        subject=("session", meeting.key),
        class_key=meeting.owner.key,
        person=person.key,
        minutes=dict(minutes),
    )
    return mark


@dataclass(frozen=True, slots=True)
class ByHand:
    """One person's minutes as somebody sets them, with the reason; see `override_minutes`."""

    person: Person
    minutes: Mapping[str, int]
    formats: Mapping[str, Formats]
    reason: str


@transaction.atomic
def answer_disagreements(
    *,
    meeting: Meeting,
    answers: Sequence[ByHand],
    began: datetime | None = None,
    ended: datetime | None = None,
    by: Actor,
    at: datetime,
) -> list[Mark]:
    """Say of several people what counts: all of it or, when one answer is refused, nothing. Raises as
    `override_minutes`.
    """
    open_session(meeting, at=at)
    return [
        override_minutes(
            meeting=meeting,
            person=one.person,
            minutes=one.minutes,
            formats=one.formats,
            reason=one.reason,
            began=began,
            ended=ended,
            by=by,
            at=at,
        )
        for one in answers
    ]


@transaction.atomic
def take_back_minutes(*, meeting: Meeting, person: Person, by: Actor, at: datetime) -> Mark | None:
    """End minutes set by hand: the roster's mark and the reports count again. None when there are none to end."""
    open_session(meeting, at=at)
    marks = list(Mark.objects.filter(meeting=meeting, person=person).order_by("id"))
    if not marks or marks[-1].state != Mark.State.MINUTES:
        return None
    before = standing_mark(marks)
    restored = again(before) if before else Marking(person.pk, Mark.State.CLEARED)
    return _create(meeting, [restored], by=by, at=at)[0]


def _check_minutes(
    session: Session, minutes: Mapping[str, int], began: datetime | None, ended: datetime | None
) -> None:
    titles = {segment.code: segment.title for segment in session.segments}
    if set(minutes) != set(titles):
        raise MarkRefused(f"Give the time of each part of the session: {', '.join(titles.values())}.")
    try:
        offers = timetable_as_run(session, began, ended).offered()
    except RunsBackwards as refused:
        raise MarkRefused(str(refused)) from refused
    for offer in offers:
        if not 0 <= minutes[offer.code] <= offer.minutes:
            raise MarkRefused(
                f"“{titles[offer.code]}” offered {hours(offer.minutes)}: {hours(minutes[offer.code])} cannot have been "
                "attended. If the session ran longer, say first when it really ended."
            )


def _check_formats(session: Session, minutes: Mapping[str, int], formats: Mapping[str, Formats]) -> None:
    titles = {segment.code: segment.title for segment in session.segments}
    for code, shares in formats.items():
        if code not in titles or sum(share for _, share in shares) != minutes[code]:
            raise MarkRefused(f"“{titles.get(code, code)}”: the minutes in the room and online must add up to its own.")


def _write(meeting: Meeting, markings: Iterable[Marking], *, by: Actor, at: datetime) -> list[Mark]:
    standing: dict[int, list[Mark]] = {}
    for mark in Mark.objects.filter(meeting=meeting).order_by("id"):
        standing.setdefault(mark.person_id, []).append(mark)
    fresh = [m for m in markings if not says_the_same(m, standing.get(m.person_id, []))]
    return _create(meeting, fresh, by=by, at=at) if fresh else []


def _create(meeting: Meeting, markings: Sequence[Marking], *, by: Actor, at: datetime) -> list[Mark]:
    rows = [
        Mark(
            meeting=meeting,
            person_id=marking.person_id,
            state=marking.state,
            came_at=marking.came_at,
            left_at=marking.left_at,
            reason=marking.reason,
            modality=marking.modality,
            sent_id=marking.sent_id,
            recorded_at=at,
            recorded_by=by.key,
        )
        for marking in markings
    ]
    made = Mark.objects.bulk_create(rows)
    states = sorted(f"{state}" for state in {marking.state for marking in markings})
    subject = ("session", meeting.key)
    record(
        "attendance.mark", by=by, at=at, subject=subject, class_key=meeting.owner.key, marks=len(made), states=states
    )
    return made
