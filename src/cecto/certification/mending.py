"""What mended words would change, found by doing it and taking it back: audits and decisions of the people."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cecto.audits.queries import EnrollmentAudit, audit_enrollments, enrollments_to_audit
from cecto.certification.models import Decision
from cecto.certification.queries import decisions
from cecto.classes.queries import active
from cecto.foundation import clock
from cecto.requirements.results import Result


@dataclass(frozen=True, slots=True)
class Moved:
    """One requirement of one person that comes out otherwise: how it reads now, and how it would."""

    person: str
    where: str
    requirement: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class Mending:
    """What mended words change: requirements, and the decisions on people whose audit changes."""

    moved: tuple[Moved, ...]
    decisions: tuple[Decision, ...]


def supposing_mended(act: Callable[[], object], *, person_ids: Collection[int], at: datetime) -> Mending:
    """What `act`, which mends words, changes for these people: it is done, audited and taken back. Raises as `act`."""
    before = _audits(person_ids, at)
    with transaction.atomic():
        act()
        after = _audits(person_ids, at)
        transaction.set_rollback(True)
    pairs = list(zip(before, after, strict=True))
    changed = [now.enrollment.pk for now, then in pairs if now.audit.canonical() != then.audit.canonical()]
    held = decisions().filter(enrollment__in=changed, withdrawn_at=None)
    return Mending(tuple(moved for now, then in pairs for moved in _moved(now, then)), tuple(held))


def _audits(person_ids: Collection[int], at: datetime) -> list[EnrollmentAudit]:
    today = clock.today()
    rows = active(enrollments_to_audit().filter(person_id__in=list(person_ids)), today)
    return audit_enrollments(list(rows.order_by("person__sort_name", "pk")), true_on=today, known_at=at)


def _moved(now: EnrollmentAudit, then: EnrollmentAudit) -> Iterator[Moved]:
    enrollment = now.enrollment
    where = f"{enrollment.cohort.name}, {enrollment.track.title}"
    for one, other in zip(_leaves(now.audit.root), _leaves(then.audit.root), strict=False):
        if (one.status, one.value, one.target) != (other.status, other.value, other.target):
            yield Moved(enrollment.person.name, where, one.title, one.sentence, other.sentence)


def _leaves(root: Result) -> Iterator[Result]:
    yield from (result for result in root.walk() if not result.children)
