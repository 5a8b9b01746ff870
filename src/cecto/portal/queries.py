"""What a participant sees: how far, what is next, what counts. Reads across features; owns nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cecto.audits.headline import Headline
from cecto.audits.letter import hero
from cecto.audits.prospects import prospects
from cecto.audits.queries import EnrollmentAudit, audit_enrollments, enrollments_to_audit
from cecto.certification.queries import decisions
from cecto.certification.renewal.queries import RenewalCase
from cecto.classes.models import Enrollment, EnrollmentStatus
from cecto.classes.queries import feed_of, partners_on
from cecto.classes.schedule.queries import Session, sessions_of_person
from cecto.credentials.models import CredentialVersion
from cecto.credentials.queries import held_by
from cecto.credentials.renewing.queries import case_of
from cecto.foundation.ui.pictures.bars import Bar, Bars
from cecto.people.models import Person
from cecto.people.queries import coordinator_of
from cecto.portal.days import Attended, ToCome, moved_from, past_of, to_come
from cecto.portal.first import Known, Offer, first_of, offer_of
from cecto.programs.queries import ruleset
from cecto.requirements.results import Result
from cecto.requirements.situations import Prospects, Situation, Work

_NEXT_SESSIONS = 6
# How long after a session its instructor still finds it on the first page.
_TAUGHT_LATELY = timedelta(days=30)
_TO_DO = 5
_ASK = frozenset(
    {
        Situation.EXCEPTION,
        Situation.DECIDED,
        Situation.CANCELED,
        Situation.SHORT,
        Situation.TO_DO,
        Situation.RETURNED,
    }
)


@dataclass(frozen=True, slots=True)
class MyProgram:
    """One enrollment of the person who looks: its first sentences, its one large figure, what is left, whom to ask."""

    seen: EnrollmentAudit
    prospects: Prospects
    headline: Headline
    hero: Result | None
    left: tuple[Result, ...]
    bars: Bars | None
    partners: tuple[Person, ...]
    coordinator: Person | None
    version: CredentialVersion | None
    renews: bool
    offer: Offer | None

    @property
    def asks(self) -> bool:
        """Whether the next thing is to write to the coordinator."""
        return self.prospects.situation in _ASK

    @property
    def address(self) -> str:
        """Where to write to the coordinator; empty when there is none."""
        emails = sorted(self.coordinator.emails.all(), key=lambda one: not one.primary) if self.coordinator else []
        return emails[0].address if emails else ""

    @property
    def enrollment(self) -> Enrollment:
        """The enrollment."""
        return self.seen.enrollment

    @property
    def work(self) -> tuple[Work, ...]:
        """What is to be turned in next, the soonest due first."""
        return self.prospects.work[:_TO_DO]

    @property
    def coming(self) -> int:
        """Of the large figure, what is scheduled and not held yet: minutes."""
        waiting = sum(one.minutes for one in self.prospects.held)
        return max(0, self.hero.possible - waiting) if self.hero else 0


@dataclass(frozen=True, slots=True)
class MyPage:
    """Everything on a participant's first page."""

    programs: tuple[MyProgram, ...]
    sessions: tuple[ToCome, ...]
    today: tuple[Session, ...]
    teaching: tuple[Session, ...]
    past: tuple[Attended, ...]
    feed_key: str

    @property
    def next(self) -> ToCome | None:
        """The session that comes next."""
        return next((one for one in self.sessions if not one.session.canceled), None)

    @property
    def later(self) -> list[ToCome]:
        """Those after the next one, and what was canceled."""
        return [one for one in self.sessions if one is not self.next]


def my_page(person: Person, *, today: date, now: datetime) -> MyPage:
    """What a person sees of their own programs, on a day. A constant number of queries per program."""
    enrollments = list(enrollments_to_audit().filter(person=person).order_by("-cohort__first_day", "id"))
    known = list(sessions_of_person(person, known_at=now))
    held = [one for one in known if not one.canceled]
    taught = [one for one in held if person in one.instructors and one.revision.ends_at > now - _TAUGHT_LATELY]
    feed = feed_of(person)
    audits = audit_enrollments(enrollments, true_on=today, known_at=now)
    found = prospects(audits)
    ahead = [one for one in known if one.revision.ends_at > now and person not in one.instructors]
    past = tuple(past_of(audits, [one for one in known if one.revision.ends_at <= now]))
    moved = moved_from([one.meeting.pk for one in ahead])
    return MyPage(
        programs=tuple(_programs(audits, found, past, person, now=now)),
        sessions=tuple(to_come(ahead[:_NEXT_SESSIONS], found.values(), moved)),
        today=tuple(one for one in held if one.day == today and one.revision.ends_at > now),
        teaching=tuple(taught),
        past=past if audits else (),
        feed_key=feed.key if feed else "",
    )


def _programs(
    audits: Sequence[EnrollmentAudit],
    found: Mapping[int, Prospects],
    past: Sequence[Attended],
    person: Person,
    *,
    now: datetime,
) -> Iterator[MyProgram]:
    """Each enrollment with what is known beside it; those that the person left come last."""
    known = _known(audits, person, now=now)
    made = [_program(seen, found[seen.enrollment.pk], known[seen.enrollment.pk], past, now=now) for seen in audits]
    return iter(sorted(made, key=lambda one: known[one.enrollment.pk].has_left(one.seen.audit.true_on)))


def _known(audits: Sequence[EnrollmentAudit], person: Person, *, now: datetime) -> dict[int, Known]:
    """What is known of each enrollment beside its audit; two queries more for each program."""
    ids = [seen.enrollment.pk for seen in audits]
    statuses: dict[int, list[EnrollmentStatus]] = defaultdict(list)
    for row in EnrollmentStatus.objects.filter(enrollment__in=ids, recorded_at__lte=now).order_by("start", "id"):
        statuses[row.enrollment_id].append(row)
    versions = {one.credential.decision.enrollment_id: one for one in reversed(list(held_by(person)))}
    standing = {one.enrollment_id: one for one in decisions().filter(enrollment__in=ids, withdrawn_at=None)}
    runs = {code: coordinator_of(code, at=now) for code in {seen.enrollment.cohort.program.code for seen in audits}}
    return {
        seen.enrollment.pk: Known(
            tuple(statuses[seen.enrollment.pk]),
            versions.get(seen.enrollment.pk),
            standing.get(seen.enrollment.pk),
            runs[seen.enrollment.cohort.program.code],
            _case(versions.get(seen.enrollment.pk), seen, now),
        )
        for seen in audits
    }


def _case(version: CredentialVersion | None, seen: EnrollmentAudit, now: datetime) -> RenewalCase | None:
    """Where the renewal of a certificate that ends stands; no queries for one that does not end."""
    if version is None or version.valid_until is None:
        return None
    return case_of(version.credential, true_on=seen.audit.true_on, known_at=now)


def _program(
    seen: EnrollmentAudit, found: Prospects, known: Known, past: Sequence[Attended], *, now: datetime
) -> MyProgram:
    root = seen.audit.root
    main = hero(root)
    offer = offer_of(seen, found, past)
    partners = partners_on(seen.enrollment.cohort, seen.enrollment.person, seen.audit.true_on)
    return MyProgram(
        seen=seen,
        prospects=found,
        headline=first_of(seen, found, known, offer, now=now),
        hero=main,
        left=tuple(result for result in root.children if not result.status.satisfied),
        bars=_bars(seen, main),
        partners=tuple(partners),
        coordinator=known.coordinator,
        version=known.version,
        renews=known.case is not None and known.case.standing.renewal is not None,
        offer=offer,
    )


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
