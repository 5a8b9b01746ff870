"""What an audit would say if a session still to come went otherwise: everyone credited, called off, or changed.

For signing ahead of graduation day, and for looking before a session is canceled, shortened, moved or put online.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cecto.audits.queries import EnrollmentAudit, audit_again
from cecto.classes.models import Meeting
from cecto.requirements.facts import Coming, Facts, Modality
from cecto.requirements.results import Audit
from cecto.requirements.supposing import canceled, credited


def audit_supposing(seen: EnrollmentAudit, meeting: Meeting) -> Audit | None:
    """The audit as if that session had been settled with this person and their partners credited in full.

    None when the session is not ahead of them: settled, canceled, or not theirs.
    """
    day = _day_of(seen.facts, meeting)
    if day is None:
        return None
    facts = credited(seen.facts, meeting.key, at=seen.audit.known_at)
    return audit_again(seen, facts, true_on=max(day, seen.audit.true_on))


@dataclass(frozen=True, slots=True)
class SessionChange:
    """What someone thinks of doing to a session: call it off, or hold it otherwise. None leaves things as they are.

    `minutes` are those of the whole session: each part keeps its share. `on` is the day it would begin.
    """

    canceled: bool = False
    on: date | None = None
    minutes: int | None = None
    modality: Modality | None = None


def supposing_changed(facts: Facts, meeting: str, change: SessionChange) -> Facts:
    """The same facts, as if the session with that key had been changed; they stay as they are if it is not ahead."""
    if change.canceled:
        return canceled(facts, meeting)
    parts = [coming for coming in facts.coming if coming.activity.meeting == meeting]
    others = tuple(coming for coming in facts.coming if coming.activity.meeting != meeting)
    return replace(facts, coming=others + _changed(parts, change))


def _changed(parts: Sequence[Coming], change: SessionChange) -> tuple[Coming, ...]:
    first = min((part.on for part in parts), default=None)
    minutes = [part.minutes for part in parts]
    if change.minutes is not None:
        minutes = shared(change.minutes, minutes)
    return tuple(
        replace(
            part,
            on=part.on if change.on is None or first is None else change.on + (part.on - first),
            minutes=left,
            activity=part.activity if change.modality is None else replace(part.activity, modality=change.modality),
        )
        for part, left in zip(parts, minutes, strict=True)
    )


def shared(minutes: int, by: Sequence[int]) -> list[int]:
    """Whole minutes divided in proportion; the shares add up to exactly `minutes`."""
    whole, done, given, found = sum(by), 0, 0, []
    for weight in by:
        done += weight
        upto = minutes * done // whole if whole else 0
        found.append(upto - given)
        given = upto
    return found


def _day_of(facts: Facts, meeting: Meeting) -> date | None:
    return max((coming.on for coming in facts.coming if coming.activity.meeting == meeting.key), default=None)
