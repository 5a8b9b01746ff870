"""The words an audit answers with: where a requirement stands, and why an entry does not count."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where one requirement stands."""

    MET = "met"
    PENDING = "pending"  # met if the scheduled work is done
    OPEN = "open"  # can still be met, but not by what is scheduled alone
    IMPOSSIBLE = "impossible"  # cannot be met any more without an exception
    WAIVED = "waived"  # satisfied by an exception only
    NOT_APPLICABLE = "not-applicable"  # the definition's `when` does not ask it of this person
    UNDECIDED = "undecided"  # several answers are equally right and the search stopped: a human chooses

    @property
    def satisfied(self) -> bool:
        """Whether nothing more is asked of the person here."""
        return self in _SATISFIED

    @property
    def words(self) -> str:
        """The status as people are told it, in the middle of a sentence."""
        return _WORDS[self]


_WORDS = {
    Status.MET: "done",
    Status.PENDING: "on track",
    Status.OPEN: "make-up needed or not scheduled yet",
    Status.IMPOSSIBLE: "needs an exception",
    Status.WAIVED: "done, by exception",
    Status.NOT_APPLICABLE: "not required",
    Status.UNDECIDED: "needs a choice",
}

# From worst to best for the person.
_ORDER = (
    Status.IMPOSSIBLE,
    Status.OPEN,
    Status.UNDECIDED,
    Status.PENDING,
    Status.NOT_APPLICABLE,
    Status.WAIVED,
    Status.MET,
)


def rank(status: Status) -> int:
    """How good a status is for the person; higher is better."""
    return _ORDER.index(status)


_SATISFIED = frozenset({Status.MET, Status.WAIVED, Status.NOT_APPLICABLE})


class Reason(StrEnum):
    """Why an entry, or part of one, does not count for a requirement."""

    REVERSED = "reversed"
    OUTSIDE_WINDOW = "outside-window"
    OVER_CAP = "over-cap"
    ABSENT = "absent"
    ATTENDED = "attended"
    BELOW_THRESHOLD = "below-threshold"
    ROUNDED = "rounded"
    MAKEUP = "makeup"
    EXCLUDED = "excluded"
    DUPLICATE = "duplicate"
    NOT_TOGETHER = "not-together"
    OUTCOME = "outcome"
    EXPIRED = "expired"
    UNVERIFIED = "unverified"
    EXCUSED = "excused"
    NO_VALUE = "no-value"
    USED_ELSEWHERE = "used-elsewhere"
