"""What an audit would say if a session were settled with people credited in full.

For signing ahead of graduation day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from cecto.audits.queries import EnrollmentAudit
from cecto.classes.models import Meeting
from cecto.programs.queries import ruleset
from cecto.requirements import audit
from cecto.requirements.facts import Coming, Entry, Facts
from cecto.requirements.results import Audit


def audit_supposing(seen: EnrollmentAudit, meeting: Meeting) -> Audit | None:
    """The audit as if that session had been settled with this person and their partners credited in full.

    None when the session is not ahead of them: settled, canceled, or not theirs.
    """
    day = _day_of(seen.facts, meeting)
    if day is None:
        return None
    return audit(
        ruleset(seen.enrollment.track.definition),
        supposing_attended(seen.facts, meeting, at=seen.audit.known_at),
        true_on=max(day, seen.audit.true_on),
        known_at=seen.audit.known_at,
    )


def supposing_attended(facts: Facts, meeting: Meeting, *, at: datetime) -> Facts:
    """The same facts.

    As if this person and their partners had been credited every minute of a session still to come.
    """
    parts = [coming for coming in facts.coming if coming.activity.meeting == meeting.key]
    supposed = tuple(_supposed(part, at) for part in parts)
    return replace(
        facts,
        entries=facts.entries + supposed,
        coming=tuple(coming for coming in facts.coming if coming not in parts),
        partners=tuple(replace(partner, entries=partner.entries + supposed) for partner in facts.partners),
    )


def _day_of(facts: Facts, meeting: Meeting) -> date | None:
    return max((coming.on for coming in facts.coming if coming.activity.meeting == meeting.key), default=None)


def _supposed(part: Coming, at: datetime) -> Entry:
    return Entry(
        id=f"supposed {part.activity.key}",
        kind="attended",
        activity=part.activity,
        occurred_on=part.on,
        recorded_at=at,
        attended=part.minutes,
        offered=part.minutes,
    )
