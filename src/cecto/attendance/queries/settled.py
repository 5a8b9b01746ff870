"""Whether a session is settled, for those who would change its schedule."""

from __future__ import annotations

from cecto.attendance.models import Settlement
from cecto.classes.models import Meeting


def why_settled(meeting: Meeting) -> str:
    """Why the schedule of a settled session may not change and what to do, or an empty string. One query."""
    if not Settlement.objects.filter(meeting=meeting, reopening=None).exists():
        return ""
    return (
        f"Session “{meeting.code}” is settled, so its schedule stays. Reopen it first, with a reason, on its own page."
    )
