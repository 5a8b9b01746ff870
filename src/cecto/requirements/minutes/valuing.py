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
    """Values the entries of one pool, in (occurred, id) order, remembering what was counted before.

    The parts of one session are one time of it: they share its certificate, its item and its place in a series.
    """

    def __init__(self, valuation: Valuation) -> None:
        self._valuation = valuation
        self._claimed: dict[tuple[str, ...], str] = {}

    def value(self, item: Item) -> Grant:
        """The minutes of one entry, before caps. What brings nothing uses nothing up."""
        if self._valuation is NO_VALUATION:
            return Grant(item.minutes, item.reason, item.because)
        keys = [("distinct", kind, thing) for kind in self._valuation.distinct if (thing := _thing(kind, item))]
        repeated = next((kind for _, kind, thing in keys if self._taken(("distinct", kind, thing), item)), None)
        if repeated:
            return Grant(0, Reason.DUPLICATE, f"The same {repeated} counts already.")
        rule = self._rule(item) if self._valuation.rules else None
        if rule is None and self._valuation.rules:
            return Grant(0, Reason.NO_VALUE, "The rules give it no value.")
        grant = self._ruled(rule, item) if rule else Grant(item.minutes, item.reason, item.because)
        if grant.minutes:
            self._claimed |= dict.fromkeys(keys, _time(item))
        return grant

    def _rule(self, item: Item) -> ReadyValue | None:
        return next((rule for rule in self._valuation.rules if item.mask & rule.bit == rule.bit), None)

    def _ruled(self, rule: ReadyValue, item: Item) -> Grant:
        first = ("first", rule.first_only, _thing(rule.first_only, item))
        once = ("per", str(rule.bit), *_once(rule.per, item))
        if rule.first_only and self._taken(first, item):
            return Grant(0, Reason.DUPLICATE, f"Only the first time of this {rule.first_only} counts.")
        if rule.per != "entry" and once in self._claimed:
            year = " in a year" if rule.per == "item-and-year" else ""
            return Grant(0, Reason.DUPLICATE, f"It counts once per item{year}.")
        self._claimed |= {first: _time(item), once: _time(item)}
        if rule.minutes is None:
            return Grant(item.minutes, item.reason, item.because)
        return Grant(rule.minutes, brings=rule.minutes)

    def _taken(self, key: tuple[str, ...], item: Item) -> bool:
        return self._claimed.get(key, _time(item)) != _time(item)


def _time(item: Item) -> str:
    """The one time something was done: a whole session, or an entry by itself."""
    return item.unit if item.kind in {"attended", "makeup"} and item.activity.meeting else item.id


def _thing(kind: str, item: Item) -> str:
    if kind == "evidence":
        return item.entry.evidence if item.entry else ""
    return item.activity.series if kind == "series" else item.unit


def _once(per: str, item: Item) -> tuple[str, ...]:
    return (item.unit, str(item.on.year)) if per == "item-and-year" else (item.unit,)
