"""Whether a session's schedule may still change. Features that hold facts about it say here when it may not."""

from __future__ import annotations

from collections.abc import Callable

from cecto.classes.models import Meeting

_checks: list[Callable[[Meeting], str]] = []


def closes_schedule(check: Callable[[Meeting], str]) -> None:
    """Ask this before the schedule of a session changes: why it may not and what to do, or an empty string."""
    if check not in _checks:
        _checks.append(check)


def why_closed(meeting: Meeting) -> str:
    """Why the schedule of a session may not change, or an empty string."""
    return next((reason for check in _checks if (reason := check(meeting))), "")
