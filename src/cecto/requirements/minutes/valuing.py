"""What entries are worth in a pool that says so itself: value rules, first times, and what may be used once only."""

from __future__ import annotations

from typing import NamedTuple

from cecto.requirements.case import Item
from cecto.requirements.minutes.values import NO_VALUATION, ReadyValue, Valuation
from cecto.requirements.statuses import Reason


class Grant(NamedTuple):
    """Minutes that count, and why not more; `brings` is what the entry would bring, when a rule values it anew."""

    minutes: int
    reason: Reason | None = None
    because: str = ""
    brings: int = -1

    def cut(self, minutes: int, reason: Reason, because: str) -> Grant:
        """The grant reduced to so many minutes, for that reason; itself when that is no reduction."""
        return self if minutes >= self.minutes else Grant(minutes, reason, because, self.brings)


class Valuer:
    """Values the entries of one pool, in (occurred, id) order, remembering what was counted before."""

    def __init__(self, valuation: Valuation) -> None:
        self._valuation = valuation
        self._seen: set[tuple[str, ...]] = set()

    def value(self, item: Item) -> Grant:
        """The minutes of one entry, before caps."""
        if self._valuation is NO_VALUATION:
            return Grant(item.minutes, item.reason, item.because)
        repeated = next((kind for kind in self._valuation.distinct if self._again(kind, item)), None)
        if repeated:
            return Grant(0, Reason.DUPLICATE, f"The same {repeated} counts already.")
        if not self._valuation.rules:
            return Grant(item.minutes, item.reason, item.because)
        rule = next((rule for rule in self._valuation.rules if item.mask & rule.bit == rule.bit), None)
        if rule is None:
            return Grant(0, Reason.NO_VALUE, "The rules give it no value.")
        return self._ruled(rule, item)

    def _ruled(self, rule: ReadyValue, item: Item) -> Grant:
        if rule.first_only and not self._first(("first", rule.first_only, _thing(rule.first_only, item))):
            return Grant(0, Reason.DUPLICATE, f"Only the first time of this {rule.first_only} counts.")
        if rule.per != "entry" and not self._first(("per", str(rule.bit), *_once(rule.per, item))):
            year = " in a year" if rule.per == "item-and-year" else ""
            return Grant(0, Reason.DUPLICATE, f"It counts once per item{year}.")
        if rule.minutes is None:
            return Grant(item.minutes, item.reason, item.because)
        return Grant(rule.minutes, brings=rule.minutes)

    def _again(self, kind: str, item: Item) -> bool:
        thing = _thing(kind, item)
        return bool(thing) and not self._first(("distinct", kind, thing))

    def _first(self, key: tuple[str, ...]) -> bool:
        if key in self._seen:
            return False
        self._seen.add(key)
        return True


def _thing(kind: str, item: Item) -> str:
    if kind == "evidence":
        return item.entry.evidence if item.entry else ""
    return item.activity.series if kind == "series" else item.unit


def _once(per: str, item: Item) -> tuple[str, ...]:
    return (item.unit, str(item.on.year)) if per == "item-and-year" else (item.unit,)
