"""What an audit answers: a tree of results, one per requirement, and the hash that a decision is held to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


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


_SATISFIED = frozenset({Status.MET, Status.WAIVED, Status.NOT_APPLICABLE})


class Reason(StrEnum):
    """Why an entry, or part of one, does not count for a requirement."""

    REVERSED = "reversed"
    OUTSIDE_WINDOW = "outside-window"
    OVER_CAP = "over-cap"
    ABSENT = "absent"
    BELOW_THRESHOLD = "below-threshold"
    ROUNDED = "rounded"
    MAKEUP = "makeup"
    EXCLUDED = "excluded"
    DUPLICATE = "duplicate"
    NOT_TOGETHER = "not-together"
    OUTCOME = "outcome"
    EXPIRED = "expired"
    UNVERIFIED = "unverified"
    USED_ELSEWHERE = "used-elsewhere"
    NOT_NEEDED = "not-needed"


@dataclass(frozen=True, slots=True)
class Used:
    """An entry that counts, and how much of it, in the result's unit."""

    entry: str
    amount: int


@dataclass(frozen=True, slots=True)
class Unused:
    """What of an entry does not count, in the result's unit, with the reason as a code and as a sentence."""

    entry: str
    amount: int
    reason: Reason
    because: str


@dataclass(frozen=True, slots=True)
class Closer:
    """A coming activity that would move the result by `amount`, in the result's unit."""

    activity: str
    unit: str
    title: str
    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Result:
    """Where one requirement stands.

    `value`, `target`, `remaining`, `possible` and `slack` are in `unit`: minutes, or a count. `possible` is what the
    schedule still offers; `slack` = value + possible - target: how much may still be missed. `makeup` is what
    make-ups could still add. `missable_until` is the last day on which missing one session still lets the person
    finish. `missing` are the titles of what an `each` still waits for. A group's value counts satisfied children.
    """

    id: str
    title: str
    measure: str
    status: Status
    sentence: str
    value: int = 0
    target: int = 0
    unit: str = "count"
    remaining: int = 0
    used: tuple[Used, ...] = ()
    unused: tuple[Unused, ...] = ()
    exceptions: tuple[str, ...] = ()
    possible: int = 0
    slack: int = 0
    makeup: int = 0
    closers: tuple[Closer, ...] = ()
    missable_until: date | None = None
    missing: tuple[str, ...] = ()
    children: tuple[Result, ...] = ()

    def walk(self) -> Iterator[Result]:
        """This result and every one below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, node: str) -> Result:
        """The result of the node with that id; KeyError if there is none."""
        for result in self.walk():
            if result.id == node:
                return result
        raise KeyError(node)

    def canonical(self) -> dict[str, Any]:
        """The part a decision is held to: no projection, no wording, no dates of asking."""
        return {
            "id": self.id,
            "status": str(self.status) if self.status.satisfied else _unmet(self.status),
            "value": self.value,
            "target": self.target,
            "unit": self.unit,
            "used": [[use.entry, use.amount] for use in self.used],
            "exceptions": list(self.exceptions),
            "children": [child.canonical() for child in self.children],
        }


def _unmet(status: Status) -> str:
    return "undecided" if status is Status.UNDECIDED else "unmet"


@dataclass(frozen=True, slots=True)
class Ignored:
    """An exception the definition does not allow, with the reason; it changed nothing."""

    exception: str
    because: str


@dataclass(frozen=True, slots=True)
class Audit:
    """One person's ledger put to one definition, as true on a date and known at an instant."""

    program: str
    track: str
    definition: str
    true_on: date
    known_at: datetime
    root: Result
    ignored: tuple[Ignored, ...] = ()

    @property
    def status(self) -> Status:
        """The status of the whole."""
        return self.root.status

    def canonical(self) -> dict[str, Any]:
        """What the hash covers: the definition's hash and the requirement results, whatever the schedule says."""
        return {"definition": self.definition, "result": self.root.canonical()}

    @property
    def sha256(self) -> str:
        """Hex SHA-256 of the canonical results as compact, key-sorted, ASCII JSON; equal whenever the outcome is."""
        text = json.dumps(self.canonical(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()
