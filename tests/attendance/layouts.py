"""A class of five invented people with one online session, 14 October 2026, 9 to 12 in North Carolina, and what the
import command says of a file.

The session offers 165 minutes: it breaks from 10:30 to 10:45. What files of it tell, where they tell all: Ada from
8:55:04 to 12:03:10, Bo from 9:20 to 10:00 and from 10:10 to 12:00, Carla with two devices from 9:00 to 10:20 and from
10:00 to 11:00, Dan from 9:00 to 9:30.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.core.management import CommandError, call_command

from cecto.attendance.reports import Setting
from cecto.classes.actions import enroll
from cecto.classes.models import Cohort, Meeting, Modality
from cecto.classes.plans import LinkPlan, MeetingPlan, SegmentPlan
from cecto.classes.schedule.actions import link_meeting, schedule_meeting
from tests.attendance.world import BY, make_person, make_world

HERE = Path(__file__).parent
CASES = HERE / "cases"
DAY = date(2026, 10, 14)
NEW_YORK = ZoneInfo("America/New_York")
WHOLE = {"Ada Núñez": 165, "Bo Lindqvist": 135, "Carla Perez": 105, "Dan Osei": 30}
PEOPLE = {**dict.fromkeys(WHOLE), "Eve Marlow": None}
Document = dict[str, Any]


def at(clock: str) -> datetime:
    """A time of that day in North Carolina, as UTC."""
    return datetime.combine(DAY, time.fromisoformat(clock.zfill(5)), NEW_YORK).astimezone(UTC)


EVENING = at("18:00")
SETTING = Setting("f.csv", NEW_YORK, DAY, time(9))


@dataclass(frozen=True)
class Fall:
    """The class and its session."""

    cohort: Cohort
    meeting: Meeting

    def told(self, path: Path, *words: str) -> Document:
        """What the command says of a file that it is not to import."""
        return run("import", "attendance", str(path), *self.where, "--dry-run", "--format", "json", *words)

    @property
    def where(self) -> tuple[str, ...]:
        return ("--class", self.cohort.code, "--session", self.meeting.code)


def run(*words: str) -> Document:
    """The document that a command writes, whether it refuses or not."""
    out = StringIO()
    with time_machine.travel(EVENING, tick=False):
        try:
            call_command(*words, stdout=out, stderr=StringIO())
        except CommandError:
            assert json.loads(out.getvalue())["refused"]
    told: Document = json.loads(out.getvalue())
    return told


def minutes(told: Document) -> dict[str, int]:
    """The minutes of each person whom the file credits."""
    return {person["name"]: person["minutes"] for person in told["people"]}


def waiting(told: Document) -> set[str]:
    """The names that wait for an answer."""
    return {line["name"] for line in told["waiting"]}


def make_fall() -> Fall:
    world = make_world()
    for name in PEOPLE:
        address = f"{name.split()[0].lower()}@example.org"
        enroll(
            person=make_person(name, address),
            track=world.track,
            organization=None,
            on=date(2015, 8, 1),
            by=BY,
            at=at("0:00"),
        )
    plan = MeetingPlan(
        title="Layout",
        starts_at=at("9:00"),
        ends_at=at("12:00"),
        modality=Modality.SYNC,
        segments=(SegmentPlan("p1", "Part 1", at("9:00"), at("12:00"), 165, Modality.SYNC),),
        breaks=((at("10:30"), at("10:45")),),
    )
    meeting = schedule_meeting(owner=world.cohort, code="s01", plan=plan, by=BY, at=at("0:00"))
    link_meeting(meeting=meeting, cohort=world.cohort, plan=LinkPlan(), by=BY, at=at("0:00"))
    return Fall(world.cohort, meeting)
