"""What can be said of one person on a roster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cecto.attendance.models import Mark
from cecto.attendance.openness import AttendanceRefused
from cecto.attendance.queries.reconciliation import standing_mark
from cecto.attendance.queries.sessions import Attendee
from cecto.classes.models import Modality
from cecto.classes.schedule.queries import Session

ON_ROSTER = (Mark.State.PRESENT, Mark.State.ABSENT, Mark.State.PARTLY, Mark.State.CLEARED)
THERE = (Mark.State.PRESENT, Mark.State.PARTLY)
WHERE = (Modality.F2F, Modality.SYNC)


class MarkRefused(AttendanceRefused):
    """A mark that cannot be; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Marking:
    """How one person attended. Present for a part needs `came_at` or `left_at`: instants in UTC.

    `modality` says where they were; without one, where each part was to be held.
    `sent_id` is what a device sent, when it is from one; two that say the same are equal all the same.
    """

    person_id: int
    state: Mark.State
    came_at: datetime | None = None
    left_at: datetime | None = None
    reason: str = ""
    modality: str = ""
    sent_id: int | None = field(default=None, compare=False)


def again(mark: Mark) -> Marking:
    """What a mark says."""
    return Marking(mark.person_id, Mark.State(mark.state), mark.came_at, mark.left_at, mark.reason, mark.modality)


def says_the_same(marking: Marking, marks: list[Mark]) -> bool:
    """Whether it says what stands already after a person's marks, given in order."""
    held = standing_mark(marks)
    return again(held) == marking if held else marking.state == Mark.State.CLEARED


def check(marking: Marking, session: Session, people: Mapping[int, Attendee]) -> None:
    """Raises MarkRefused for someone who is not one of `people` (by id), for minutes and for odd times."""
    if marking.person_id not in people:
        raise MarkRefused("This person is not of the session's classes. Enroll them first.")
    if marking.state not in ON_ROSTER:
        raise MarkRefused("Minutes are set by hand on the person's own page, with a reason.")
    if marking.modality and (marking.modality not in WHERE or marking.state not in THERE):
        raise MarkRefused(f"{people[marking.person_id].person.name}: only who was there was in the room or online.")
    if marking.state == Mark.State.PARTLY:
        _check_times(marking, session, people[marking.person_id].person.name)


def _check_times(marking: Marking, session: Session, name: str) -> None:
    starts, ends = session.revision.starts_at, session.revision.ends_at
    came, left = marking.came_at or starts, marking.left_at or ends
    if marking.came_at is None and marking.left_at is None:
        raise MarkRefused(f"{name}: give the time they came or the time they left.")
    if not came < left:
        raise MarkRefused(f"{name}: the time they left must be after the time they came.")
    if came >= ends or left <= starts:
        raise MarkRefused(f"{name}: the times fall outside the session; mark them absent instead.")
