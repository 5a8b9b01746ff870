"""What reached us once its session was settled, from devices that had no network: somebody has to know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from cecto.attendance.models import Tap
from cecto.attendance.queries.sent import waiting_in


@dataclass(frozen=True, slots=True)
class CameLate:
    """How many taps at kiosks and marks from devices wait for a human at a session."""

    taps: int
    marks: int


def came_late(meeting_ids: Collection[int]) -> dict[int, CameLate]:
    """What waits at these sessions, which are settled, by session; those where nothing waits are left out. Two queries.

    Whatever comes after a session was settled waits with a reason of its own, so no other is looked for.
    """
    late = Tap.objects.filter(kiosk__meeting__in=meeting_ids, answer=None).exclude(why="")
    taps = Counter(late.values_list("kiosk__meeting_id", flat=True))
    marks = Counter(waiting_in(meeting_ids).values_list("meeting_id", flat=True))
    return {pk: CameLate(taps[pk], marks[pk]) for pk in taps.keys() | marks.keys()}
