"""How urgent a person's audit is, so that a class can be listed with the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cecto.requirements.results import Audit, Result
from cecto.requirements.statuses import Status


@dataclass(frozen=True, slots=True)
class Risk:
    """The requirement that decides how urgent an audit is; None when nothing is left to do.

    `tightest` is the leaf with the worst status, and of those the one with the least to spare. `next_on` is the day
    of the next activity that would help it: the first that can be lost.
    """

    status: Status
    tightest: Result | None
    next_on: date | None

    @property
    def sentence(self) -> str:
        """What is at stake, in words."""
        if self.tightest is None:
            return "Nothing is left to do."
        return f"{self.tightest.title}: {self.tightest.sentence}"

    def urgency(self) -> tuple[int, float, date]:
        """Sorts the most urgent first: by status, by the share of what is coming that may be missed, by day."""
        return _URGENCY[self.status], _spare(self.tightest), self.next_on or date.max


_URGENCY = {
    Status.IMPOSSIBLE: 0,
    Status.UNDECIDED: 1,
    Status.OPEN: 2,
    Status.PENDING: 3,
    Status.WAIVED: 4,
    Status.NOT_APPLICABLE: 5,
    Status.MET: 6,
}


def risk(audit: Audit) -> Risk:
    """What is most at stake in an audit."""
    waiting = [] if audit.status.satisfied else list(_waiting(audit.root))
    tightest = min(waiting, key=lambda leaf: (_URGENCY[leaf.status], _spare(leaf)), default=None)
    first = tightest.closers[0].on if tightest and tightest.closers else None
    return Risk(audit.status, tightest, first)


def _waiting(result: Result) -> list[Result]:
    """The leaves that hold a result up; of an `any` or `at least`, those with the best chance stand for it."""
    if result.status.satisfied:
        return []
    parts = [part for part in result.children if not part.status.satisfied]
    if not parts:
        return [result]
    if result.measure == "all" or len(parts) == 1:
        return [leaf for part in parts for leaf in _waiting(part)]
    best = max(_URGENCY[part.status] for part in parts)
    return [leaf for part in parts if _URGENCY[part.status] == best for leaf in _waiting(part)]


def _spare(leaf: Result | None) -> float:
    """The share of what is still coming that may be missed; below zero when it does not reach."""
    if leaf is None:
        return float("inf")
    return leaf.slack / leaf.possible if leaf.possible else float(min(leaf.slack, 0))
