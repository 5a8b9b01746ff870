"""What an audit answers: a tree of results, one per requirement, and the hash that a decision is held to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from cecto.requirements.engine import ENGINE, LANGUAGE
from cecto.requirements.english.sentences import sentence_of
from cecto.requirements.statuses import Reason, Status
from cecto.requirements.telling import PLAIN, Telling

__all__ = ["Audit", "Closer", "Ignored", "Reason", "Result", "Status", "Unused", "Used"]


class Used(NamedTuple):
    """An entry that counts, and how much of it, in the result's unit."""

    entry: str
    amount: int


class Unused(NamedTuple):
    """What of an entry does not count, in the result's unit, with the reason as a code and as a sentence."""

    entry: str
    amount: int
    reason: Reason
    because: str


class Closer(NamedTuple):
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
    make-ups could still add, `late` what work of the class accepted after its last day could. `ways` are the kinds of
    entry that no schedule knows and that would help an open requirement. `missable_until` is the last day on which
    missing one session still lets the person finish. `missing` are the titles of what an `each` still waits for.
    `ceiling` says the target is an `at_most`. `of` is the denominator of a rate. `decided_by` and `outcomes` say who
    decides what once it is impossible. `carried` came over from the cycle before, by the
    entries in `brought`. `either` names the requirements
    that could be met together, when it is undecided which. `more_may_come` says that more dates are expected than are
    scheduled. `telling` is what its sentence says besides. A group's value counts satisfied children.
    """

    id: str
    title: str
    measure: str
    status: Status
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
    late: int = 0
    ways: tuple[str, ...] = ()
    closers: tuple[Closer, ...] = ()
    missable_until: date | None = None
    missing: tuple[str, ...] = ()
    ceiling: bool = False
    of: int = 0
    decided_by: str = ""
    outcomes: tuple[str, ...] = ()
    carried: int = 0
    brought: tuple[Used, ...] = ()
    either: tuple[tuple[str, ...], ...] = ()
    more_may_come: bool = False
    telling: Telling = field(default=PLAIN, compare=False)
    children: tuple[Result, ...] = ()

    @property
    def sentence(self) -> str:
        """Where it stands, in a plain sentence or two."""
        return sentence_of(self)

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
    """One person's ledger put to one part of a definition, as true on a date and known at an instant.

    `part` is require, admission or renewal; `cycle` numbers the cycles of a renewal from 1. `language` and `engine` say
    how it was worked out; they are not in the hash, which is equal whenever the outcome is.
    """

    program: str
    track: str
    definition: str
    true_on: date
    known_at: datetime
    root: Result
    ignored: tuple[Ignored, ...] = ()
    part: str = "require"
    cycle: int = 0
    language: int = LANGUAGE
    engine: str = ENGINE

    @property
    def status(self) -> Status:
        """The status of the whole."""
        return self.root.status

    def canonical(self) -> dict[str, Any]:
        """What the hash covers: the definition's hash and the requirement results, whatever the schedule says."""
        made: dict[str, Any] = {"definition": self.definition, "result": self.root.canonical()}
        return made if self.part == "require" else made | {"part": self.part, "cycle": self.cycle}

    @property
    def sha256(self) -> str:
        """Hex SHA-256 of the canonical results as compact, key-sorted, ASCII JSON; equal whenever the outcome is."""
        text = json.dumps(self.canonical(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()
