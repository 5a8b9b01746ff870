"""What a participant sees: how far, what is next, what counts. Reads across features; owns nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cecto.audits.letter import hero
from cecto.audits.queries import EnrollmentAudit, audit_enrollments, enrollments_to_audit
from cecto.classes.models import Enrollment
from cecto.classes.queries import feed_of, partners_on
from cecto.classes.schedule.queries import Session, sessions_of_person
from cecto.credentials.models import CredentialVersion
from cecto.credentials.queries import held_by
from cecto.foundation.ui.pictures.bars import Bar, Bars
from cecto.people.models import Person
from cecto.programs.queries import ruleset
from cecto.requirements.results import Closer, Result

_NEXT_SESSIONS = 4
# How long after a session its instructor still finds it on the first page.
_TAUGHT_LATELY = timedelta(days=30)
_TO_DO = 5


@dataclass(frozen=True, slots=True)
class MyProgram:
    """One enrollment of the person who looks: the audit, its one large figure, and what is asked of them next."""

    seen: EnrollmentAudit
    hero: Result | None
    left: tuple[Result, ...]
    work: tuple[Closer, ...]
    bars: Bars | None
    partners: tuple[Person, ...]

    @property
    def enrollment(self) -> Enrollment:
        """The enrollment."""
        return self.seen.enrollment


@dataclass(frozen=True, slots=True)
class Attended:
    """A settled session of the person who looks: minutes had, made up and offered."""

    session: Session
    minutes: int
    made_up: int
    offered: int

    @property
    def missed(self) -> int:
        """Minutes missed and not made up."""
        return max(0, self.offered - self.minutes - self.made_up)


@dataclass(frozen=True, slots=True)
class MyPage:
    """Everything on a participant's first page."""

    programs: tuple[MyProgram, ...]
    sessions: tuple[Session, ...]
    today: tuple[Session, ...]
    teaching: tuple[Session, ...]
    past: tuple[Attended, ...]
    feed_key: str
    credentials: tuple[CredentialVersion, ...]


def my_page(person: Person, *, today: date, now: datetime) -> MyPage:
    """What a person sees of their own programs, on a day. A constant number of queries per program."""
    enrollments = list(enrollments_to_audit().filter(person=person).order_by("-cohort__first_day", "id"))
    held = [one for one in sessions_of_person(person, known_at=now) if not one.canceled]
    ahead = [one for one in held if one.revision.ends_at > now]
    taught = [one for one in held if person in one.instructors and one.revision.ends_at > now - _TAUGHT_LATELY]
    feed = feed_of(person)
    audits = audit_enrollments(enrollments, true_on=today, known_at=now)
    return MyPage(
        programs=tuple(_program(one, today) for one in audits),
        sessions=tuple(ahead[:_NEXT_SESSIONS]),
        today=tuple(one for one in ahead if one.day == today),
        teaching=tuple(taught),
        past=tuple(_past(audits, held)),
        feed_key=feed.key if feed else "",
        credentials=tuple(held_by(person)),
    )


def _program(seen: EnrollmentAudit, today: date) -> MyProgram:
    root = seen.audit.root
    main = hero(root)
    left = tuple(result for result in root.children if not result.status.satisfied)
    partners = partners_on(seen.enrollment.cohort, seen.enrollment.person, today)
    return MyProgram(seen, main, left, _work(root), _bars(seen, main), tuple(partners))


def _past(audits: Sequence[EnrollmentAudit], held: Sequence[Session]) -> Iterator[Attended]:
    """The settled sessions, the latest first."""
    entries = {entry.id: entry for seen in audits for entry in seen.facts.entries}
    gone = {entry.reverses for entry in entries.values()}
    standing = [entry for entry in entries.values() if not entry.reverses and entry.id not in gone]
    for session in reversed(held):
        parts = [one for one in standing if one.kind == "attended" and one.activity.meeting == session.key]
        if parts:
            made_up = sum(one.attended for one in standing if one.replaces == session.key)
            attended, offered = sum(one.attended for one in parts), sum(one.offered for one in parts)
            yield Attended(session, attended, made_up, offered)


def _work(root: Result) -> tuple[Closer, ...]:
    """Work to hand in, the soonest due first: what would close a requirement and is no session."""
    found = {closer.activity: closer for result in root.walk() if result.measure == "each" for closer in result.closers}
    return tuple(sorted(found.values(), key=lambda closer: closer.on)[:_TO_DO])


def _bars(seen: EnrollmentAudit, main: Result | None) -> Bars | None:
    """Counted minutes by competency, of what the main requirement uses."""
    if main is None:
        return None
    rules = ruleset(seen.definition)
    entries = {entry.id: entry for entry in seen.facts.entries}
    minutes: dict[str, int] = defaultdict(int)
    for use in main.used:
        facet = entries[use.entry].activity.facets.get(rules.definition.facet)
        minutes[facet.competency if facet else ""] += use.amount
    bars = [Bar(title, minutes[word]) for word, title in rules.definition.competencies if minutes[word]]
    if not bars:
        return None
    return Bars("Hours by competency", "The hours that count so far, by what they were about.", bars)
