"""How much of what is scheduled someone may miss and still finish: sessions they need, sessions and minutes to spare.

What is promised is never more than the audit allows. Which sessions are needed is asked of the audit itself, one
session at a time. How many of the others may be missed at once, and how much time, is the least that any requirement
leaves: of a group, what its best parts leave, as many as it needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import inf
from typing import NamedTuple

from cecto.requirements.compiling import Rules
from cecto.requirements.document import Absences, Count, Each, Together
from cecto.requirements.facts import Coming
from cecto.requirements.results import Result
from cecto.requirements.statuses import Status

GROUPS = frozenset({"all", "any", "of"})
_NOTHING = -1.0
_COUNTED = frozenset({"count", "each", "together"})


class Session(NamedTuple):
    """A session still to come, whole: its first day, its minutes, and those of its shortest part."""

    unit: str
    title: str
    on: date
    minutes: int
    shortest: int


@dataclass(frozen=True, slots=True)
class Room:
    """The sessions ahead that someone needs, the others, and what of the others may be missed.

    Any `sessions` of `free` may be missed at once. Up to `minutes` of them may be missed, in whole or in part; None
    where time alone does not say it, because leaving early may cost a whole session.
    """

    needed: tuple[Session, ...] = ()
    free: tuple[Session, ...] = ()
    sessions: int = 0
    minutes: int | None = None

    @property
    def all_free(self) -> bool:
        """Whether every session that is not needed may be missed."""
        return self.sessions >= len(self.free)


def room_of(rules: Rules, root: Result, ahead: Sequence[Session], reaches: Callable[[Iterable[str]], bool]) -> Room:
    """What may be missed of the sessions ahead, by an audit's root that is on track.

    `reaches` says whether the root would stay on track if these sessions (their units) were missed.
    """
    needed = tuple(one for one in ahead if not _surely_free(root, one.unit) and not reaches([one.unit]))
    free = tuple(one for one in ahead if one not in needed)
    if not free:
        return Room(needed)
    measured = _Measured(rules, {one.unit: one for one in free})
    sessions = _sessions(measured, root, free, reaches)
    return Room(needed, free, sessions, _minutes(measured, root, free, reaches))


def sessions_of(coming: Iterable[Coming]) -> tuple[Session, ...]:
    """The sessions that these parts belong to, each whole, in order of day."""
    parts: dict[str, list[Coming]] = defaultdict(list)
    for one in coming:
        if one.activity.meeting:
            parts[one.activity.unit].append(one)
    found = [
        Session(
            unit,
            some[0].activity.session or some[0].activity.title,
            min(one.on for one in some),
            sum(one.minutes for one in some),
            min(one.minutes for one in some),
        )
        for unit, some in parts.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.unit)))


def _sessions(
    measured: _Measured, root: Result, free: Sequence[Session], reaches: Callable[[Iterable[str]], bool]
) -> int:
    """How many of the free sessions may be missed at once, whichever they are: one at least."""
    found = min(float(len(free)), _best(root, measured.sessions))
    longest = sorted(free, key=lambda one: -one.minutes)
    if found <= 1 or not reaches(one.unit for one in longest[: int(found)]):
        return 1
    return int(found)


def _minutes(
    measured: _Measured, root: Result, free: Sequence[Session], reaches: Callable[[Iterable[str]], bool]
) -> int | None:
    """How much of the free sessions may be missed; None when it is less than one of them, or not a matter of time."""
    if not measured.by_the_minute:
        return None
    found = min(float(sum(one.minutes for one in free)), _best(root, measured.minutes))
    shortest_first = sorted(free, key=lambda one: one.minutes)
    if found < shortest_first[0].minutes:
        return None
    worst = (_within(found, shortest_first), _within(found, shortest_first[::-1]))
    return int(found) if all(reaches(units) for units in worst) else None


def _within(minutes: float, sessions: Iterable[Session]) -> list[str]:
    """As many of these sessions, in this order, as fit."""
    chosen = []
    for one in sessions:
        if one.minutes <= minutes:
            chosen.append(one.unit)
            minutes -= one.minutes
    return chosen


def _best(result: Result, leaf: Callable[[Result], float]) -> float:
    """What a requirement leaves: of a group, the least of its best parts, as many as it asks for."""
    if result.status in {Status.WAIVED, Status.NOT_APPLICABLE}:
        return inf
    if not result.children:
        return leaf(result)
    if result.measure not in GROUPS:
        return _best(result.children[0], leaf)
    if result.target <= 0:
        return inf
    found = sorted((_best(part, leaf) for part in result.children), reverse=True)
    return found[result.target - 1] if result.target <= len(found) else _NOTHING


def _surely_free(root: Result, unit: str) -> bool:
    """Whether no requirement can tell that the session is missed; where it can, the audit is asked."""

    def leaf(result: Result) -> float:
        if result.measure == "absences":
            return inf if result.slack > 0 else _NOTHING
        if result.measure == "rate":
            return _NOTHING
        if result.ceiling or result.status is Status.MET:
            return inf
        if result.status is not Status.PENDING:
            return _NOTHING
        return inf if _amounts(result).get(unit, 0) <= result.slack else _NOTHING

    return _best(root, leaf) > _NOTHING


def _amounts(result: Result) -> dict[str, int]:
    """What each session still to come would add, in the requirement's unit."""
    found: dict[str, int] = defaultdict(int)
    for closer in result.closers:
        found[closer.unit] += closer.amount
    return found


@dataclass(frozen=True, slots=True)
class _Measured:
    """What each requirement leaves of the free sessions, by unit."""

    rules: Rules
    free: dict[str, Session]

    @property
    def by_the_minute(self) -> bool:
        """Whether a minute missed costs a minute, and no more."""
        policy = self.rules.definition.policy
        return policy.partial == 0 and policy.rounding.each == 1 and policy.rounding.total == 1

    def sessions(self, leaf: Result) -> float:
        """How many free sessions may be missed at once."""
        if leaf.measure == "absences":
            return leaf.slack
        if leaf.measure == "rate":
            return 1
        if leaf.ceiling or leaf.status is Status.MET:
            return inf
        if leaf.status is not Status.PENDING:
            return _NOTHING
        lost = accumulate(sorted(self._added(leaf).values(), reverse=True))
        return next((number for number, amount in enumerate(lost) if amount > leaf.slack), inf)

    def minutes(self, leaf: Result) -> float:
        """How much of the free sessions may be missed."""
        if leaf.measure == "absences":
            return self._before_losing(leaf, self.free)
        if leaf.measure == "rate":
            return _NOTHING
        if leaf.ceiling or leaf.status is Status.MET:
            return inf
        if leaf.status is not Status.PENDING:
            return _NOTHING
        added = self._added(leaf)
        if leaf.measure in _COUNTED:
            return self._before_losing(leaf, added)
        if any(amount > self.free[unit].minutes for unit, amount in added.items()):
            return _NOTHING  # a minute there is worth more than a minute
        return leaf.slack if sum(added.values()) > leaf.slack else inf

    def _added(self, leaf: Result) -> dict[str, int]:
        return {unit: amount for unit, amount in _amounts(leaf).items() if unit in self.free}

    def _before_losing(self, leaf: Result, units: Iterable[str]) -> float:
        """The most that may be missed before one session more than may be lost has lost its credit."""
        if leaf.slack < 0:
            return _NOTHING
        # Which parts the requirement reads is not known here: the shortest is the quickest to lose.
        costs = sorted(_losing(self.free[unit].shortest, self._percent(leaf)) for unit in units)
        return sum(costs[: leaf.slack + 1]) - 1 if len(costs) > leaf.slack else inf

    def _percent(self, leaf: Result) -> int:
        node = self.rules.nodes.get(leaf.id)
        if isinstance(node, Together):
            return node.both_at_least
        return node.credited if isinstance(node, Count | Each | Absences) else 100


def _losing(minutes: int, percent: int) -> int:
    """The least absence from a session of that length that leaves less than that percent of it credited."""
    return minutes * (100 - percent) // 100 + 1 if percent else max(minutes, 1)
