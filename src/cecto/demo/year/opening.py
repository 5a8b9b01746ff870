"""The summer before: what is published, who works here, the classes, their rosters, schedules and work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from cecto.classes.actions import create_cohort, pin_track
from cecto.classes.changing.actions import ClassChange, change_class
from cecto.classes.roster.actions import import_roster
from cecto.classes.roster.preview import preview_roster
from cecto.classes.roster.reading import read_roster
from cecto.classes.schedule.actions import import_schedule
from cecto.classes.schedule.preview import preview_schedule
from cecto.definitions import examples, shipped
from cecto.demo.files.rosters import roster
from cecto.demo.files.schedules import joined_sessions, own_sessions
from cecto.demo.story.people import CECTO, CGCIO, STAFF, employers, members
from cecto.demo.year.world import CLASS_OF, OPERATOR, Event, acting, cohort, instant, keep_file, person
from cecto.foundation import evidence
from cecto.people.actions import add_person, affiliate, create_account, grant_role, seat_officer
from cecto.people.models import Organization, Role
from cecto.people.organizations.actions import add_organization, load_districts
from cecto.people.queries import organizations
from cecto.programs.actions import publish_definition
from cecto.programs.drafts import Draft
from cecto.programs.queries import newest_definition
from cecto.requirements import parse

FIRST_DAY, LAST_DAY = date(2015, 8, 19), date(2016, 6, 23)
CATALOGUE = "2015-16"
SEATED = date(2015, 7, 1)
NAMES = {CECTO: "CeCTO Class of 2016 (demo)", CGCIO: "CGCIO Class of 2016 (demo)"}
TRACKS = {
    CECTO: [("technology-director", "Technology directors"), ("leaders-21c", "Leaders for the 21st Century")],
    CGCIO: [("cio", "Chief information officers")],
}
ROLES = [
    ("coordinator", Role.COORDINATOR, (CECTO, CGCIO)),
    ("director", Role.OFFICER, (CECTO, CGCIO)),
    ("liaison", Role.OFFICER, (CECTO,)),
    ("committee", Role.OFFICER, (CECTO,)),
    ("board", Role.OFFICER, (CGCIO,)),
    ("partner", Role.PARTNER, (CECTO,)),
    ("administrator", Role.ADMINISTRATOR, ("",)),
]
OFFICES = [
    ("director", "program-director", CECTO),
    ("liaison", "dpi-liaison", CECTO),
    ("committee", "steering-committee", CECTO),
    ("board", "certification-board", CGCIO),
]


def events() -> Iterator[Event]:
    """What happens from July to the day before the first session."""
    july = date(2015, 7, 6)
    yield Event(instant(july, "09:00"), "The programs' definitions are published", publish)
    yield Event(instant(july, "09:30"), "Districts and other organizations are added", add_organizations)
    yield Event(instant(july, "10:00"), "The people who run the programs get their roles and offices", add_staff)
    yield Event(instant(july, "11:00"), "Two classes are begun", begin_classes)
    for program in (CECTO, CGCIO):
        words = f"The roster of {NAMES[program]} is imported"
        yield Event(instant(date(2015, 8, 3), "10:00"), words, _of(enroll_everyone, program))
    for program in (CGCIO, CECTO):
        words = f"The schedule of {NAMES[program]} is imported"
        yield Event(instant(date(2015, 8, 4), "10:00"), words, _of(schedule_own, program))
    for program in (CGCIO, CECTO):
        words = f"{NAMES[program]} joins the other's sessions"
        yield Event(instant(date(2015, 8, 4), "11:00"), words, _of(schedule_joined, program))
    for program in (CGCIO, CECTO):
        words = f"The schedule of {NAMES[program]} is said to be complete"
        yield Event(instant(date(2015, 8, 4), "12:00"), words, _of(complete_schedule, program))


def _of(do: Callable[[str, datetime], None], program: str) -> Callable[[datetime], None]:
    return lambda at: do(program, at)


def publish(at: datetime) -> None:
    """Publish the shipped definitions that these two programs were held to that year."""
    for name, text in shipped():
        read = parse(text, name=name)
        if read.program in TRACKS and read.catalogue == CATALOGUE:
            publish_definition(draft=Draft(name, text, examples(name)), by=OPERATOR, at=at)


def add_organizations(at: datetime) -> None:
    """Add the districts, and the employers of the story that are not districts."""
    load_districts(by=OPERATOR, at=at)
    for one in employers():
        kind = Organization.Kind(one.kind)
        add_organization(kind=kind, name=one.name, code=one.code, county=one.county, by=OPERATOR, at=at)


def add_staff(at: datetime) -> None:
    """Add the people who run the programs, with what they may do and the offices they hold."""
    for one in members(STAFF):
        added = add_person(name=one.name, preferred_name=one.preferred_name, email=one.email, by=OPERATOR, at=at)
        create_account(person=added, by=OPERATOR, at=at)
        employer = organizations().get(name=one.organization)
        affiliate(person=added, organization=employer, title=one.title, start=SEATED, by=OPERATOR, at=at)
    for handle, role, programs in ROLES:
        for program in programs:
            grant_role(person=person(handle), role=role, program_code=program, by=OPERATOR, at=at)
    for handle, office, program in OFFICES:
        seat_officer(person=person(handle), office=office, program_code=program, start=SEATED, by=OPERATOR, at=at)


def begin_classes(at: datetime) -> None:
    """Begin both classes, each track held to its definition."""
    by = acting("coordinator")
    for program, tracks in TRACKS.items():
        begun = create_cohort(
            program=newest_definition(program, tracks[0][0]).program,
            code=CLASS_OF[program],
            name=NAMES[program],
            first_day=FIRST_DAY,
            last_day=LAST_DAY,
            by=by,
            at=at,
        )
        for track, title in tracks:
            pin_track(
                cohort=begun, track=track, title=title, definition=newest_definition(program, track), by=by, at=at
            )


def enroll_everyone(program: str, at: datetime) -> None:
    """Import a class's roster, after looking at the preview."""
    file, into = f"{program}-roster.csv", cohort(program)
    content = keep_file(file, roster(program))
    read = read_roster(content, file=file, first_day=into.first_day, last_day=into.last_day)
    seen = preview_roster(read, into).fingerprint
    sha256 = evidence.store(content)
    import_roster(cohort=into, sha256=sha256, file=file, fingerprint=seen, by=acting("coordinator"), at=at)


def schedule_own(program: str, at: datetime) -> None:
    """Import the sessions a class owns."""
    _schedule(program, f"{program}-schedule.csv", own_sessions(program), at)


def schedule_joined(program: str, at: datetime) -> None:
    """Import what the other class's sessions are to this one."""
    _schedule(program, f"{program}-joins.csv", joined_sessions(program), at)


def complete_schedule(program: str, at: datetime) -> None:
    """Say that every date of a class is set."""
    change_class(cohort=cohort(program), change=ClassChange(schedule_complete=True), by=acting("coordinator"), at=at)


def _schedule(program: str, file: str, text: str, at: datetime) -> None:
    into, content = cohort(program), keep_file(file, text)
    seen = preview_schedule(content, file=file, cohort=into, known_at=at)
    by = acting("coordinator")
    import_schedule(content=content, file=file, cohort=into, seen=seen.fingerprint, by=by, at=at)
