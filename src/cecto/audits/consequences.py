"""Who would be worse off if a session still to come were changed, and in which requirement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cecto.audits.queries import EnrollmentAudit, audit_again
from cecto.audits.supposing import SessionChange, supposing_changed
from cecto.requirements.results import Audit, Result, Status
from cecto.requirements.statuses import rank

_SHORT = frozenset({Status.OPEN, Status.IMPOSSIBLE})


@dataclass(frozen=True, slots=True)
class Setback:
    """One requirement before a change and after it."""

    before: Result
    after: Result

    @property
    def lost(self) -> int:
        """How much less the schedule would offer, in the requirement's unit."""
        return self.before.slack - self.after.slack


@dataclass(frozen=True, slots=True)
class Worse:
    """Someone who would be worse off, and the requirements in which they would, the most urgent first."""

    seen: EnrollmentAudit
    after: Audit
    setbacks: tuple[Setback, ...]

    @property
    def newly_at_risk(self) -> bool:
        """Whether they could finish with what is scheduled and no longer could."""
        return any(one.after.status in _SHORT and one.before.status not in _SHORT for one in self.setbacks)


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a change would do to these people; `touched` is how many of them expect the session."""

    worse: tuple[Worse, ...]
    touched: int

    @property
    def newly_at_risk(self) -> int:
        """How many could finish with what is scheduled and no longer could."""
        return sum(one.newly_at_risk for one in self.worse)


def consequences(seen: Sequence[EnrollmentAudit], meeting: str, change: SessionChange) -> Consequences:
    """What the change of a session (by its key) would do to these people, the worst off first. No queries."""
    touched = [one for one in seen if any(coming.activity.meeting == meeting for coming in one.facts.coming)]
    worse = [found for one in touched if (found := _worse(one, meeting, change))]
    worse.sort(key=lambda one: (not one.newly_at_risk, rank(one.setbacks[0].after.status), one.setbacks[0].after.slack))
    return Consequences(tuple(worse), len(touched))


def setbacks(before: Result, after: Result) -> tuple[Setback, ...]:
    """The requirements without others inside them that are worse off, the most urgent first."""
    earlier = {result.id: result for result in before.walk() if not result.children}
    pairs = [Setback(earlier[later.id], later) for later in after.walk() if later.id in earlier]
    return tuple(sorted(filter(_is_worse, pairs), key=lambda pair: (rank(pair.after.status), pair.after.slack)))


def _worse(seen: EnrollmentAudit, meeting: str, change: SessionChange) -> Worse | None:
    after = audit_again(seen, supposing_changed(seen.facts, meeting, change))
    found = setbacks(seen.audit.root, after.root)
    return Worse(seen, after, found) if found else None


def _is_worse(pair: Setback) -> bool:
    if rank(pair.after.status) < rank(pair.before.status):
        return True
    return pair.after.status in _SHORT and pair.lost > 0
