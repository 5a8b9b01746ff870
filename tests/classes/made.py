"""A class, its people and its sessions, made by the product's own actions."""

from __future__ import annotations

from datetime import UTC, date, datetime

from cecto.classes import actions
from cecto.classes.changing.actions import ClassChange, change_class
from cecto.classes.models import Cohort, Enrollment, Meeting, Modality
from cecto.classes.plans import LinkPlan, MeetingPlan, SegmentPlan
from cecto.classes.schedule.actions import link_meeting, schedule_meeting
from cecto.foundation.journal.actor import Actor
from cecto.people.actions import end_affiliation
from cecto.people.models import Affiliation, Organization, Person
from cecto.programs.actions import publish_definition
from tests.programs.texts import definition_text, draft, published

AT = datetime(2015, 7, 1, 12, tzinfo=UTC)
BY = Actor.command("test")
FIRST, LAST = date(2015, 8, 11), date(2016, 6, 15)

COMPETENCIES = "competencies: {security: Security, legal: Legal issues}\n"
DIRECTOR, LEADER = "technology-director", "leaders-21c"


def cohort(program: str = "cecto", tracks: tuple[str, ...] = (DIRECTOR, LEADER), *, code: str = "") -> Cohort:
    """A class of 2015-16 with these tracks."""
    definitions = [published(program, track) for track in tracks]
    found = actions.create_cohort(
        program=definitions[0].program,
        code=code or f"{program}-2016",
        name=f"{program} Class of 2016",
        first_day=FIRST,
        last_day=LAST,
        by=BY,
        at=AT,
    )
    for definition in definitions:
        actions.pin_track(
            cohort=found, track=definition.track, title=definition.track.title(), definition=definition, by=BY, at=AT
        )
    return found


def completed(cohort: Cohort, at: datetime = AT) -> Cohort:
    """The class, its schedule said to be complete."""
    return change_class(cohort=cohort, change=ClassChange(schedule_complete=True), by=BY, at=at)


def worded(code: str = "cecto-2016") -> Cohort:
    """A class of two tracks whose definitions name the competencies security and legal."""
    texts = [definition_text("cecto", track) + COMPETENCIES for track in (DIRECTOR, LEADER)]
    definitions = [publish_definition(draft=draft(text), by=BY, at=AT) for text in texts]
    return actions.begin_class(
        program=definitions[0].program,
        code=code,
        name="cecto Class of 2016",
        first_day=FIRST,
        last_day=LAST,
        tracks=[(one.track.title(), one) for one in definitions],
        by=BY,
        at=AT,
    )


def organization(name: str = "Ashe County Schools") -> Organization:
    """A district of that name."""
    return Organization.objects.get_or_create(name=name, kind=Organization.Kind.DISTRICT)[0]


def person(
    name: str, employer: Organization | None = None, *, since: date = FIRST, until: date | None = None
) -> Person:
    """A person, working for that organization if one is given."""
    found = Person.objects.create(name=name, sort_name=" ".join(reversed(name.split(" ", 1))), created_at=AT)
    if employer:
        job = Affiliation.objects.create(person=found, organization=employer, start=since, recorded_at=AT)
        if until:
            end_affiliation(affiliation=job, until=until, by=BY, at=AT)
    return found


def enrolled(who: Person, into: Cohort, track: str = DIRECTOR, *, on: date = FIRST) -> Enrollment:
    """That person, enrolled."""
    return actions.enroll(person=who, track=into.tracks.get(track=track), organization=None, on=on, by=BY, at=AT)


def plan(day: date = FIRST, title: str = "Opening day", *, start: int = 13, place: str = "Chapel Hill") -> MeetingPlan:
    """Six and a half hours from `start` o'clock UTC: a morning, an hour's break, an afternoon."""
    morning = datetime(day.year, day.month, day.day, start, tzinfo=UTC)
    noon, one, end = (morning.replace(hour=start + hours) for hours in [3, 4, 7])
    return MeetingPlan(
        title=title,
        starts_at=morning,
        ends_at=end,
        modality=Modality.F2F,
        place=place,
        breaks=((noon, one),),
        segments=(
            SegmentPlan("s1", "Morning", morning, noon, 180, Modality.F2F),
            SegmentPlan("s2", "Afternoon", one, end, 180, Modality.F2F),
        ),
    )


def meeting(owner: Cohort, code: str = "opening", of: MeetingPlan | None = None, *, at: datetime = AT) -> Meeting:
    """A session of that class, linked to it."""
    found = schedule_meeting(owner=owner, code=code, plan=of or plan(), by=BY, at=at)
    link_meeting(meeting=found, cohort=owner, plan=LinkPlan(), by=BY, at=at)
    return found
