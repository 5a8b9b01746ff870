"""The docket.

Who is eligible, who is not and why, what waits for whose signature, and what no longer agrees with its audit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from cecto.attendance.models import Settlement
from cecto.audits.bound import Bound, in_force_of
from cecto.audits.queries import EnrollmentAudit, audit_class, audit_enrollments
from cecto.audits.supposing import audit_supposing
from cecto.certification.models import Decision
from cecto.classes.models import Cohort, Enrollment, Meeting, MeetingRevision
from cecto.classes.queries import active
from cecto.programs.models import Definition
from cecto.programs.queries import ruleset
from cecto.requirements.results import Audit, Result, Status

# What keeps someone from a certificate, the gravest first.
_URGENCY = [Status.IMPOSSIBLE, Status.OPEN, Status.UNDECIDED, Status.PENDING]


class Standing(StrEnum):
    """Where someone stands on the docket."""

    ELIGIBLE = "eligible"
    AHEAD = "eligible once the session is settled"
    NOT_ELIGIBLE = "not eligible"
    TO_SIGN = "waiting for signatures"
    SIGNED_AHEAD = "signed ahead"
    CERTIFIED = "certified"
    LEFT = "left the class"


@dataclass(frozen=True, slots=True)
class DocketRow:
    """One person on the docket: their audit, what is unmet, and the decision that stands, if any.

    Its `exceptions` are those in force, with those that change nothing.
    """

    seen: EnrollmentAudit
    standing: Standing
    unmet: tuple[Result, ...]
    decision: Decision | None
    waiting_for: tuple[str, ...]
    exceptions: tuple[Bound, ...]

    @property
    def more_unmet(self) -> int:
        """How many requirements are unmet beside the first."""
        return max(0, len(self.unmet) - 1)


def offices_to_sign(definition: Definition) -> list[str]:
    """The offices whose signatures the definition asks for, in order."""
    award = ruleset(definition).definition.award
    return [office for office in (award.decided_by, award.second) if office]


def unsigned_offices(decision: Decision) -> list[str]:
    """The offices that have not signed yet, in order."""
    signed = set(decision.signatures.values_list("office", flat=True))
    return [office for office in decision.offices if office not in signed]


def unmet(result: Result) -> list[Result]:
    """The deepest results that keep a requirement from being satisfied."""
    if result.status.satisfied:
        return []
    below = [leaf for child in result.children for leaf in unmet(child)]
    return below or [result]


def decisions() -> QuerySet[Decision]:
    """Decisions with what a page shows of them."""
    return Decision.objects.select_related(
        "enrollment__person", "enrollment__track__definition", "enrollment__cohort__program", "effect", "ahead_of"
    ).prefetch_related("signatures__person")


def docket(cohort: Cohort, *, true_on: date, known_at: datetime, ahead_of: Meeting | None = None) -> list[DocketRow]:
    """Everyone of a class, as true on a date and known at an instant. A constant number of queries."""
    standing = {one.enrollment_id: one for one in decisions().filter(enrollment__cohort=cohort, withdrawn_at=None)}
    here = set(
        active(
            Enrollment.objects.filter(cohort=cohort, person__erased_at=None), true_on, known_at=known_at
        ).values_list("pk", flat=True)
    )
    everyone = audit_class(cohort, true_on=true_on, known_at=known_at)
    exceptions = in_force_of(everyone)
    return [
        _row(seen, standing.get(seen.enrollment.pk), exceptions, gone=seen.enrollment.pk not in here, ahead_of=ahead_of)
        for seen in everyone
    ]


def ready_to_take_effect(*cohorts: Cohort) -> list[Decision]:
    """Decisions of these classes that everyone signed ahead of a session which is settled now.

    Found by asking, never remembered. Some may wait for good: of those who were not credited there.
    """
    return signed_ahead(Meeting.objects.filter(settlements__reopening=None, settlements__isnull=False), cohorts)


def signed_ahead(meetings: QuerySet[Meeting], cohorts: Collection[Cohort] | None = None) -> list[Decision]:
    """Decisions that everyone signed ahead of one of these sessions, and that are not in effect; of these classes."""
    waiting = decisions().filter(withdrawn_at=None, effect=None, ahead_of__in=meetings.values("pk"))
    if cohorts is not None:
        waiting = waiting.filter(enrollment__cohort__in=[cohort.pk for cohort in cohorts])
    return [one for one in waiting if not waiting_for(one)]


def certifiable(cohorts: Collection[Cohort], *, on: date, known_at: datetime) -> list[Decision]:
    """Of those ready to take effect in these classes, the ones whose every requirement is met on a day."""
    ready = ready_to_take_effect(*cohorts)
    pairs = zip(ready, _audited(ready, on, known_at), strict=True) if ready else ()
    return [decision for decision, seen in pairs if seen.audit.status.satisfied]


def drifted_decisions(cohort: Cohort, *, known_at: datetime) -> list[Decision]:
    """Decisions in effect of a class whose audit differs now from the one they hold: see `drifted`."""
    standing = decisions().filter(enrollment__cohort=cohort, withdrawn_at=None)
    return [one.decision for one in drifted(standing, known_at=known_at)]


@dataclass(frozen=True, slots=True)
class Drifted:
    """A decision whose audit differs now, and what changed: facts, rules (it is held to others), or the engine."""

    decision: Decision
    cause: str


def drifted(standing: Iterable[Decision], *, known_at: datetime) -> list[Drifted]:
    """Of these decisions, those in effect whose audit differs now from the one they hold, and why.

    It is asked again for the same date with what is known now.
    """
    by_day: dict[date, list[Decision]] = {}
    for decision in standing:
        if getattr(decision, "effect", None) is not None:
            by_day.setdefault(decision.effect.effective_on, []).append(decision)
    return [
        Drifted(decision, cause_of_drift(decision.effect.audit, seen.audit))
        for day, group in by_day.items()
        for decision, seen in zip(group, _audited(group, day, known_at), strict=True)
        if seen.audit.sha256 != decision.effect.audit_sha256
    ]


def cause_of_drift(held: Mapping[str, Any], now: Audit) -> str:
    """What changed between an audit as a decision holds it and one of today: rules, engine or facts.

    Where rules or engine changed, facts may have changed besides. An audit that names no engine is of an earlier one.
    """
    if held.get("definition") != now.definition:
        return "rules"
    same = (held.get("language"), held.get("engine")) == (now.language, now.engine)
    return "facts" if same else "engine"


def _audited(group: list[Decision], day: date, known_at: datetime) -> list[EnrollmentAudit]:
    return audit_enrollments([decision.enrollment for decision in group], true_on=day, known_at=known_at)


def _row(
    seen: EnrollmentAudit,
    decision: Decision | None,
    exceptions: Mapping[int, tuple[Bound, ...]],
    *,
    gone: bool,
    ahead_of: Meeting | None,
) -> DocketRow:
    missing = tuple(sorted(unmet(seen.audit.root), key=lambda result: _URGENCY.index(result.status)))
    waiting = waiting_for(decision) if decision else ()
    if decision is not None:
        standing = _decided(decision, waiting)
    elif gone:
        standing = Standing.LEFT
    elif not missing:
        standing = Standing.ELIGIBLE
    else:
        standing = Standing.AHEAD if ahead_of and _would_be_met(seen, ahead_of) else Standing.NOT_ELIGIBLE
    return DocketRow(seen, standing, missing, decision, waiting, exceptions.get(seen.enrollment.pk, ()))


def waiting_for(decision: Decision) -> tuple[str, ...]:
    """The offices that have not signed yet, in order. Reads prefetched signatures."""
    signed = {signature.office for signature in decision.signatures.all()}
    return tuple(office for office in decision.offices if office not in signed)


def _decided(decision: Decision, waiting: tuple[str, ...]) -> Standing:
    if getattr(decision, "effect", None) is not None:
        return Standing.CERTIFIED
    return Standing.TO_SIGN if waiting else Standing.SIGNED_AHEAD


def _would_be_met(seen: EnrollmentAudit, meeting: Meeting) -> bool:
    supposed = audit_supposing(seen, meeting)
    return supposed is not None and supposed.status.satisfied


def sessions_ahead(cohort: Cohort, *, on: date) -> list[tuple[Meeting, str]]:
    """The sessions of a class from a date on that are not settled, with what to call them, the earliest first."""
    current = MeetingRevision.objects.filter(
        meeting__links__cohort=cohort,
        meeting__links__superseded_at=None,
        superseded_at=None,
        status=MeetingRevision.Status.SCHEDULED,
        ends_at__gte=datetime.combine(on, time.min, ZoneInfo(cohort.program.time_zone)),
    ).exclude(meeting__settlements__in=Settlement.objects.filter(reopening=None))
    zone = ZoneInfo(cohort.program.time_zone)
    return [
        (revision.meeting, f"{revision.title}, {revision.starts_at.astimezone(zone):%B %-d, %Y}")
        for revision in current.select_related("meeting").order_by("starts_at")
    ]
