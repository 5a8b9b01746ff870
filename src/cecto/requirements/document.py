"""A definition as read: frozen values that mirror what its author wrote, each knowing where it stood.

Durations are minutes, ratios are whole percent, spans are calendar years, months and days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from cecto.requirements.problems import NOWHERE, Position


@dataclass(frozen=True, slots=True)
class Span:
    """A calendar span: years and months keep the day of the month where they can."""

    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """A date by name (class.start, class.end, award, cycle.start, cycle.end) or written, moved by a span."""

    anchor: str
    on: date | None = None
    later: Span = Span()
    earlier: Span = Span()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most so many minutes of what matches, inside its pool."""

    id: str
    title: str
    where: Filter
    at_most: int
    at: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A named part of the ledger, with its caps applied before any requirement reads it."""

    where: Filter | None = None
    window: Window | None = None
    limits: tuple[Limit, ...] = ()
    at: Position = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waivable:
    """Which offices may grant an exception here, of which kinds, and whose second signature it needs."""

    by: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    second: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What every requirement has."""

    id: str
    title: str = ""
    source: str = ""
    when: Condition | None = None
    otherwise: Node | Literal["not-applicable"] | None = None
    waivable: Waivable | None = None
    at: Position = field(default=NOWHERE, compare=False)

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes written inside this one, the fallback included."""
        return (self.otherwise,) if isinstance(self.otherwise, Node) else ()

    def walk(self) -> Iterator[Node]:
        """This node and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Node):
    """At least `at_least` of `parts`; `word` is how it was written: all, any or of."""

    word: Literal["all", "any", "of"]
    parts: tuple[Node, ...]
    at_least: int

    @property
    def children(self) -> tuple[Node, ...]:
        return self.parts + ((self.otherwise,) if isinstance(self.otherwise, Node) else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf(Node):
    """A requirement that reads entries."""

    where: Filter | None = None
    window: Window | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours(Leaf):
    """A sum of credited minutes."""

    pool: str = ""
    limits: tuple[Limit, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    vacuous: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Leaf):
    """How many sessions or items were credited at least `credited` percent."""

    credited: int = 0
    at_least: int | None = None
    at_most: int | None = None
    vacuous: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Each(Leaf):
    """Every session credited, or every item accepted, that the class offers and that matches."""

    of: str
    credited: int = 0
    vacuous: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Together(Leaf):
    """Sessions where this person and a linked person were both credited at least `both_at_least` percent."""

    link: Link
    both_at_least: int
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Leaf):
    """A panel's judgment of a piece of work: so many judges with that outcome."""

    of: str
    panel: int = 1
    outcome: str = "pass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential(Leaf):
    """A credential held, and still valid unless `valid` is false."""

    credential: str
    valid: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeUp:
    """How missed time may be made up; `ratio` is percent of the missed minutes."""

    ratio: int = 100
    kinds: tuple[str, ...] = ()
    until: Point | None = None
    within: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """Where minutes are rounded: each entry, the total of a requirement, both or neither; steps in minutes."""

    each: int = 1
    total: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What attendance is worth. `partial`: 0 is proportional, otherwise the percent that earns full credit."""

    partial: int = 0
    late_grace: int = 0
    rounding: Rounding = Rounding()
    makeup: MakeUp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What is awarded, on whose decision, and for how long (None: forever)."""

    credential: str
    title: str = ""
    decided_by: str = ""
    second: str = ""
    valid: Span | None = None
    grandfather: str = "pinned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One published version of one track's rules."""

    program: str
    track: str
    catalogue: str
    version: int
    title: str
    require: Node
    award: Award
    source: str = ""
    contact_hour: int = 60
    reads: str = ""
    classes: DateRange | None = None
    policy: Policy = Policy()
    competencies: tuple[tuple[str, str], ...] = ()
    pools: tuple[tuple[str, Pool], ...] = ()
    moves: tuple[tuple[str, str], ...] = ()
    name: str = field(default="", compare=False)
    text: str = field(default="", compare=False, repr=False)
    sha256: str = field(default="", compare=False)
    at: Position = field(default=NOWHERE, compare=False)

    @property
    def facet(self) -> str:
        """The program whose words the filters read."""
        return self.reads or self.program
