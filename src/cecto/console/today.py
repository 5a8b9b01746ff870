"""The console's first page: what is on today, and what waits for the one who looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cecto.attendance.access import may_mark, may_settle
from cecto.attendance.models import Settlement
from cecto.attendance.queries.late import CameLate, came_late
from cecto.attendance.queries.notices import Waiting, waiting_notices
from cecto.audits.proposals import Proposal, proposals
from cecto.audits.queries import audit_active, waiting_for_second
from cecto.certification.models import Decision
from cecto.certification.queries import certifiable, decisions
from cecto.classes.access import visible_cohorts
from cecto.classes.models import Cohort
from cecto.classes.schedule.queries import Session, local_day, sessions_between
from cecto.console.queries import AtRisk, at_risk
from cecto.credentials.models import CredentialVersion
from cecto.credentials.renewing.queries import ending
from cecto.people.models import OfficeSeat, Person
from cecto.people.viewer import Permission, Viewer
from cecto.requirements.document import Span
from cecto.requirements.windows import later

_MOST_AT_RISK = 6
_A_YEAR = Span(12)
# Sessions older than this that nobody settled are found on the class's schedule, not here.
_LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class ClassDecisions:
    """Decisions of one class with which an officer has the same thing to do."""

    cohort: Cohort
    decisions: tuple[Decision, ...]

    @property
    def names(self) -> str:
        """Whom they are about: three names, and how many more."""
        first = ", ".join(one.enrollment.person.name for one in self.decisions[:3])
        more = len(self.decisions) - 3
        return _("%(names)s, and %(n)s more") % {"names": first, "n": more} if more > 0 else first


@dataclass(frozen=True, slots=True)
class OnToday:
    """A session of today: its status, and whether the one who looks may open its roster."""

    session: Session
    status: str
    may_mark: bool


@dataclass(frozen=True, slots=True)
class Today:
    """What a member of staff finds in the morning."""

    sessions: tuple[OnToday, ...]
    to_settle: tuple[Session, ...]
    to_answer: tuple[Waiting, ...]
    came_late: tuple[tuple[Session, CameLate], ...]
    to_sign: tuple[ClassDecisions, ...]
    to_certify: tuple[ClassDecisions, ...]
    to_join: tuple[Proposal, ...]
    renewals: tuple[tuple[str, int], ...]
    at_risk: tuple[AtRisk, ...]
    more_at_risk: int
    cohorts: tuple[Cohort, ...]


def today_for(viewer: Viewer, *, now: datetime, zone: str) -> Today:
    """What waits in the programs where the viewer is staff, at an instant."""
    cohorts = visible_cohorts(viewer)
    recent = sessions_between(now - _LOOK_BACK, now + timedelta(days=1), cohorts=cohorts, known_at=now)
    held = [one for one in recent if not one.canceled]
    settled = _settled(held)
    seats = _seats(viewer, now=now, zone=zone)
    mine = [one for one in cohorts if viewer.may(Permission.RUN_CLASS, one.program.code)]
    risks = _at_risk(mine, now=now, zone=zone)
    return Today(
        sessions=tuple(
            OnToday(one, _status(one, settled, now), may_mark(viewer, one))
            for one in held
            if one.day == local_day(now, one.zone)
        ),
        to_settle=tuple(one for one in held if may_settle(viewer, one) and _status(one, settled, now) == "to-settle"),
        to_answer=tuple(waiting_notices(mine)),
        came_late=tuple(_came_late([one for one in held if may_settle(viewer, one)], settled)),
        to_sign=_by_class(_to_sign(viewer, seats)),
        to_certify=_by_class(_to_certify(viewer, cohorts, now=now, zone=zone)),
        to_join=tuple(_to_join(viewer, seats, now)),
        renewals=_renewals(viewer, now=now, zone=zone),
        at_risk=tuple(risks[:_MOST_AT_RISK]),
        more_at_risk=max(0, len(risks) - _MOST_AT_RISK),
        cohorts=tuple(cohorts),
    )


def _settled(sessions: list[Session]) -> set[int]:
    ids = [one.meeting.pk for one in sessions]
    return set(Settlement.objects.filter(meeting__in=ids, reopening=None).values_list("meeting_id", flat=True))


def _came_late(mine: list[Session], settled: set[int]) -> Iterator[tuple[Session, CameLate]]:
    """Of the sessions that the viewer settles: what came after they had."""
    ours = [one for one in mine if one.meeting.pk in settled]
    late = came_late([one.meeting.pk for one in ours])
    return ((one, late[one.meeting.pk]) for one in ours if one.meeting.pk in late)


def _status(session: Session, settled: set[int], now: datetime) -> str:
    if session.meeting.pk in settled:
        return "settled"
    return "to-settle" if session.revision.ends_at <= now else "today"


def _seats(viewer: Viewer, *, now: datetime, zone: str) -> set[tuple[str, str]]:
    day = local_day(now, zone)
    held = OfficeSeat.objects.filter(person=viewer.someone, start__lte=day).exclude(until__lte=day)
    return {(seat.program_code, seat.office) for seat in held}


def _to_sign(viewer: Viewer, seats: set[tuple[str, str]]) -> list[Decision]:
    if not seats or not viewer.may_anywhere(Permission.CERTIFY):
        return []
    waiting = decisions().filter(
        effect=None, withdrawn_at=None, enrollment__cohort__program__code__in=[s[0] for s in seats]
    )
    return [one for one in waiting if _waits_for(one, seats) and _may_sign(one, viewer.someone)]


def _to_certify(viewer: Viewer, cohorts: Collection[Cohort], *, now: datetime, zone: str) -> list[Decision]:
    """What was signed early and did not go into effect with its session, as when it was signed after it."""
    mine = [one for one in cohorts if viewer.may(Permission.CERTIFY, one.program.code)]
    return certifiable(mine, on=local_day(now, zone), known_at=now) if mine else []


def _renewals(viewer: Viewer, *, now: datetime, zone: str) -> tuple[tuple[str, int], ...]:
    """How many certificates end within a year or have ended, by where they stand. One query where none ends."""
    programs, today = viewer.programs(Permission.SEE_RECORDS), local_day(now, zone)
    within = {"revocation": None, "credential__decision__enrollment__cohort__in": Cohort.objects.filter(programs)}
    if not CredentialVersion.objects.filter(**within, valid_until__isnull=False).exists():
        return ()
    found = ending(programs, by=later(today, _A_YEAR), true_on=today, known_at=now)
    return tuple(Counter(one.case.word for one in found).most_common())


def _by_class(decisions: Iterable[Decision]) -> tuple[ClassDecisions, ...]:
    found: dict[Cohort, list[Decision]] = {}
    for one in decisions:
        found.setdefault(one.enrollment.cohort, []).append(one)
    return tuple(ClassDecisions(cohort, tuple(some)) for cohort, some in found.items())


def _to_join(viewer: Viewer, seats: set[tuple[str, str]], now: datetime) -> list[Proposal]:
    mine = {seat for seat in seats if viewer.may(Permission.GRANT_EXCEPTION, seat[0])}
    return proposals(waiting_for_second(mine, besides=viewer.someone), known_at=now) if mine else []


def _waits_for(decision: Decision, seats: set[tuple[str, str]]) -> bool:
    signed = {signature.office for signature in decision.signatures.all()}
    program = decision.enrollment.cohort.program.code
    return any((program, office) in seats for office in decision.offices if office not in signed)


def _may_sign(decision: Decision, officer: Person) -> bool:
    """Nobody signs for themselves, or twice."""
    signed = {signature.person_id for signature in decision.signatures.all()}
    return officer.pk not in signed and officer.pk != decision.enrollment.person_id


def _at_risk(cohorts: list[Cohort], *, now: datetime, zone: str) -> list[AtRisk]:
    day = local_day(now, zone)
    under_way = [one for one in cohorts if one.first_day <= day <= one.last_day]
    return at_risk(audit_active(under_way, true_on=day, known_at=now)) if under_way else []
