"""What each session that was held is worth to a person, as the definition counts it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cecto.requirements.case import Item
from cecto.requirements.compiling import Rules
from cecto.requirements.facts import Facts
from cecto.requirements.preparing import make_case


@dataclass(slots=True)
class Had:
    """Minutes of one session: offered, credited for being there, and given back by make-ups."""

    offered: int = 0
    credited: int = 0
    made_up: int = 0

    @property
    def missed(self) -> int:
        """What is missing still; time within the definition's grace is not."""
        return max(0, self.offered - self.credited - self.made_up)


def had_of(rules: Rules, facts: Facts, *, true_on: date, known_at: datetime) -> dict[str, Had]:
    """What was had of each session that attendance is final of, by its unit."""
    return _by_unit(make_case(rules, facts, true_on, known_at).items)


def _by_unit(items: Iterable[Item]) -> dict[str, Had]:
    found: dict[str, Had] = defaultdict(Had)
    live = [item for item in items if not item.void]
    for item in live:
        if item.kind == "attended":
            found[item.unit].offered += item.offered
            found[item.unit].credited += item.minutes
    for item in live:
        if item.kind == "makeup" and item.unit in found:
            found[item.unit].made_up += item.minutes
    return dict(found)
