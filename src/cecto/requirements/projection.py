"""From what is earned, coming and made up to a status: met, pending, open or impossible; and what would close it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from cecto.requirements.case import Item
from cecto.requirements.results import Closer, Status


class Outlook(NamedTuple):
    """What the schedule could still add, and all that may come, in the requirement's unit; or whether without end."""

    possible: int
    at_best: int
    more_may_come: bool


def status_of(value: int, target: int, outlook: Outlook) -> Status:
    """The status of a requirement that asks for at least `target`."""
    if value >= target:
        return Status.MET
    if value + outlook.possible >= target:
        return Status.PENDING
    if outlook.more_may_come or value + outlook.at_best >= target:
        return Status.OPEN
    return Status.IMPOSSIBLE


def closers(coming: Iterable[tuple[Item, int]]) -> tuple[Closer, ...]:
    """One closer per meeting or item, in order of date."""
    found: dict[tuple[str, date], Closer] = {}
    for item, amount in coming:
        if amount <= 0:
            continue
        key = (item.unit, item.listed_on)
        before = found[key].amount if key in found else 0
        title = item.activity.session or item.activity.title
        found[key] = Closer(item.activity.key, item.unit, title, item.listed_on, before + amount)
    return tuple(sorted(found.values(), key=lambda closer: (closer.on, closer.unit)))


def missable_until(slack: int, coming: Iterable[Closer]) -> date | None:
    """The last day on which one coming activity may be missed and the target still reached by the others."""
    return max((closer.on for closer in coming if closer.amount <= slack), default=None)
