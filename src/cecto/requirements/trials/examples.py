"""Example persons: a YAML file of invented people and what a definition should say of each; every one is a test.

An example file lists the class's activities once; each person does all of them, or those named, except as said.
`part` says what of the definition the example is about, and `standing` where an award to renew should stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from cecto.requirements.document import NO_TIME, Span
from cecto.requirements.facts import Modality
from cecto.requirements.problems import NOWHERE, Position
from cecto.requirements.results import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Something the class offers, or (with `kind` of an entry) something a person did elsewhere."""

    on: date
    activity: str = "session"
    minutes: int = 0
    title: str = ""
    modality: Modality = ""
    until: date | None = None
    meeting: str = ""
    of: str = ""
    held_by: str = ""
    provider: str = ""
    series: str = ""
    required: bool = False
    competency: str = ""
    category: str = ""
    slot: str = ""
    tag: tuple[str, ...] = ()
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted(Planned):
    """An entry of a person that is not a plain attendance or acceptance of the class's list.

    `id` is what exceptions and make-ups call it; without one it is also-1, also-2, … in the order written.
    """

    kind: str
    id: str = ""
    activity: str = "study"
    reversed_on: date | None = None
    replaces: str = ""
    outcome: str = ""
    by: tuple[str, ...] = ()
    score: int | None = None
    verified: bool = True
    valid_until: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What the person brings: experience, a degree, a payment."""

    kind: str
    on: date
    of: str = ""
    length: Span = NO_TIME
    dollars: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Did:
    """What of the class's list somebody did: None is all of it; `but` gives other minutes."""

    done: tuple[str, ...] | None = None
    but: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamplePartner(Did):
    """A linked person; who is linked twice, one after the other or in two ways, is told by `person`."""

    relation: str
    person: str = ""
    since: date
    until: date | None = None
    track: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleException:
    """An exception granted; `refused` says that the definition must not allow it."""

    node: str
    kind: str
    office: str
    since: date
    second: str = ""
    until: date | None = None
    minutes: int | None = None
    number: int | None = None
    entry: str = ""
    extended_to: date | None = None
    other: str = ""
    recorded_on: date | None = None
    revoked_on: date | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What one node should say: minutes and counts only where written."""

    status: Status
    value: int | None = None
    remaining: int | None = None
    slack: int | None = None
    short: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example(Did):
    """One invented person."""

    name: str
    true_on: date
    expect: tuple[tuple[str, Expected], ...]
    known_on: date | None = None
    also: tuple[Posted, ...] = ()
    partners: tuple[ExamplePartner, ...] = ()
    exceptions: tuple[ExampleException, ...] = ()
    traits: tuple[tuple[str, str], ...] = ()
    awarded_on: date | None = None
    background: tuple[Brought, ...] = ()
    excused: tuple[str, ...] = ()
    part: str = "require"
    standing: str = ""
    schedule: str = ""
    at: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """A file of examples for one class; its `schedule` is final, or still being planned."""

    class_start: date
    class_end: date
    persons: tuple[Example, ...]
    activities: tuple[tuple[str, Planned], ...] = field(default=())
    schedule: str = "final"
