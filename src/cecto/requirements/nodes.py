"""Requirements: groups, and the leaves that read a person's facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from cecto.requirements.parts import (
    Condition,
    Exclusive,
    Filter,
    Limit,
    Link,
    OnFail,
    Span,
    ValueRule,
    Waivable,
    Window,
)
from cecto.requirements.problems import NOWHERE, Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What every requirement has."""

    id: str
    title: str = ""
    source: str = ""
    when: Condition | None = None
    otherwise: Node | Literal["not-applicable"] | None = None
    waivable: Waivable | None = None
    on_fail: OnFail | None = None
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
    value: tuple[ValueRule, ...] = ()
    distinct: tuple[str, ...] = ()
    allocate: str = "in-order"
    use: Exclusive | None = None
    at_least: int | None = None
    at_most: int | None = None
    vacuous: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Leaf):
    """How many sessions or items were credited at least `credited` percent.

    Of verdicts, those with that `outcome`; of exams, those with at least `scored` points.
    """

    credited: int = 0
    outcome: str = "pass"
    scored: int = 0
    at_least: int | None = None
    at_most: int | None = None
    vacuous: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absences(Leaf):
    """At most so many sessions (or events) missed: those held and not credited at least `credited` percent.

    `excused` says how excused absences count: in (as missed) or out (not at all).
    """

    at_most: int
    of: str = "session"
    credited: int = 0
    excused: str = "in"


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
class Rate(Leaf):
    """Credited minutes as a share of a written denominator: taken, to-date, all or event.

    `excused` says how the time of excused absences counts: in (missed), out (of the denominator) or as-present.
    """

    denominator: str
    excused: str
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Leaf):
    """The best score of an exam, of the first `attempts` when that is limited."""

    of: str
    at_least: int
    scale: tuple[int, int] = (0, 100)
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attest(Leaf):
    """Something attested by `by` (self, supervisor, …), by so many different people."""

    document: str
    by: str
    at_least: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked(Leaf):
    """So many people linked to this person on the date asked."""

    link: Link
    at_least: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Years(Leaf):
    """Time of experience of that sort, as stated and checked at admission."""

    of: str
    at_least: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Leaf):
    """Any one of these held: degrees and the like of the person's background, or credentials on record."""

    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid(Leaf):
    """So many whole dollars paid."""

    at_least: int
    of: str = ""
