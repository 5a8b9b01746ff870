"""A small class of invented people with one session on 19 January 2016, 9 to 4 in North Carolina, for tests."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from cecto.classes.actions import create_cohort, enroll, pin_track
from cecto.classes.models import Cohort, CohortTrack, Meeting, Modality
from cecto.classes.plans import LinkPlan, MeetingPlan, SegmentPlan
from cecto.classes.schedule import queries as schedule
from cecto.classes.schedule.actions import link_meeting, schedule_meeting
from cecto.classes.schedule.queries import Session
from cecto.foundation.journal.actor import Actor
from cecto.people.models import Account, Person, PersonEmail, Role, RoleGrant
from cecto.programs.models import Definition, Program

BY = Actor.command("test")
NEW_YORK = ZoneInfo("America/New_York")
BEFORE = datetime(2015, 7, 1, 12, tzinfo=UTC)
DEFINITION = """program: cecto
track: director
catalogue: 2015-16
version: 1
title: Hours
policy:
  source: invented for tests
  partial: proportional
  late_grace: 0m
  makeup: {ratio: 100%, kinds: [assignment, recording], within: 30d}
require: {id: hours, title: Hours, measure: hours, at_least: 240h}
award: {credential: cecto, decided_by: program-director, valid: forever}
"""


def local(clock: str) -> datetime:
    """A time of the session's day in North Carolina, as UTC."""
    hours, colon, rest = clock.partition(":")
    at = time.fromisoformat(f"{hours.zfill(2)}{colon}{rest}")
    return datetime.combine(date(2016, 1, 19), at, NEW_YORK).astimezone(UTC)


EVENING = local("18:00")


@dataclass
class World:
    """The class, its track and its session."""

    cohort: Cohort
    track: CohortTrack
    meeting: Meeting

    @property
    def session(self) -> Session:
        """The session as it stands in the schedule."""
        return schedule.session(self.meeting, known_at=EVENING)

    def enroll(self, name: str, email: str = "") -> Person:
        """A new person in the class."""
        person = make_person(name, email)
        enroll(person=person, track=self.track, organization=None, on=date(2015, 8, 1), by=BY, at=BEFORE)
        return person


def make_person(name: str, email: str = "") -> Person:
    first, _, last = name.rpartition(" ")
    person = Person.objects.create(name=name, sort_name=f"{last}, {first}" if first else name, created_at=BEFORE)
    if email:
        PersonEmail.objects.create(person=person, address=email, primary=True)
    return person


def signed_in(person: Person, role: Role | None = None) -> Client:
    """A browser in which the person is signed in, as staff with a second factor when they hold a role."""
    account = Account.objects.create_user(f"{person.key.lower()}@example.org", person)
    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    if role:
        RoleGrant.objects.create(person=person, role=role, program_code="cecto", start=BEFORE)
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    return client


def coordinator() -> Client:
    """The browser of someone who runs the class."""
    return signed_in(make_person("Cora Ordner"), Role.COORDINATOR)


def plan(modality: Modality = Modality.F2F) -> MeetingPlan:
    """Two segments with a coffee break and lunch: 165 and 180 minutes."""
    return MeetingPlan(
        title="Governance",
        starts_at=local("9:00"),
        ends_at=local("16:00"),
        modality=modality,
        segments=(
            SegmentPlan("s1", "Who decides", local("9:00"), local("12:00"), 165, modality),
            SegmentPlan("s2", "Who pays", local("13:00"), local("16:00"), 180, modality),
        ),
        breaks=((local("10:30"), local("10:45")), (local("12:00"), local("13:00"))),
    )


def hold_to(world: World, old: str, new: str) -> None:
    """Pin the track to a definition that differs in one place."""
    text = DEFINITION.replace(old, new)
    again = Definition.objects.create(
        program=world.cohort.program,
        track="director",
        catalogue="2015-16",
        version=2,
        title="Other policy",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        published_at=EVENING,
        published_by="test",
    )
    world.track.definition = again
    world.track.save(update_fields=["definition"])


def make_world(modality: Modality = Modality.F2F) -> World:
    program = Program.objects.create(code="cecto", name="CeCTO")
    definition = Definition.objects.create(
        program=program,
        track="director",
        catalogue="2015-16",
        version=1,
        title="CeCTO",
        sha256=hashlib.sha256(DEFINITION.encode()).hexdigest(),
        text=DEFINITION,
        published_at=BEFORE,
        published_by="test",
    )
    cohort = create_cohort(
        program=program,
        code="c2016",
        name="Class of 2016",
        first_day=date(2015, 8, 1),
        last_day=date(2016, 6, 30),
        by=BY,
        at=BEFORE,
    )
    track = pin_track(cohort=cohort, track="director", title="Directors", definition=definition, by=BY, at=BEFORE)
    meeting = schedule_meeting(owner=cohort, code="governance", plan=plan(modality), by=BY, at=BEFORE)
    words = LinkPlan(slot="governance", competencies={"s1": "governance", "s2": "legal"})
    link_meeting(meeting=meeting, cohort=cohort, plan=words, by=BY, at=BEFORE)
    return World(cohort, track, meeting)
