"""The moments of the year at which the demo can stand still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cecto.demo.year.world import instant


@dataclass(frozen=True, slots=True)
class Stage:
    """A moment: its name, the instant (UTC) that the demo's clock then shows, and what one finds there."""

    name: str
    now: datetime
    words: str
    next_steps: tuple[str, ...]


STAGES = {
    stage.name: stage
    for stage in (
        Stage(
            "admitted",
            instant(date(2015, 8, 19), "09:05"),
            "the first morning: rosters and schedules are in, opening day has begun",
            (
                "Coordinator: open today's session and mark the roster: everyone present, except those you name.",
                "Superintendent: see the whole year on one page.",
            ),
        ),
        Stage(
            "midyear",
            instant(date(2016, 1, 20), "16:40"),
            "a January afternoon: today's session has just ended, yesterday's online one waits to be settled",
            (
                "Coordinator: mark today's roster and settle the session.",
                "Coordinator: in yesterday's online session, say who five names are and which of two sources is right.",
                "Coordinator: see who is at risk: three cannot finish by the schedule alone, one with work overdue.",
            ),
        ),
        Stage(
            "graduating",
            instant(date(2016, 6, 23), "08:00"),
            "graduation morning: everything but graduation is settled",
            (
                "Officers: open the docket, propose and sign ahead of graduation.",
                "Then let the day pass: CECTO_NOW=2016-06-23T17:30:00Z cecto serve; mark graduation and settle it.",
            ),
        ),
        Stage(
            "alumni",
            instant(date(2016, 7, 20), "10:00"),
            "the summer after: certificates are issued, one of them corrected since, one late finisher certified",
            (
                "Anyone: verify a certificate by its code, and an award of a past class by its own.",
                "Anyone: search the registry of those who agreed to be listed.",
                "Graduate: download certificate and signed credential; say what the registry may list.",
            ),
        ),
    )
}
