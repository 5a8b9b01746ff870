"""The parts that requirements are written with: dates, filters, caps, values, links and conditions.

Durations are minutes, ratios are whole percent, spans are calendar years, months and days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from cecto.requirements.problems import NOWHERE, Position


@dataclass(frozen=True, slots=True)
class Span:
    """A calendar span: years and months keep the day of the month where they can."""

    months: int = 0
    days: int = 0


NO_TIME = Span()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What a program calls its hours (PDU, CPE), and how many minutes are one."""

    name: str
    plural: str
    per: int


@dataclass(frozen=True, slots=True)
class Point:
    """A date by name (class.start, class.end, award, cycle.start, cycle.end) or written, moved by a span."""

    anchor: str
    on: date | None = None
    later: Span = NO_TIME
    earlier: Span = NO_TIME


@dataclass(frozen=True, slots=True)
class Window:
    """Half-open: from the first day to the day before `end`."""

    start: Point
    end: Point


@dataclass(frozen=True, slots=True)
class DateRange:
    """Dates on or after `start` and before `before`; either may be absent."""

    start: date | None = None
    before: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which entries: every word written must hold; a list means any of its words."""

    words: tuple[tuple[str, frozenset[str]], ...] = ()
    flags: tuple[tuple[str, bool], ...] = ()
    dates: DateRange | None = None
    none_of: Filter | None = None
    all_of: tuple[Filter, ...] = ()
    any_of: tuple[Filter, ...] = ()
    at: Position = field(default=NOWHERE, compare=False)

    def walk(self) -> Iterator[Filter]:
        """This filter and all those inside it."""
        yield self
        for inner in (*self.all_of, *self.any_of, *((self.none_of,) if self.none_of else ())):
            yield from inner.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most so many minutes of what matches, inside its pool."""

    id: str
    title: str
    where: Filter
    at_most: int
    source: str = field(default="", compare=False)
    at: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRule:
    """What matching entries are worth: `minutes` (None: as logged), once per entry, item, or item and year.

    `first_only` names what counts only the first time: an item or a series, in (occurred, id) order.
    """

    where: Filter
    minutes: int | None
    per: str = "entry"
    first_only: str = ""
    source: str = field(default="", compare=False)
    at: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A named part of the ledger, with its values and caps applied before any requirement reads it.

    `distinct` names what may be used once only (evidence, item). `allocate` says what caps that overlap mean: all of
    them hold and the most that fits counts (flow), or a minute is charged to one of its caps (either); in-order says
    that none overlap.
    """

    where: Filter | None = None
    window: Window | None = None
    limits: tuple[Limit, ...] = ()
    value: tuple[ValueRule, ...] = ()
    distinct: tuple[str, ...] = ()
    allocate: str = "in-order"
    title: str = ""
    source: str = field(default="", compare=False)
    at: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waivable:
    """Which offices may grant an exception here, of which kinds, and whose second signature it needs."""

    by: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    second: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnFail:
    """Who decides what happens to a person who can no longer meet a requirement, and between which outcomes."""

    decided_by: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusive:
    """A minute that counts here counts for no other requirement of the group; `split` lets one entry serve several."""

    group: str
    split: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Who counts as the partner; judged on the date of the session."""

    relation: str
    track: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Of whom a node is asked: those with (or without) a partner, or with a trait."""

    partner: Link | None = None
    traits: tuple[tuple[str, frozenset[str]], ...] = ()
    none_of: Condition | None = None

    def links(self) -> tuple[Link, ...]:
        """The partners it asks about."""
        return tuple(one.partner for one in self.walk() if one.partner)

    def walk(self) -> Iterator[Condition]:
        """This condition and all those inside it."""
        yield self
        if self.none_of:
            yield from self.none_of.walk()
