"""The situation of each of these people, with what is known beside the facts of their audits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from cecto.audits.gathering.coming import Offered, Status, ended_sessions, sessions_to_come
from cecto.audits.headline import About, Headline, headline
from cecto.audits.letter import hero
from cecto.audits.queries import EnrollmentAudit, audit_again
from cecto.people.queries import coordinator_of
from cecto.programs.queries import ruleset
from cecto.requirements.facts import Facts
from cecto.requirements.results import Audit
from cecto.requirements.situations import Circumstances, Prospects, prospects_of

_A_DAY = timedelta(days=1)


def prospects(seen: Sequence[EnrollmentAudit]) -> dict[int, Prospects]:
    """The situation of each, by the enrollment's id. Three queries: what was canceled in their classes, what ended.

    All are audits on the same dates.
    """
    if not seen:
        return {}
    known_at = seen[0].audit.known_at
    classes = {one.enrollment.cohort_id for one in seen}
    canceled = sessions_to_come(classes, known_at=known_at, status=Status.CANCELED)
    ended = ended_sessions(since=known_at - _A_DAY, until=known_at)
    return {one.enrollment.pk: _one(one, canceled, ended) for one in seen}


def prospects_for(seen: EnrollmentAudit) -> Prospects:
    """The situation of one person."""
    return prospects([seen])[seen.enrollment.pk]


def headline_of(seen: EnrollmentAudit) -> Headline:
    """The first sentences about one person, by their audit alone: nothing of certificates and decisions."""
    coordinator = coordinator_of(seen.enrollment.cohort.program.code, at=seen.audit.known_at)
    name = coordinator.name if coordinator else ""
    return headline(prospects_for(seen), About(ruleset(seen.definition), hero(seen.audit.root), name))


def staff_line(seen: EnrollmentAudit, found: Prospects) -> str:
    """How someone stands, in a line for those who help them. No queries."""
    return headline(found, About(ruleset(seen.definition), hero(seen.audit.root))).staff


def _one(seen: EnrollmentAudit, canceled: Offered, ended: frozenset[str]) -> Prospects:
    def again(facts: Facts) -> Audit:
        return audit_again(seen, facts)

    track = seen.enrollment.track.track
    beside = Circumstances(ended, canceled.to(seen.enrollment.cohort_id, track))
    return prospects_of(ruleset(seen.definition), seen.audit, seen.facts, again, beside)
