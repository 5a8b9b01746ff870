"""A hybrid day: Ada is in the room until two and online until five to four, and it is settled."""

from __future__ import annotations

from cecto.attendance.actions import Marking, record_marks, settle_meeting
from cecto.attendance.actions.imports import import_report
from cecto.attendance.models import Mark
from cecto.people.models import Person
from tests.attendance.world import BY, EVENING, World, local

ZOOM = """Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Ada Moss,,01/19/2016 02:00:00 PM,01/19/2016 03:55:00 PM,115,No
"""


def hybrid_day(world: World) -> Person:
    """Ada, whose day it was."""
    ada = world.enroll("Ada Moss")
    until_two = Marking(ada.pk, Mark.State.PARTLY, left_at=local("14:00"))
    record_marks(meeting=world.meeting, markings=[until_two], by=BY, at=EVENING)
    import_report(
        meeting=world.meeting,
        content=ZOOM.encode(),
        file_name="zoom.csv",
        time_zone="America/New_York",
        by=BY,
        at=EVENING,
    )
    settle_meeting(meeting=world.meeting, by=BY, at=EVENING)
    return ada
