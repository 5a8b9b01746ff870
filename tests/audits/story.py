"""A class with a morning of security, an assignment, and two people of one district; all invented, by real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from cecto.attendance.actions import Marking, record_marks
from cecto.attendance.actions.settlements import settle_meeting
from cecto.attendance.models import Mark, Settlement
from cecto.classes.actions import create_cohort, enroll, pin_track
from cecto.classes.models import Cohort, Enrollment, Meeting
from cecto.classes.plans import LinkPlan
from cecto.classes.schedule.actions import link_meeting, schedule_meeting
from cecto.foundation.journal.actor import Actor
from cecto.ledger.actions import Fact, post
from cecto.ledger.activities import ActivityFacts, FacetFacts
from cecto.ledger.models import Entry
from cecto.people.actions import seat_officer
from cecto.people.models import Person
from cecto.programs.actions import publish_definition
from cecto.programs.drafts import Draft
from tests.classes import made

BY = Actor.command("test")
BEFORE = datetime(2015, 7, 1, 12, tzinfo=UTC)
FIRST_DAY = date(2015, 8, 11)
EVENING = datetime(2015, 8, 11, 23, tzinfo=UTC)
NEXT_DAY = datetime(2015, 8, 12, 15, tzinfo=UTC)

DIRECTORS = """
program: cecto
track: technology-director
catalogue: 2015-16
version: 1
title: Short program
policy: {source: invented for tests, partial: proportional, late_grace: 0m}
require:
  id: short
  title: Short program
  all:
    - id: hours
      title: Nine hours of instruction
      measure: hours
      at_least: 9h
      waivable: {by: steering-committee, kinds: [lower, accept], second: dpi-liaison}
    - id: joint
      title: A session with your superintendent
      measure: together
      with: {relation: same-organization, track: leaders-21c}
      where: {kind: attended, tag: joint}
      both_at_least: 75%
      at_least: 1
      waivable: {by: program-director}
award: {credential: cecto, decided_by: program-director, second: dpi-liaison, valid: forever}
"""
LEADERS = """
program: cecto
track: leaders-21c
catalogue: 2015-16
version: 1
title: Leaders
policy: {source: invented for tests, partial: proportional, late_grace: 0m}
require: {id: leaders, title: Leaders, measure: hours, at_least: 3h}
award: {credential: leaders-21c, decided_by: program-director, valid: forever}
"""
# Ada does everything with her superintendent, Bo does nothing; ROOT is the requirement that holds all others.
EXAMPLES = """
class_start: 2015-08-11
class_end: 2016-06-16
activities:
  joint-day: {on: 2015-09-01, minutes: 6h, modality: f2f, tag: joint}
  all-the-rest: {on: 2015-10-01, minutes: 40h, modality: f2f}
persons:
  - name: Ada Núñez
    true_on: 2016-06-20
    done: all
    partners:
      - {relation: same-organization, track: leaders-21c, since: 2015-01-01, done: all}
      - {relation: same-class, track: leaders-21c, since: 2015-01-01, done: all}
    expect: {ROOT: met}
  - {name: Bo Lindqvist, true_on: 2016-06-20, done: none, expect: {ROOT: impossible}}
"""


def draft(text: str, *, root: str = "short") -> Draft:
    """That definition with its example persons."""
    return Draft("definition.yaml", text, EXAMPLES.replace("ROOT", root))


@dataclass
class Story:
    """Ana directs technology in Ashe County, where Sue is superintendent; the opening day is a joint session."""

    cohort: Cohort
    ana: Enrollment
    sue: Enrollment
    opening: Meeting

    def attend(self, *, absent: tuple[Person, ...] = (), meeting: Meeting | None = None) -> Settlement:
        """Mark a session (the opening day), everyone present except these, and settle it that evening."""
        of = meeting or self.opening
        record_marks(
            meeting=of,
            markings=[Marking(person.pk, Mark.State.ABSENT) for person in absent],
            rest_present=True,
            by=BY,
            at=EVENING,
        )
        return settle_meeting(meeting=of, by=BY, at=EVENING)

    def accept(self, who: Enrollment, minutes: int, on: date, *, at: datetime, title: str = "Reading") -> Entry:
        """Post accepted work of so many minutes."""
        activity = ActivityFacts(title=title, kind="assignment", item_code=title, facets={"cecto": FacetFacts()})
        fact = Fact(who.person_id, activity, Entry.Kind.ACCEPTED, on, minutes, minutes)
        (entry,) = post([fact], source=f"work:{title}:{who.pk}", by=BY, at=at)
        return entry


def tell(directors_text: str = DIRECTORS) -> Story:
    """The class as it stands before its first day."""
    leaders = publish_definition(draft=draft(LEADERS, root="leaders"), by=BY, at=BEFORE)
    directors = publish_definition(draft=draft(directors_text), by=BY, at=BEFORE)
    cohort = create_cohort(
        program=directors.program,
        code="cecto-2016",
        name="Class of 2016",
        first_day=FIRST_DAY,
        last_day=date(2016, 6, 15),
        by=BY,
        at=BEFORE,
    )
    for definition in (directors, leaders):
        pin_track(
            cohort=cohort, track=definition.track, title=definition.title, definition=definition, by=BY, at=BEFORE
        )
    made.completed(cohort, BEFORE)
    ashe = made.organization("Ashe County Schools")
    ana = made.enrolled(made.person("Ana Ñuñez", ashe, since=date(2015, 1, 1)), cohort)
    sue = enroll(
        person=made.person("Sue Oxendine", ashe, since=date(2015, 1, 1)),
        track=cohort.tracks.get(track="leaders-21c"),
        organization=ashe,
        on=FIRST_DAY,
        by=BY,
        at=BEFORE,
    )
    return Story(cohort, ana, sue, session(cohort, "opening", FIRST_DAY))


def session(cohort: Cohort, code: str, day: date) -> Meeting:
    """A joint day of six hours for the whole class."""
    meeting = schedule_meeting(owner=cohort, code=code, plan=made.plan(day, code.title()), by=BY, at=BEFORE)
    link_meeting(meeting=meeting, cohort=cohort, plan=LinkPlan(tags=("joint",)), by=BY, at=BEFORE)
    return meeting


def officer(name: str, office: str, *, acting: bool = False) -> Person:
    """Someone who holds an office since before the class began."""
    person = made.person(name)
    seat_officer(
        person=person,
        office=office,
        program_code="cecto",
        start=date(2015, 1, 1),
        acting=acting,
        by=BY,
        at=BEFORE,
    )
    return person
