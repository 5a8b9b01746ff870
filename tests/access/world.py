"""A small class with one of everything, and one browser for each kind of person."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookies import SimpleCookie

from django.test import Client

from cecto.attendance.actions import Tapped, claim_kiosk, keep_signed_sheet, open_kiosk, take_taps
from cecto.attendance.models import CheckIn, Kiosk
from cecto.attendance.signatures import typed
from cecto.attendance.views.reports import HandedIn
from cecto.audits.actions import grant_exception
from cecto.audits.models import ExceptionGrant
from cecto.classes.actions import renew_calendar_feed
from cecto.classes.importing.stored import StoredFile
from cecto.classes.models import Cohort, Enrollment, Meeting
from cecto.classes.schedule.actions import assign_instructor
from cecto.credentials.letters.actions import let_employer_know
from cecto.credentials.listing.actions import let_list
from cecto.credentials.models import RecordedAward, WrittenRequest
from cecto.foundation import evidence
from cecto.foundation.journal.actor import Actor
from cecto.foundation.keys import new_key
from cecto.foundation.papers import Paper
from cecto.people.actions import add_email, create_account, grant_role, seat_officer
from cecto.people.demo_links import demo_link
from cecto.people.models import Person, Role
from tests.access.browsers import browser_of
from tests.audits import story
from tests.audits.story import BEFORE, BY, FIRST_DAY
from tests.classes import made as classes
from tests.coursework import made as coursework
from tests.credentials import made as credentials
from tests.credentials import past
from tests.programs.texts import definition_text

ROLES = (
    "public",
    "participant",
    "another participant",
    "instructor",
    "coordinator",
    "coordinator of another program",
    "officer",
    "partner",
    "administrator",
)
ROSTER = b"Name,E-mail,Track\nNew Person,new@example.org,leaders-21c\n"
SCHEDULE = b"""Session,Date,Start,End,Format,Segment,Minutes
spring,2016-03-01,9:00,10:00,f2f,Spring,60
"""
SCORES = b"Student,ID,SIS User ID,SIS Login ID,Section,Module 1 (11)\n"
WORK = b"Code,Title,Kind,Minutes\nessay,An essay,assignment,60\n"
SIGNED = Paper(b"%PDF-1.7 signed", "signed.pdf")
SIGN_IN = b"Name,Time In,Time Out\nAna,9:00 AM,4:00 PM\n"


@dataclass(frozen=True)
class World:
    """`words` are what addresses are made of; `cookies` say who looks, by the names of ROLES."""

    words: dict[str, str]
    cookies: dict[str, SimpleCookie]

    def browser(self, role: str) -> Client:
        """A fresh browser that is signed in as that role."""
        browser = Client(raise_request_exception=False)
        browser.cookies = deepcopy(self.cookies[role])
        return browser


def build() -> World:
    """The class of tests/audits/story.py with work, a credential, an exception and a person of every role."""
    told = story.tell()
    cgcio = classes.cohort("cgcio", ("cio",))
    issued = credentials.issued()
    people = _people(told, cgcio)
    item = coursework.item(told.cohort)
    roster = StoredFile(told.cohort.key, evidence.store(ROSTER), "roster.csv")
    schedule = StoredFile(told.cohort.key, evidence.store(SCHEDULE), "schedule.csv")
    report = HandedIn(told.opening.key, evidence.store(SIGN_IN), "signin.csv", "America/New_York")
    remembered = past.award(told.ana.person)
    words = {
        "class": told.cohort.key,
        "session": told.opening.key,
        "enrollment": told.ana.key,
        "person": told.ana.person.key,
        "organization": classes.organization().key,
        "roster-token": roster.token,
        "schedule-token": schedule.token,
        "work-token": StoredFile(told.cohort.key, evidence.store(WORK), "work.csv").token,
        "report-token": report.token,
        **_drafts(),
        "scores-token": StoredFile(told.cohort.key, evidence.store(SCORES), "canvas.csv").token,
        "program": "cecto",
        "past": remembered.key,
        "letter": _letter(remembered),
        "past-token": StoredFile("cecto", evidence.store(past.LIST), "past.csv").token,
        "signed": keep_signed_sheet(meeting=told.opening, paper=SIGNED, by=BY, at=BEFORE).sheet.key,
        **_kiosks(told),
        "employer": _employer(told.sue),
        "item": item.key,
        "exception": _exception(told, people["officer"]).key,
        "decision": issued.credential.decision.key,
        "credential": issued.credential.key,
        "code": issued.code,
        "definition": told.ana.track.definition.key,
        "feed": renew_calendar_feed(person=told.ana.person, by=BY, at=BEFORE).key,
        "demo-token": demo_link(people["participant"].account).rstrip("/").rpartition("/")[2],
    }
    return World(
        words, {"public": SimpleCookie()} | {role: browser_of(person).cookies for role, person in people.items()}
    )


def _letter(award: RecordedAward) -> str:
    """The written request by which it is listed."""
    let_list(award=award, fields=frozenset(), request=past.LETTER, by=BY, at=credentials.LATER)
    return WrittenRequest.objects.get().key


def _drafts() -> dict[str, str]:
    """A second version of the class's rules, as handed in, and another program's."""
    second = story.draft(story.DIRECTORS.replace("version: 1", "version: 2"))
    files = {
        "draft": StoredFile("definition", evidence.store(second.text.encode()), second.name),
        "draft-elsewhere": StoredFile("definition", evidence.store(definition_text("cgcio").encode()), second.name),
        "draft-examples": StoredFile("examples", evidence.store(second.examples.encode()), second.examples_name),
    }
    return {word: file.token for word, file in files.items()}


def _people(told: story.Story, cgcio: Cohort) -> dict[str, Person]:
    roles = {
        "coordinator": (Role.COORDINATOR, "cecto"),
        "coordinator of another program": (Role.COORDINATOR, "cgcio"),
        "officer": (Role.OFFICER, "cecto"),
        "partner": (Role.PARTNER, "cecto"),
        "administrator": (Role.ADMINISTRATOR, ""),
    }
    people = {"participant": told.ana.person, "another participant": told.sue.person}
    people["instructor"] = _instructor(told.opening)
    people |= {role: classes.person(role.title()) for role in roles}
    for role, person in people.items():
        add_email(person=person, address=f"{role.replace(' ', '.')}@example.org", by=BY, at=BEFORE)
        create_account(person=person, by=BY, at=BEFORE)
        if role in roles:
            granted, program = roles[role]
            grant_role(person=person, role=granted, program_code=program, by=BY, at=BEFORE)
    for office in ("program-director", "steering-committee"):
        seat_officer(person=people["officer"], office=office, program_code="cecto", start=FIRST_DAY, by=BY, at=BEFORE)
    return people


def _kiosks(told: story.Story) -> dict[str, str]:
    """A kiosk that no device has and one that another device has, both open for long, and a tap at the latter."""
    at = told.opening.revisions.latest("id").starts_at
    free, taken = new_key(), new_key()
    open_kiosk(meeting=told.opening, door="Back door", token=free, by=BY, at=at)
    kiosk = open_kiosk(meeting=told.opening, door="Front door", token=taken, by=BY, at=at)
    claim_kiosk(kiosk=kiosk, device=new_key(), by=BY, at=at)
    one = Tapped(new_key(), told.ana.person, CheckIn.Kind.IN, at, at, typed("Ana"))
    (tap,) = take_taps(kiosk=kiosk, tapped=[one], by=BY, at=at)
    Kiosk.objects.update(ends_at=datetime(2100, 1, 1, tzinfo=UTC))
    return {"kiosk": kiosk.key, "free-kiosk": free, "taken-kiosk": taken, "tap": str(tap.pk)}


def _employer(of: Enrollment) -> str:
    """The employer of someone who lets it be told."""
    let_employer_know(enrollment=of, agreed=True, by=Actor.person(of.person.key, of.person.pk), at=BEFORE)
    assert of.organization
    return of.organization.key


def _instructor(meeting: Meeting) -> Person:
    teacher = classes.person("Ida Teacher")
    assign_instructor(meeting=meeting, person=teacher, by=BY, at=BEFORE)
    return teacher


def _exception(told: story.Story, officer: Person) -> ExceptionGrant:
    return grant_exception(
        enrollment=told.ana,
        node="hours",
        kind=ExceptionGrant.Kind.LOWER,
        amount=300,
        office="steering-committee",
        granted_by=officer,
        reason="Storm in the mountains.",
        by=BY,
        at=story.NEXT_DAY,
    )
