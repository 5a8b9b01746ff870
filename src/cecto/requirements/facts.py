"""What an audit reads about one person: plain, frozen values; no Django, no clock, no I/O.

Minutes are ints. Dates are calendar dates in the program's time zone. Instants are aware UTC datetimes.
The caller gathers these from its tables; the audit itself decides what was known and true on the dates asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, NamedTuple

EntryKind = Literal["attended", "accepted", "makeup", "recognized", "verdict", "held", "attested", "scored"]
Modality = Literal["f2f", "sync", "async", ""]
BackgroundKind = Literal["years", "held", "paid", "trait"]
ExceptionKind = Literal["waive", "lower", "accept", "exclude", "revalue", "extend", "replace"]


@dataclass(frozen=True, slots=True)
class Facet:
    """What one program calls an activity, in that program's own words."""

    competency: str = ""
    category: str = ""
    slot: str = ""
    tags: frozenset[str] = frozenset()


NO_FACET = Facet()
NO_FACETS: Mapping[str, Facet] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Activity:
    """What an entry is about; immutable, and shared by every entry and person it concerns.

    `kind` says what it was: session, module, assignment, project, event, study, document, exam, credential;
    for a make-up it is the way it was made up (assignment, recording, next-class).
    Sessions carry `meeting` and `segment`; everything else carries `item`: the code of the coursework item,
    document, exam or credential. Of what is to come, `session` is the title of the whole session. `facets` are
    keyed by program code.
    """

    key: str
    kind: str
    title: str = ""
    modality: Modality = ""
    meeting: str = ""
    segment: str = ""
    item: str = ""
    held_by: str = ""
    provider: str = ""
    series: str = ""
    required: bool = False
    session: str = ""
    facets: Mapping[str, Facet] = field(default_factory=lambda: NO_FACETS)

    @property
    def unit(self) -> str:
        """The thing a person would count: the whole session, else the item, else the activity itself."""
        return self.meeting or self.item or self.key


class Entry(NamedTuple):
    """A dated fact of one person, as posted in the ledger; what it is worth is the definition's rule.

    A named tuple, because an audit makes one for every row and a frozen dataclass takes five times as long.

    `attended` and `offered` are minutes. `recorded_at` is when it was posted. `reverses` names the entry this one
    takes back (it keeps that entry's `occurred_on`). `replaces` names the missed meeting, or activity, of a make-up.
    `by` are the judges of a verdict, or who attested (`self`, `supervisor` or a person key). `evidence` is the hash
    of the document that proves it, for definitions that let the same evidence count once only.
    """

    id: str
    kind: EntryKind
    activity: Activity
    occurred_on: date
    recorded_at: datetime
    attended: int = 0
    offered: int = 0
    reverses: str = ""
    replaces: str = ""
    outcome: str = ""
    by: tuple[str, ...] = ()
    score: int | None = None
    verified: bool = True
    valid_until: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    """A scheduled segment not yet settled, or a piece of work not yet accepted for this person.

    `on` is the day of the session, or the day the work is due. `minutes` are what full credit would post.
    `until` is the last day the work may still be accepted (None: the due day). A session waits to be settled
    however long ago it was held, so it stays possible.
    """

    activity: Activity
    on: date
    minutes: int = 0
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Partner:
    """Someone this person is linked to, from `since` until the day before `until`, and that person's own entries.

    `relation` is one of: same-organization, same-class, mentor, supervisor. `track` is the partner's track.
    Facts hold those partners at least that the definition asks about (`Definition.links`).
    """

    person: str
    relation: str
    since: date
    until: date | None = None
    track: str = ""
    entries: tuple[Entry, ...] = ()

    def linked_on(self, day: date) -> bool:
        """Whether the relation holds on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class ExceptionFact:
    """An exception that an office granted this person on one node of the definition.

    waive: the node is satisfied. lower: the target becomes `to` (minutes or a number). accept: `entry` counts for
    the node though its filter or window would refuse it. exclude: `entry` does not count. revalue: `entry` is worth
    `to` minutes. extend: the window ends the day before `extended_to`. replace: the node `other` stands in.
    `unit` says what `to` was given in, where that is known: minutes or number. In force from `since` until the day
    before `until`, and only when `recorded_at` was known; `revoked_at` ends it. `cycle` is that of a renewal it was
    granted on; 0 on a renewal's requirement means the cycle in which `since` falls.
    """

    id: str
    node: str
    kind: ExceptionKind
    office: str
    since: date
    recorded_at: datetime
    reason: str = ""
    granted_by: str = ""
    second_office: str = ""
    second_by: str = ""
    evidence: str = ""
    until: date | None = None
    revoked_at: datetime | None = None
    to: int | None = None
    unit: Literal["", "minutes", "number"] = ""
    entry: str = ""
    extended_to: date | None = None
    other: str = ""
    cycle: int = 0


class Signed(NamedTuple):
    """The signature on a renewal cycle: on which day, and at which instant; what it was audited by stays."""

    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Absence:
    """An absence from one meeting, and whether the program excused it."""

    meeting: str
    excused: bool
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Background:
    """What a person brings: years of experience, a degree held, a fee paid, a trait such as their chapter.

    `kind` is years, held, paid or trait; `of` says of what. `amount` is days (years), 1 (held) or whole dollars (paid);
    a trait has a `word` instead, which holds from `on` until another is said.
    """

    kind: BackgroundKind
    of: str
    amount: int
    on: date
    recorded_at: datetime
    word: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one audit may read about one enrollment.

    `class_end` is the day after the class's last day. `schedule_final` is False while the class's schedule is still
    being made: then nothing is called impossible for lack of scheduled sessions. `awarded_on` is the award that a
    renewal cycle counts from, decided at the instant `awarded_at` where that is known; `reinstated` the day on which a
    cycle that had ended unmet was settled by a reinstatement, by its number; `signed` the signatures on cycles, by
    number: those before the last are settled with it. `missed` names sessions still to come that are supposed to be
    missed.
    """

    program: str
    track: str
    class_start: date
    class_end: date
    entries: tuple[Entry, ...] = ()
    coming: tuple[Coming, ...] = ()
    partners: tuple[Partner, ...] = ()
    exceptions: tuple[ExceptionFact, ...] = ()
    absences: tuple[Absence, ...] = ()
    background: tuple[Background, ...] = ()
    schedule_final: bool = True
    awarded_on: date | None = None
    awarded_at: datetime | None = None
    reinstated: Mapping[int, date] = field(default_factory=dict)
    signed: Mapping[int, Signed] = field(default_factory=dict)
    missed: frozenset[str] = frozenset()
