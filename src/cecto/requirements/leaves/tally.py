"""What counts, what does not and why, and what is coming, of one leaf; and the result made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from cecto.requirements.case import Case, Item
from cecto.requirements.document import Leaf
from cecto.requirements.projection import Outlook, closers, missable_until, status_of
from cecto.requirements.results import Reason, Result, Status, Unused, Used
from cecto.requirements.telling import PLAIN, Happened, Telling
from cecto.requirements.windows import resolve


@dataclass(slots=True)
class Tally:
    """The candidates of one leaf, in its unit, and what would be added."""

    used: list[Used] = field(default_factory=list)
    unused: list[Unused] = field(default_factory=list)
    carried: list[Used] = field(default_factory=list)
    coming: list[tuple[Item, int]] = field(default_factory=list)
    makeup: int = 0
    late: int = 0
    more_may_come: bool = False
    ways: tuple[str, ...] = ()
    at_best: int | None = None
    undecided: bool = False
    either: tuple[tuple[str, ...], ...] = ()
    missing: list[str] = field(default_factory=list)
    told: Telling = PLAIN
    done: list[Item] = field(default_factory=list)
    missed: list[Item] = field(default_factory=list)

    def use(self, item: Item, amount: int) -> None:
        """Count so much of a candidate."""
        self.used.append(Used(item.id, amount))
        self.done.append(item)

    def refuse(self, item: Item, amount: int, reason: Reason, because: str) -> None:
        """Leave so much of a candidate out, with the reason."""
        self.unused.append(Unused(item.id, amount, reason, because))
        if amount and reason in _NOT_THERE:
            self.missed.append(item)

    def tell(self, **words: Any) -> None:
        """What the sentence says besides the figures."""
        self.told = self.told._replace(**words)

    def put_in_order(self, items: Iterable[Item]) -> None:
        """Order what counts and what does not as the entries are ordered; for leaves that go unit by unit."""
        place = {item.id: number for number, item in enumerate(items)}
        self.used.sort(key=lambda use: place[use.entry])
        self.unused.sort(key=lambda left: place[left.entry])

    @property
    def total(self) -> int:
        """What counts."""
        return sum(use.amount for use in self.used)


def result(
    case: Case,
    leaf: Leaf,
    tally: Tally,
    target: int,
    unit: str,
    *,
    value: int,
    of: int = 0,
    carried: int = 0,
) -> Result:
    """The result of a leaf that asks for at least `target`; `of` is a rate's denominator, `carried` is in the value."""
    changed = case.changes_of(leaf)
    target = changed.lowered(target)
    possible = sum(amount for _, amount in tally.coming)
    at_best = possible + tally.makeup + tally.late if tally.at_best is None else tally.at_best
    more_may_come = tally.more_may_come or not case.facts.schedule_final
    status = status_of(value, target, Outlook(possible, at_best, more_may_come))
    if tally.undecided and status is not Status.MET:
        status = Status.UNDECIDED
    slack = value + possible - target
    ahead = () if status is Status.MET else closers(tally.coming)
    return Result(
        id=leaf.id,
        title=leaf.title or leaf.id,
        measure=type(leaf).__name__.lower(),
        status=status,
        value=value,
        target=target,
        unit=unit,
        remaining=max(0, target - value),
        used=tuple(tally.used),
        unused=tuple(tally.unused),
        exceptions=tuple(changed.ids),
        possible=possible,
        slack=slack,
        makeup=0 if status is Status.MET else tally.makeup,
        late=tally.late if status is Status.OPEN else 0,
        ways=tally.ways if status is Status.OPEN else (),
        closers=ahead,
        missable_until=missable_until(slack, ahead),
        missing=tuple(tally.missing),
        of=of,
        carried=carried,
        brought=tuple(tally.carried),
        either=tally.either if status is not Status.MET else (),
        more_may_come=not case.facts.schedule_final,
        telling=_telling(case, leaf, tally, unit),
    )


_NOT_THERE = frozenset({Reason.ABSENT, Reason.BELOW_THRESHOLD})


def _telling(case: Case, leaf: Leaf, tally: Tally, unit: str) -> Telling:
    if unit == "minutes":
        late = [(item, amount) for item, amount in tally.coming if item.activity.meeting and item.on < case.true_on]
        return tally.told._replace(
            unit=case.rules.definition.unit,
            held=sum(amount for _, amount in late),
            waiting=len({item.unit for item, _ in late}),
            cycle_end=case.cycle_end,
        )
    end = case.changes_of(leaf).extended_to or (resolve(leaf.window.end, case.anchors) if leaf.window else None)
    return tally.told._replace(
        done=_happened(tally.done),
        missed=_happened(tally.missed),
        last_day=end - timedelta(days=1) if end else None,
    )


def _happened(items: Iterable[Item]) -> tuple[Happened, ...]:
    found = [_one(item) for item in items]
    return tuple(sorted(found, key=lambda one: one.on))


def _one(item: Item) -> Happened:
    attended = item.entry is not None and item.entry.attended > 0
    return Happened(item.activity.session or item.activity.title or item.unit, item.on, attended)


def within(made: Result, most: int, *, empty_is_open: bool) -> Result:
    """The result turned into an `at_most`: kept unless exceeded; an empty record says what the definition says."""
    empty = not made.used and not made.unused
    status = Status.OPEN if empty and empty_is_open else Status.MET
    if made.value > most:
        status = Status.IMPOSSIBLE
    bare = replace(made, status=status, ceiling=True, target=most, remaining=0, slack=most - made.value)
    return replace(bare, closers=(), possible=0, makeup=0, missable_until=None)
