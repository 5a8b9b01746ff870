"""A definition as read: frozen values that mirror what its author wrote, each knowing where it stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cecto.requirements.engine import LANGUAGE
from cecto.requirements.nodes import (
    Absences,
    Attest,
    Count,
    Credential,
    Each,
    Group,
    Held,
    Hours,
    Leaf,
    Linked,
    Node,
    Paid,
    Rate,
    Score,
    Together,
    Verdict,
    Years,
)
from cecto.requirements.parts import (
    NO_TIME,
    Condition,
    DateRange,
    Exclusive,
    Filter,
    Limit,
    Link,
    OnFail,
    Point,
    Pool,
    Span,
    Unit,
    ValueRule,
    Waivable,
    Window,
)
from cecto.requirements.problems import NOWHERE, Position

__all__ = [
    "NO_TIME",
    "Absences",
    "Attest",
    "Award",
    "AwardRecord",
    "AwardUnits",
    "Condition",
    "Count",
    "Credential",
    "Cycle",
    "DateRange",
    "Definition",
    "Each",
    "Exclusive",
    "Filter",
    "Group",
    "Held",
    "Hours",
    "Lapse",
    "Leaf",
    "Limit",
    "Link",
    "Linked",
    "MakeUp",
    "Node",
    "OnFail",
    "Paid",
    "Point",
    "Policy",
    "Pool",
    "Rate",
    "Renewal",
    "Rounding",
    "Score",
    "Span",
    "Together",
    "Unit",
    "ValueRule",
    "Verdict",
    "Waivable",
    "Window",
    "Years",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeUp:
    """How missed time may be made up; `ratio` is percent of the missed minutes."""

    ratio: int = 100
    kinds: tuple[str, ...] = ()
    until: Point | None = None
    within: Span | None = None
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """Where minutes are rounded: each entry, the total of a requirement, both or neither; steps in minutes."""

    each: int = 1
    total: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What attendance is worth. `partial`: 0 is proportional, otherwise the percent that earns full credit.

    `excused` says whether the time of excused absences is credited as if attended, or not.
    """

    partial: int = 0
    late_grace: int = 0
    excused: str = "not-credited"
    rounding: Rounding = Rounding()
    makeup: MakeUp | None = None
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardUnits:
    """Units awarded with the credential: one per `per` minutes of the requirement `of`, rounded down to tenths.

    `variable` awards each person's own minutes; otherwise everyone who meets the requirement gets `whole` minutes.
    """

    name: str
    of: str
    per: int
    variable: bool
    whole: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRecord:
    """What must be kept and printed about an award, how many years after its calendar year, and to whom it goes.

    `release` is learner-request-only: to others only when the person asks.
    """

    fields: tuple[str, ...]
    keep_years: int
    release: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What is awarded, on whose decision, and for how long (None: forever)."""

    credential: str
    title: str = ""
    decided_by: str = ""
    second: str = ""
    valid: Span | None = None
    units: AwardUnits | None = None
    record: AwardRecord | None = None
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """How long a renewal cycle is, and from what day it counts: the award, or a fixed day of a year."""

    length: Span
    fixed: tuple[int, int] | None = None  # month and day
    year: str = "award-year"  # the fixed day in the award's own year, or the first one after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """What an award becomes when a cycle ends unmet, and how long after it may be reinstated."""

    status: str
    reinstate_within: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """What keeps an award alive, cycle after cycle.

    `opens` before the end of a cycle it may be asked for; until `grace` after it may still be met. `over` minutes of
    surplus go on to the next cycle; entries up to `back` after the end may count for it instead of the next.
    """

    cycle: Cycle
    require: Node
    on_lapse: Lapse
    applies_when: Condition | None = None
    opens: Span = NO_TIME
    grace: Span = NO_TIME
    over: int = 0
    back: Span = NO_TIME
    source: str = field(default="", compare=False)


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
    language: int = LANGUAGE
    source: str = ""
    reads: str = ""
    classes: DateRange | None = None
    policy: Policy = Policy()
    competencies: tuple[tuple[str, str], ...] = ()
    pools: tuple[tuple[str, Pool], ...] = ()
    admission: Node | None = None
    renewal: Renewal | None = None
    moves: tuple[tuple[str, str], ...] = ()
    under_way: str = "stay"
    unit: Unit | None = None
    positions: tuple[tuple[str, str], ...] = ()
    name: str = field(default="", compare=False)
    text: str = field(default="", compare=False, repr=False)
    sha256: str = field(default="", compare=False)
    at: Position = field(default=NOWHERE, compare=False)

    @property
    def facet(self) -> str:
        """The program whose words the filters read."""
        return self.reads or self.program

    def roots(self) -> tuple[Node, ...]:
        """The trees a person may be audited against: what is required, then for admission, then for renewal."""
        renewal = self.renewal.require if self.renewal else None
        return tuple(root for root in (self.require, self.admission, renewal) if root is not None)

    def walk(self) -> Iterator[Node]:
        """Every requirement of the definition, parents first."""
        for root in self.roots():
            yield from root.walk()

    def filters(self) -> Iterator[tuple[str, Filter]]:
        """Every filter, with those inside it, and the pool or requirement that it is written in."""
        owners: list[tuple[str, Pool | Leaf]] = [*self.pools]
        owners += [(node.id, node) for node in self.walk() if isinstance(node, Leaf)]
        for owner, one in owners:
            written = [one.where]
            if isinstance(one, Pool | Hours):
                written += [*(limit.where for limit in one.limits), *(rule.where for rule in one.value)]
            for where in written:
                yield from ((owner, inner) for inner in (where.walk() if where else ()))

    def conditions(self) -> Iterator[Condition]:
        """Every condition, with those inside it."""
        conditions = [node.when for node in self.walk()]
        conditions.append(self.renewal.applies_when if self.renewal else None)
        for one in conditions:
            yield from one.walk() if one else ()

    def offices(self) -> Iterator[str]:
        """Every office that the definition names, however often."""
        yield from (self.award.decided_by, *((self.award.second,) if self.award.second else ()))
        for node in self.walk():
            if node.waivable:
                yield from (*node.waivable.by, *((node.waivable.second,) if node.waivable.second else ()))
            if node.on_fail:
                yield node.on_fail.decided_by

    def links(self) -> frozenset[Link]:
        """Every sort of partner that a requirement or a condition asks about."""
        asked = [node.link for node in self.walk() if isinstance(node, Together | Linked)]
        return frozenset([*asked, *(one.partner for one in self.conditions() if one.partner)])
